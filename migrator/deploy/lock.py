"""One deployer at a time for each project and target.

The lock is the operating system's: it ends with the process that holds it, however that ends. What stands in the file
only says who.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from migrator.core.errors import DeployError

LOCK = "lock"


class Holder(Struct, frozen=True):
    """Who deploys, or did last."""

    pid: int
    host: str
    since: str
    """UTC, ISO 8601."""


class Lock(Struct, frozen=True):
    """A lock that is held."""

    left_by: Holder | None = None
    """The process that held it before and ended without giving it back: it was killed, or the machine stopped."""


@contextmanager
def deploying(folder: Path) -> Iterator[Lock]:
    """Holds the lock of a folder. Raises DeployError when another process has it, or the folder cannot be written."""
    path = folder / LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as problem:
        raise DeployError(
            f"{path} cannot be written: {problem.strerror or problem}",
            hint="check the disk, and that your user may write there",
        ) from problem
    with file:
        if not _taken(file):
            raise _in_use(path)
        before = _holder(path)
        _note(file, Holder(os.getpid(), socket.gethostname(), datetime.now(UTC).isoformat(timespec="seconds")))
        try:
            yield Lock(before)
        finally:
            _note(file, None)


def _taken(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_FAR)  # the text at the beginning stays readable for others
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


_FAR = 1 << 20


def _holder(path: Path) -> Holder | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Holder)
    except (OSError, msgspec.DecodeError):
        return None  # nobody, or half a line of somebody who was killed while writing it


def _note(file: IO[bytes], holder: Holder | None) -> None:
    file.seek(0)
    file.truncate()
    if holder:
        file.write(msgspec.json.encode(holder))
    file.flush()


def _in_use(path: Path) -> DeployError:
    holder = _holder(path)
    who = f"process {holder.pid} on {holder.host}, since {holder.since}" if holder else "another process"
    return DeployError(
        f"this project is being deployed already: {who}",
        hint="wait until it has ended; what it does is in the journal beside the lock",
    )
