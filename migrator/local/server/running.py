"""The server while it runs: what the routes answer, and how it ends."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable
from typing import Any

from .gate import Answer, Route
from .patches import appsync_resolvers, recorded_types
from .settings import Refusal, Settings
from .snapshots import Snapshots

log = logging.getLogger("migrate.local")
SETTLE_SECONDS = 60.0
"""How long the end of the server waits for stacks that are being deployed."""


class Running:
    """The routes of a running server."""

    def __init__(self, settings: Settings, snapshots: Snapshots, patches: tuple[str, ...]) -> None:
        self._settings = settings
        self._snapshots = snapshots
        self._patches = patches
        self.stop: Callable[[], None] = lambda: None
        """Set by the event loop: begins the end."""

    def routes(self) -> dict[str, Route]:
        """By method and path below the prefix."""
        return {
            "GET status": lambda _: (200, self.status()),
            "POST save": self._save,
            "POST stop": self._stop,
            "POST settings": self._set,
            "POST appsync/evaluate": appsync_resolvers.evaluate,
        }

    def status(self) -> dict[str, Any]:
        """What this server is and holds."""
        return {
            "pid": os.getpid(),
            "port": self._settings.port,
            "version": self._settings.version,
            "patches": list(self._patches),
            "recorded": recorded_types.recorded(),
            "stacks": stack_states(),
            **self._settings.public(),
        }

    def _save(self, _: dict[str, Any]) -> Answer:
        if busy := moving():
            raise Refusal(f"the stack {busy[0]} is being deployed", "save when it has come to an end")
        self._snapshots.save()
        return 200, {}

    def _stop(self, _: dict[str, Any]) -> Answer:
        self.stop()
        return 200, {}

    def _set(self, given: dict[str, Any]) -> Answer:
        from ministack import app
        from ministack.core import lambda_runtime

        if "enforce_iam" in given:
            self._settings.enforce_iam = app.AUTH = bool(given["enforce_iam"])
        if "network" in given and bool(given["network"]) != self._settings.network:
            self._settings.network = bool(given["network"])
            lambda_runtime.reset()  # running functions have the old rule
        self._settings.api_ids.update({str(name): str(id) for name, id in given.get("api_ids", {}).items()})
        return 200, self.status()

    async def settled(self) -> None:
        """Waits until nothing is being deployed any more, for a limited time; requests are answered meanwhile."""
        end = time.monotonic() + SETTLE_SECONDS
        while moving() and time.monotonic() < end:
            await asyncio.sleep(0.1)

    def finish(self) -> None:
        """Saves and ends what runs. A stack that is still being deployed is as it was at the last save."""
        from ministack.core import lambda_runtime

        if busy := moving():
            log.error("not saved: %s is still being deployed", busy[0])
        else:
            self._save_at_last()
        appsync_resolvers.close()
        lambda_runtime.reset()  # ends the functions' processes

    def _save_at_last(self) -> None:
        try:
            self._snapshots.save()
        except Refusal as refusal:
            log.error("not saved: %s", refusal.message)


def stack_states() -> dict[str, str]:
    """The root stacks that are there, with their status."""
    from ministack.services.cloudformation import _stacks

    return {
        stack["StackName"]: stack["StackStatus"]
        for stack in list(_stacks._data.values())
        if not stack.get("ParentId") and stack["StackStatus"] != "DELETE_COMPLETE"
    }


def moving() -> list[str]:
    """The root stacks that are being deployed or removed."""
    return [
        name
        for name, status in stack_states().items()
        if status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS"
    ]
