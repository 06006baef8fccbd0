"""Starts, finds and ends the local AWS. Speaks HTTP with it; the emulator itself runs in its own environment."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from migrator.aws.session import Session
from migrator.core.errors import LocalError
from migrator.local.environment import VERSION, find_environment
from migrator.local.folder import LOG, SERVER_FILE, throw_away
from migrator.local.launch import STOP_SECONDS, Launch, end, launch_server, let_go
from migrator.local.packages import find_packages
from migrator.local.requests import request
from migrator.local.server.patches import NAMES
from migrator.local.status import Recorded, ServerStatus, session_of


class LocalAws:
    """A running local AWS. As a context manager it is stopped at the end, unless it runs in the background."""

    def __init__(self, state: Path, status: ServerStatus, process: subprocess.Popen[bytes] | None) -> None:
        self.state = state
        self._status = status
        self._process = process

    @classmethod
    def start(
        cls,
        state: Path,
        *,
        port: int = 0,
        enforce_iam: bool = False,
        network: bool = False,
        background: bool = False,
        api_ids: Mapping[str, str] | None = None,
        without: Sequence[str] = (),
        node_modules: Path | None = None,
        node: bool = True,
        install: bool = True,
        progress: Callable[[str], None] = lambda _: None,
    ) -> LocalAws:
        """Starts a local AWS on the state folder `state`, or takes the one that runs there in the background.

        Functions find the pinned AWS SDK, and then what is in `node_modules`. Without `node` no function of Node runs,
        and no GraphQL request is answered.
        Raises LocalError when it is not installed and may not be, when the port is taken, when another command uses the
        state, or when the state is one of another version; VerifyError when Node is missing.
        """
        state = state.absolute()
        running = status(state)
        if running and not running.owned:
            _check_same(running)
            local = cls(state, running, None)
            local.configure(enforce_iam=enforce_iam, network=network, api_ids=api_ids or {})
            return local
        environment = find_environment(install=install, progress=progress)
        packages = find_packages(install=install, progress=progress) if node else None
        launch = Launch(
            port, enforce_iam, network, background, packages, node_modules, dict(api_ids or {}), tuple(without)
        )
        process, told = launch_server(environment, state, launch)
        if background:
            let_go(process)
        return cls(state, told, None if background else process)

    @property
    def endpoint(self) -> str:
        """Where it listens: on the loopback interface only."""
        return self._status.endpoint

    @property
    def region(self) -> str:
        return self._status.region

    @property
    def account(self) -> str:
        return self._status.account

    @property
    def attached(self) -> bool:
        """Whether it runs in the background and goes on afterwards."""
        return self._process is None

    @property
    def session(self) -> Session:
        """The session with which everything reaches it, as the account's root user."""
        return session_of(self._status)

    def status(self) -> ServerStatus:
        """What it says of itself now."""
        self._status = msgspec.convert(self._call("GET", "status"), ServerStatus)
        return self._status

    def recorded(self) -> tuple[Recorded, ...]:
        """The resources that are not emulated: they exist as records only."""
        return self.status().recorded

    def save(self) -> None:
        """Keeps the state as it is now; a killed server comes back with it.

        Raises LocalError while a stack is being deployed, and when the disk refuses.
        """
        self._call("POST", "save")

    def configure(
        self, *, enforce_iam: bool | None = None, network: bool | None = None, api_ids: Mapping[str, str] | None = None
    ) -> None:
        """Changes how it runs, at once; None leaves a setting as it is."""
        given = {"enforce_iam": enforce_iam, "network": network, "api_ids": dict(api_ids or {})}
        changed = {name: value for name, value in given.items() if value is not None}
        self._status = msgspec.convert(self._call("POST", "settings", changed), ServerStatus)

    def restart(self, *, enforce_iam: bool) -> None:
        """Goes on with policies enforced, or not. The address and the state stay."""
        self.configure(enforce_iam=enforce_iam)

    def stop(self) -> None:
        """Saves and ends it; one in the background goes on, with policies not enforced."""
        if self._process is None:
            self.configure(enforce_iam=False)
            return
        end(self._process)

    def __enter__(self) -> LocalAws:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _call(self, method: str, route: str, document: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return request(self.endpoint, method, f"/_local/{route}", document, log=self.state / LOG)


def status(state: Path) -> ServerStatus | None:
    """The local AWS that runs on a state folder; None when none does."""
    try:
        known = msgspec.json.decode((state / SERVER_FILE).read_bytes(), type=ServerStatus)
        told = request(known.endpoint, "GET", "/_local/status", None, log=state / LOG)
        found = msgspec.convert(told, ServerStatus)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError, LocalError):
        return None  # nothing runs there, or what was written there is a leftover of one that was killed
    return found if found.pid == known.pid else None


def stop(state: Path) -> bool:
    """Saves and ends the local AWS of a state folder; False when none runs.

    Raises LocalError when it does not end.
    """
    state = state.absolute()
    running = status(state)
    if running is None:
        return False
    request(running.endpoint, "POST", "/_local/stop", {}, log=state / LOG)
    limit = time.monotonic() + STOP_SECONDS
    while time.monotonic() < limit:
        if not _alive(running.pid):
            return True
        time.sleep(0.05)
    raise LocalError(
        f"the local AWS (process {running.pid}) does not end", hint=f"see {state / LOG}, or end the process"
    )


def reset(state: Path) -> bool:
    """Ends the local AWS of a state folder and throws the state away; False when there was none.

    Raises LocalError when it does not end, when a command uses it, or when the folder is not one of ours.
    """
    state = state.absolute()
    running = status(state)
    if running and running.owned:
        raise LocalError(f"a command is using the local AWS on {state}", hint="wait for it to end, or interrupt it")
    stop(state)
    return throw_away(state)


def _check_same(running: ServerStatus) -> None:
    """One that an older version of this program started may lack what is counted on."""
    if running.version != VERSION or set(running.patches) | set(running.without) != set(NAMES):
        raise LocalError(
            f"the local AWS that runs (process {running.pid}) was started by another version of migrate",
            hint="`migrate local stop` ends it and keeps its state; then try again",
        )


def _alive(pid: int) -> bool:
    with contextlib.suppress(ChildProcessError, AttributeError):
        os.waitpid(pid, os.WNOHANG)  # one that this process started is listed until somebody asks how it ended
    if sys.platform == "win32":
        return str(pid) in subprocess.run(["tasklist", "/FI", f"PID eq {pid}"], capture_output=True, text=True).stdout
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
