"""`migrate local`: the local AWS in the background, and what is known of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from migrator.core.errors import LocalError
from migrator.local import process
from migrator.local.process import LocalAws
from migrator.local.status import ServerStatus, session_of

STATE = Path(".migrate") / "local"
"""Where the state lies in a Gen 2 project."""
_GEN2 = "gen2"


class LocalReport(Struct, frozen=True):
    """The state folder, what runs on it (None: nothing), and the environment variables that lead there."""

    state: Path
    server: ServerStatus | None
    environment: dict[str, str] = {}


def state_folder(chosen: Path | None, folder: Path) -> Path:
    """The folder that was named, else the one of the Gen 2 project in `folder` or in its `gen2/`."""
    if chosen is not None:
        return chosen.absolute()
    inside = folder / _GEN2
    project = inside if (inside / "amplify").is_dir() and not (folder / STATE).is_dir() else folder
    return (project / STATE).absolute()


def start(
    state: Path, *, port: int, enforce_iam: bool, network: bool, progress: Callable[[str], None]
) -> tuple[LocalReport, bool]:
    """Starts it in the background, installing what it needs; the second value says whether it ran already.

    Raises LocalError when it cannot be started, runs on another port, or is used by another command.
    """
    running = process.status(state)
    if running and port and running.port != port:
        raise LocalError(
            f"the local AWS runs on port {running.port} already", hint="stop it first: `migrate local stop`"
        )
    local = LocalAws.start(
        state, port=port, enforce_iam=enforce_iam, network=network, background=True, progress=progress
    )
    return _report(state, local.status()), running is not None


def status(state: Path) -> LocalReport:
    """What runs on the state folder."""
    return _report(state, process.status(state))


def stop(state: Path) -> bool:
    """Saves and ends it; False when none runs. Raises LocalError when a command uses it or it does not end."""
    running = process.status(state)
    if running and running.owned:
        raise LocalError(
            f"a command that is running uses the local AWS (process {running.pid})",
            hint="wait for the command to end, or interrupt it",
        )
    return process.stop(state)


def reset(state: Path) -> bool:
    """Ends it and throws its state away; False when there was none. Raises LocalError when a command uses it."""
    return process.reset(state)


def _report(state: Path, server: ServerStatus | None) -> LocalReport:
    if server is None:
        return LocalReport(state, None)
    return LocalReport(state, server, session_of(server).environment())
