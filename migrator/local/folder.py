"""The folder with the state of a local AWS: how ours is known, so that nothing of anybody else is touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from migrator.core.errors import LocalError

LOG, SERVER_FILE, STATE_FILE = "server.log", "server.json", "state.json"
_OURS = (STATE_FILE, SERVER_FILE, "snapshots", "work", LOG, "lock")
_IGNORE = ".gitignore"
_MARK = "# The state of a local AWS: `migrate local reset` removes it.\n*\n"


def make_folder(state: Path) -> None:
    """Makes the folder, ignored by git.

    Raises LocalError when it cannot be written, or holds something else: the server replaces folders in it.
    """
    try:
        state.mkdir(parents=True, exist_ok=True)
        if any(state.iterdir()) and not is_ours(state):
            raise LocalError(
                f"{state} holds something else than the state of a local AWS",
                hint="name an empty folder, or one that is not there yet, with --state",
            )
        (state / _IGNORE).write_text(_MARK, encoding="utf-8")
    except OSError as problem:
        message = f"{state} cannot be written: {problem.strerror or problem}"
        raise LocalError(message, hint="name another folder for the local AWS with --state") from problem


def is_ours(state: Path) -> bool:
    """Whether the folder was made for a local AWS."""
    try:
        if (state / _IGNORE).is_file() and (state / _IGNORE).read_text(encoding="utf-8") == _MARK:
            return True
        return "emulator" in msgspec.json.decode((state / STATE_FILE).read_bytes(), type=dict[str, object])
    except (OSError, UnicodeDecodeError, msgspec.DecodeError):
        return False  # not there, or not as we write it


def throw_away(state: Path) -> bool:
    """Removes the state, and nothing else that lies there; False when there was none. Raises LocalError."""
    found = [path for name in _OURS if (path := state / name).exists()]
    if not found:
        return False
    if not is_ours(state):
        raise LocalError(f"{state} is not the state of a local AWS", hint="name its folder with --state")
    for path in found:
        try:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        except OSError as problem:
            raise LocalError(f"{path} cannot be removed: {problem.strerror}", hint="check who owns it") from problem
    return True
