"""The debug log of one run, for reports: off until a file is opened for it, and without secrets."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import IO

from migrator.core.errors import MigratorError
from migrator.core.secrets import without_secrets

_LONGEST = 4_000
"""Characters kept of one entry."""


class _Log:
    """Where entries go; nowhere at first."""

    def __init__(self) -> None:
        self.file: IO[str] | None = None
        self.lock = Lock()


_LOG = _Log()


def open_log(path: Path) -> None:
    """Adds what happens from now on to a file that only the user can read. Raises MigratorError when it cannot."""
    close_log()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        _LOG.file = open(number, "a", encoding="utf-8", errors="replace")  # noqa: SIM115  # closed by close_log
    except OSError as problem:
        message = f"the log {path} cannot be written: {problem.strerror or problem}"
        raise MigratorError(message, hint="Name a file in a folder that you may write to.") from None
    _take_libraries()


def close_log() -> None:
    """Ends the log, if there is one."""
    if _LOG.file is not None:
        _LOG.file.close()
        _LOG.file = None


def logging() -> bool:
    """Whether a log is kept."""
    return _LOG.file is not None


def log(topic: str, text: str) -> None:
    """One entry: what it is about in a word, and what happened. Costs nothing when no log is kept."""
    if _LOG.file is None:
        return
    shown = without_secrets(text)
    shown = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]} … ({len(shown)} characters)"
    time = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]
    with _LOG.lock:
        if _LOG.file is not None:
            _LOG.file.write(f"{time}Z {topic}: {shown}\n".replace("\r", ""))
            _LOG.file.flush()


def _take_libraries() -> None:
    """Warnings of the libraries too, botocore's among them; their debug output holds keys and is not taken."""
    import logging as standard

    class Entries(standard.Handler):
        def emit(self, record: standard.LogRecord) -> None:
            log(record.name, record.getMessage())

    root = standard.getLogger()
    if not any(type(handler).__name__ == "Entries" for handler in root.handlers):
        root.addHandler(Entries(standard.WARNING))
