"""The state folder: whole snapshots, of which one is the current one; what runs, runs on a copy.

`state.json` names the current snapshot and is replaced at once, so a server that is killed at any point leaves the last
snapshot that was complete. Copies are hard links: the emulator never changes a file, it puts another one in its place.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from .settings import FORMAT, Refusal, Settings

STATE_FILE, SERVER_FILE, LOCK_FILE, LOG_FILE = "state.json", "server.json", "lock", "server.log"
_ATTEMPTS = 5
_PAUSE = 0.1
"""Seconds before the second attempt to write a snapshot; before each further one as much more."""
_RESET = "`migrate local reset` throws the state away; what was deployed locally is deployed again"


def take_lock(state: Path) -> TextIO:
    """One server per state folder. The lock lives as long as the file that is returned is open."""
    state.mkdir(parents=True, exist_ok=True)
    file = (state / LOCK_FILE).open("a+")
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise Refusal(
            f"another local AWS runs on {state}", "`migrate local status` shows it, `migrate local stop` ends it"
        ) from None
    return file


class Snapshots:
    """Reads and writes the snapshots of one state folder."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._saving = threading.Lock()
        self.state = settings.state
        self.work = settings.state / "work"
        self.services = self.work / "services"
        self.objects = self.work / "objects"
        self.port = 0
        """The port of the server that wrote the current snapshot."""

    def restore(self) -> None:
        """Makes the working copy from the current snapshot. Raises Refusal when this version cannot read it."""
        known = self._read()
        shutil.rmtree(self.work, ignore_errors=True)
        for folder in (self.services, self.objects):
            folder.mkdir(parents=True)
        if known:
            self.port = int(known.get("port", 0))
            snapshot = self.state / "snapshots" / str(known["snapshot"])
            if not snapshot.is_dir():
                raise Refusal(f"the state in {self.state} is damaged: {snapshot.name} is missing", _RESET)
            _link_tree(snapshot, self.work)
        self._remove_others(str(known["snapshot"]) if known else "")

    def move_to(self, port: int) -> None:
        """Writes the server's new address into the working copy where the old one stands."""
        if not self.port or self.port == port:
            return
        for file in self.services.glob("*.json"):
            text = file.read_text(encoding="utf-8")
            new = text
            for host in ("127.0.0.1", "localhost"):
                new = new.replace(f"{host}:{self.port}/", f"{host}:{port}/")
            if new != text:
                _replace(file, new)

    def save(self) -> None:
        """Writes a snapshot and makes it the current one. Raises Refusal when it cannot be written."""
        with self._saving:
            try:
                number = f"{self._last() + 1:04d}"
                _patiently(lambda: self._write(self.state / "snapshots" / number))
                _replace(self.state / STATE_FILE, json.dumps(self._described(number), indent=2) + "\n")
                self._remove_others(number)
            except OSError as problem:
                raise Refusal(
                    f"the state cannot be saved: {problem.strerror or problem}", "free some disk space and try again"
                ) from problem

    def _write(self, target: Path) -> None:
        """A snapshot; nothing points to it yet. Raises OSError when it cannot be written, or is not of one piece."""
        self._save_services()
        shutil.rmtree(target, ignore_errors=True)
        for part in (self.services, self.objects):
            _link_tree(part, target / part.name)

    def _described(self, number: str) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "emulator": self._settings.version,
            "snapshot": number,
            "port": self._settings.port,
            "account": self._settings.account,
            "region": self._settings.region,
        }

    def _save_services(self) -> None:
        from ministack import app
        from ministack.core import persistence

        for name, get_state in app._build_persistence_save_dict().items():
            file = self.services / f"{name}.json"
            state = get_state()
            if state is None:
                continue
            file.unlink(missing_ok=True)
            persistence.save_state(name, state)  # logs what goes wrong and goes on
            if not file.is_file():
                raise OSError(0, f"the state of {name} was not written (see {LOG_FILE})")

    def _read(self) -> dict[str, Any]:
        file = self.state / STATE_FILE
        if not file.exists():
            return {}
        try:
            known = json.loads(file.read_text(encoding="utf-8"))
            made = (known["format"], known["emulator"])
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise Refusal(f"{file} cannot be read: {problem}", _RESET) from problem
        if made != (FORMAT, self._settings.version):
            message = f"{self.state} was written by a local AWS of another version ({made[1]}, format {made[0]})"
            raise Refusal(message, _RESET)
        if (known.get("account"), known.get("region")) != (self._settings.account, self._settings.region):
            message = f"{self.state} holds account {known.get('account')} in {known.get('region')}"
            raise Refusal(message, "use another folder (--state), or reset this one")
        return dict(known)

    def _last(self) -> int:
        known = self._read()
        return int(known["snapshot"]) if known else 0

    def _remove_others(self, current: str) -> None:
        for snapshot in (self.state / "snapshots").glob("*"):
            if snapshot.name != current:
                shutil.rmtree(snapshot, ignore_errors=True)


def _patiently(write: Callable[[], None]) -> None:
    """Tries a few times: functions, streams and requests that are still answered may change what is being written.

    Raises OSError of the last attempt, and of a full disk at once.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return write()
        except RuntimeError as problem:  # "dictionary changed size during iteration"
            if attempt == _ATTEMPTS:
                said = "the state changes all the time; wait for running operations to end"
                raise OSError(0, said) from problem
        except OSError as problem:
            if attempt == _ATTEMPTS or problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
                raise
        time.sleep(_PAUSE * attempt)


def _link_tree(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    # What ends in .tmp is a file that the emulator is writing: it gets its own name when it is whole.
    ignored = shutil.ignore_patterns("*.tmp")
    shutil.copytree(source, target, copy_function=_link, dirs_exist_ok=True, ignore=ignored)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise  # it was removed, or replaced, at this moment
    except OSError:
        shutil.copy2(source, target)  # a file system without links


def _replace(file: Path, text: str) -> None:
    part = file.with_name(f"{file.name}.part")
    with part.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(part, file)
