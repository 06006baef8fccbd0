"""What a deployment did, line by line: written before and after each step, so that a killed one can be taken up again.

`.migrate/deploy/<target>/journal.jsonl`. Lines are only ever added, each one is on the disk before the next step
begins, and a last line that was cut off in the middle counts as not written.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import msgspec
from msgspec import Struct

from migrator.core.errors import DeployError
from migrator.core.location import Location

JOURNAL = "journal.jsonl"
VERSION: Final = 1


class Event(StrEnum):
    """What a line says."""

    BEGUN = "begun"
    """A run: `request` holds what was asked for."""
    STARTED = "started"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"
    ENDED = "ended"
    """The run came to its end, in success when `reason` is empty."""


class Entry(Struct, frozen=True, omit_defaults=True):
    """One line."""

    event: Event
    run: str
    at: str
    """UTC, ISO 8601."""
    operation: str = ""
    reason: str = ""
    seconds: float = 0.0
    digest: str = ""
    """Of what the step was done with: the same step with something else is another one."""
    request: dict[str, Any] = {}
    version: int = VERSION


class Run(Struct, frozen=True):
    """One run as the journal tells it."""

    id: str
    request: dict[str, Any]
    entries: tuple[Entry, ...]

    @property
    def finished(self) -> bool:
        """Whether it succeeded."""
        return any(e.event is Event.ENDED and not e.reason for e in self.entries)

    @property
    def done(self) -> dict[str, str]:
        """The steps that were done and not undone, with their digests."""
        found: dict[str, str] = {}
        for entry in self.entries:
            if entry.event is Event.DONE:
                found[entry.operation] = entry.digest
            elif entry.event in (Event.STARTED, Event.UNDONE, Event.FAILED):
                found.pop(entry.operation, None)
        return found

    @property
    def broken(self) -> str:
        """The step in the middle of which it stopped, or that failed; empty when it stopped between two."""
        last = next((e for e in reversed(self.entries) if e.operation), None)
        return last.operation if last and last.event in (Event.STARTED, Event.FAILED, Event.UNDONE) else ""


class Journal:
    """The journal of one project and target."""

    def __init__(self, folder: Path, *, watch: Callable[[Entry], None] = lambda entry: None) -> None:
        self.path = folder / JOURNAL
        self._run = ""
        self._watch = watch

    def last(self) -> Run | None:
        """The latest run; None when there is none. Raises DeployError for a journal that this version cannot read."""
        entries = tuple(self._entries())
        begun = next((e for e in reversed(entries) if e.event is Event.BEGUN), None)
        if begun is None:
            return None
        return Run(begun.run, begun.request, tuple(e for e in entries if e.run == begun.run))

    def begin(self, request: dict[str, Any]) -> None:
        """A new run."""
        self._run = uuid4().hex[:12]
        self._append(Event.BEGUN, request=request)

    def resume(self, run: Run) -> None:
        """Goes on with a run."""
        self._run = run.id

    def started(self, operation: str) -> None:
        self._append(Event.STARTED, operation=operation)

    def done(self, operation: str, seconds: float, digest: str = "") -> None:
        self._append(Event.DONE, operation=operation, seconds=round(seconds, 3), digest=digest)

    def failed(self, operation: str, reason: str) -> None:
        self._append(Event.FAILED, operation=operation, reason=reason)

    def undone(self, operation: str) -> None:
        self._append(Event.UNDONE, operation=operation)

    def ended(self, reason: str = "") -> None:
        self._append(Event.ENDED, reason=reason)

    def _append(self, event: Event, **values: Any) -> None:
        """Raises DeployError when the line does not reach the disk: then nothing more may happen."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        entry = Entry(event, self._run, at, **values)
        line = msgspec.json.encode(entry) + b"\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab+") as file:
                if _torn(file):
                    line = b"\n" + line
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as problem:
            raise DeployError(
                f"{self.path} cannot be written: {problem.strerror or problem}; nothing is deployed without it",
                hint="free some disk space, then go on with `migrate deploy --resume`",
            ) from problem
        self._watch(entry)

    def _entries(self) -> Iterator[Entry]:
        try:
            lines = self.path.read_bytes().splitlines()
        except FileNotFoundError:
            return
        except OSError as problem:
            raise DeployError(f"{self.path} cannot be read: {problem.strerror or problem}") from problem
        for number, line in enumerate(lines, 1):
            try:
                entry = msgspec.json.decode(line, type=Entry)
            except msgspec.DecodeError as problem:
                if _newer(line):
                    raise self._unreadable(number, "a later version of migrate wrote it") from problem
                continue  # a line that was cut off: the step it told of counts as not done
            if entry.version > VERSION:
                raise self._unreadable(number, "a later version of migrate wrote it")
            yield entry

    def _unreadable(self, number: int, why: str) -> DeployError:
        return DeployError(
            f"the journal cannot be read: {why}",
            hint="update migrate, or move the file away: the plan is then made from what is deployed",
            location=Location(str(self.path), line=number),
        )


def _torn(file: Any) -> bool:
    """Whether the last line has no end."""
    size = file.seek(0, os.SEEK_END)
    if not size:
        return False
    file.seek(size - 1)
    return bool(file.read(1) != b"\n")


def _newer(line: bytes) -> bool:
    try:
        found = msgspec.json.decode(line)
    except msgspec.DecodeError:
        return False
    return isinstance(found, dict) and isinstance(found.get("version"), int) and found["version"] > VERSION
