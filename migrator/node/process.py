"""Programs run in a process group of their own, so that none outlives its time limit or this process."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from msgspec import Struct

from migrator.core.log import log

OUTPUT_LIMIT = 4_000_000
"""Bytes kept of a program's output: the last ones."""
TICK_SECONDS = 10.0


class Outcome(Struct, frozen=True):
    """How a program ended: exit code (None when it was stopped at its time limit), output, and wall time in seconds."""

    code: int | None
    out: str
    err: str
    seconds: float

    @property
    def timed_out(self) -> bool:
        return self.code is None


class Processes:
    """Runs programs; leaving the `with` block ends whatever still runs."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self._closed = True
        for process in tuple(self._running):
            _kill_group(process)

    def run(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str],
        limit: float,
        tick: Callable[[float], None] | None = None,
    ) -> Outcome:
        """Runs `command` in `folder` with exactly `environment` for at most `limit` seconds.

        `tick` is called about every ten seconds with the seconds spent so far.
        Raises OSError when the program cannot be started.
        """
        if self._closed:
            return Outcome(None, "", "", 0.0)
        start = time.monotonic()
        # Files, not pipes: a child that outlives the program would keep a pipe open.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                list(command),
                cwd=folder,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
            self._running.add(process)
            try:
                code = _wait(process, start, limit, tick)
            finally:
                _kill_group(process)
                process.wait()
                self._running.discard(process)
            outcome = Outcome(code, _tail(out), _tail(err), time.monotonic() - start)
            log("process", f"{' '.join(command)} in {folder}: exit code {code} after {outcome.seconds:.1f} s")
            return outcome


def _wait(
    process: subprocess.Popen[bytes], start: float, limit: float, tick: Callable[[float], None] | None
) -> int | None:
    while True:
        spent = time.monotonic() - start
        try:
            return process.wait(timeout=max(0.0, min(TICK_SECONDS, limit - spent)))
        except subprocess.TimeoutExpired:
            spent = time.monotonic() - start
            if spent >= limit:
                return None
            if tick:
                tick(spent)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and everything it started."""
    if os.name == "posix":
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return  # the group is gone, which is what was wanted (macOS says EPERM for a group of zombies)
    elif process.poll() is None:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)


def _tail(stream: IO[bytes]) -> str:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - OUTPUT_LIMIT))
    return stream.read().decode("utf-8", errors="replace")
