"""One step of the preparation, and what the commands in it need to know."""

from __future__ import annotations

import shlex
from enum import StrEnum

from msgspec import Struct

from migrator.engine.context import Context
from migrator.gen1.live import Live

UNKNOWN = ("USER_POOL_ID", "BUCKET", "GEN1_ROOT_STACK", "BRANCH", "ACCOUNT", "REGION")
"""What stands in commands in place of names that no file says."""


class Stage(StrEnum):
    """When a step has its turn."""

    BACK_UP = "back up"
    PROTECT = "protect"
    FREEZE = "freeze"
    """Nobody changes the Gen 1 backend from here on. It comes after the steps that push it."""
    KNOW = "know"
    """Nothing to run: what would take data from now on."""


class PreparationStep(Struct, frozen=True):
    """One step: why, and the commands. `done` when the live resource shows that it is so already."""

    stage: Stage
    subject: str
    """What it is about: `table Todo-abc-main`."""
    text: str
    commands: tuple[str, ...] = ()
    done: bool = False
    manual: str = ""
    """What to do where there is no safe command."""


class Site(Struct, frozen=True):
    """One environment, as far as it is known."""

    context: Context
    live: Live | None
    region: str
    stack: str
    app_id: str
    env: str

    def aws(self, *words: str) -> str:
        """A command of the AWS CLI, for the app's region."""
        region = ("--region", self.region) if self.region else ()
        return " ".join(("aws", *(shlex.quote(word) for word in (*words, *region))))

    def property(self, id: str, *path: str) -> object:
        """What `migrate fetch` saw of a live resource; None when it saw nothing."""
        found = self.live.get(id) if self.live else None
        value: object = found.properties if found else None
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value
