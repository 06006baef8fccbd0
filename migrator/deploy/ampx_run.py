"""Runs Amplify's own tool: its lines are shown as they come, without colours and secrets, and it never outlives us."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from queue import Empty, Queue
from typing import IO

from msgspec import Struct

from migrator.core.errors import DeployError
from migrator.core.log import log
from migrator.core.secrets import without_secrets

LIMIT_SECONDS = 3900.0
"""A little longer than CloudFormation itself may take."""
POLL_SECONDS = 2.0
_GRACE_SECONDS = 5.0
_MOST_LINES = 5_000
_ANSI = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_SPINNER = re.compile(r"^[⠀-⣿|/\\-]\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ERROR = re.compile(r"\[?\b(?:ERROR|Error)\]?\b")
_AWS = re.compile(r"^AWS_")
_NOT_SHOWN = re.compile(
    r"^\S+ \|\s+\d+ \| .*\| [A-Z_]+_(?:IN_PROGRESS|COMPLETE|FAILED)\b|^\s+at |^npm warn |^[\d: ]+[AP]M$"
)
"""Lines that say nothing to the user: events of the stack (they are followed by themselves), stack traces, noise."""


class Ended(Struct, frozen=True):
    """How it ended: its exit code (None when it was stopped at the time limit) and the lines it printed."""

    code: int | None
    lines: tuple[str, ...]
    seconds: float

    @property
    def errors(self) -> tuple[str, ...]:
        """The lines that say what went wrong, each once; without such lines, the last ones."""
        said = [line.strip() for line in self.lines if _ERROR.search(line) or line.strip().startswith("∟")]
        return tuple(dict.fromkeys(said)) or tuple(line.strip() for line in self.lines[-5:])

    @property
    def advice(self) -> str:
        """What it tells the user to do."""
        found = [line for line in self.lines if line.strip().startswith("Resolution:")]
        return found[-1].partition(":")[2].strip() if found else ""


def plain_line(text: str) -> str:
    """A line without colours, cursor movements and secrets; of one that was drawn over, what was drawn last."""
    last = next((part for part in reversed(text.rstrip("\r\n").split("\r")) if part.strip()), "")
    return without_secrets(_SPINNER.sub("", _CONTROL.sub("", _ANSI.sub("", last)))).rstrip()


def environment_for(
    given: Mapping[str, str], chosen: Mapping[str, str], *, local: bool, branch: str = "", app_id: str = ""
) -> dict[str, str]:
    """The variables that it gets: the user's, with those of the chosen account in place of all others of AWS.

    `AWS_BRANCH` decides which values the backend's code takes, so it is there for a branch and never for a sandbox.
    """
    keys = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION")
    dropped = {"AWS_BRANCH", "AWS_APP_ID", *(keys if "AWS_PROFILE" in chosen else ())}
    kept = {n: v for n, v in given.items() if n not in dropped and not (local and _AWS.match(n))}
    told = {"AWS_BRANCH": branch, "AWS_APP_ID": app_id, "CI": "true"} if branch else {}
    emulated = local or "AWS_ENDPOINT_URL" in kept  # what is tried out is not worth counting
    quiet = {"NO_COLOR": "1", **({"AMPLIFY_DISABLE_TELEMETRY": "1"} if emulated else {})}
    return {**kept, **chosen, **told, **quiet}


def run_ampx(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    progress: Callable[[str], None],
    *,
    meanwhile: Callable[[], None] = lambda: None,
    limit: float = LIMIT_SECONDS,
) -> Ended:
    """Runs the command in `folder`, hands each line on, and calls `meanwhile` every few seconds.

    Raises DeployError when it cannot be started. Whatever ends this call ends the program too.
    """
    start = time.monotonic()
    process = _started(command, folder, environment)
    lines: list[str] = []
    shown: Queue[str | None] = Queue()
    reader = threading.Thread(target=_read, args=(process.stdout, shown), daemon=True)
    reader.start()
    try:
        code = _followed(process, shown, lines, progress, meanwhile, start + limit)
    finally:
        _end(process)
        reader.join(_GRACE_SECONDS)
        if process.stdout is not None and not reader.is_alive():
            process.stdout.close()
    seconds = time.monotonic() - start
    log("process", f"{' '.join(command)} in {folder}: exit code {code} after {seconds:.1f} s")
    return Ended(code, tuple(lines), seconds)


def _started(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            list(command),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as problem:
        message = f"{command[0]} cannot be started: {problem.strerror or problem}"
        raise DeployError(message, hint="Install the project's packages: `npm install` in the Gen 2 project.") from None


def _read(stream: IO[bytes] | None, shown: Queue[str | None]) -> None:
    last = ""
    for raw in stream or ():
        line = plain_line(raw.decode("utf-8", errors="replace"))
        if line and line != last:
            shown.put(line)
        last = line
    shown.put(None)


def _followed(
    process: subprocess.Popen[bytes],
    shown: Queue[str | None],
    lines: list[str],
    progress: Callable[[str], None],
    meanwhile: Callable[[], None],
    end: float,
) -> int | None:
    """The exit code; None when the time was up."""
    next_look = time.monotonic() + POLL_SECONDS
    open_ = True
    while open_ or process.poll() is None:
        now = time.monotonic()
        if now > end:
            return None
        try:
            line = shown.get(timeout=0.2)
        except Empty:
            line = ""
            open_ = open_ and process.poll() is None  # a child that it left behind may hold its output open
        if line is None:
            open_ = False
        elif line:
            lines.append(line)
            del lines[:-_MOST_LINES]
            if not _NOT_SHOWN.search(line):
                progress(line)
        if now >= next_look:
            meanwhile()
            next_look = time.monotonic() + POLL_SECONDS
    return process.wait()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and everything it started: asked first, then made to."""
    if os.name != "posix":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
        return
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
        except (ProcessLookupError, PermissionError):
            break  # the group is gone (macOS says EPERM for a group of zombies)
        if how is signal.SIGTERM:
            try:
                process.wait(_GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                continue  # it does not want to: the second round makes it
    process.wait()
