"""Starts the server of the local AWS as a process, and ends it."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import msgspec
from msgspec import Struct

from migrator.core.errors import LocalError
from migrator.local.environment import VERSION, Environment
from migrator.local.folder import LOG, make_folder
from migrator.local.status import ACCOUNT, REGION, ServerStatus

START_SECONDS, STOP_SECONDS = 60.0, 90.0
_BOOT = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
    "runpy.run_module('server', run_name='__main__', alter_sys=True)"
)
_KEPT = ("PATH", "SYSTEMROOT", "COMSPEC", "PATHEXT", "WINDIR")


class Launch(Struct, frozen=True):
    """How a local AWS is started."""

    port: int = 0
    """0: the one of last time, else any that is free."""
    enforce_iam: bool = False
    network: bool = False
    background: bool = False
    """It goes on when this program ends."""
    packages: Path | None = None
    """The folder with the Node packages: what evaluates GraphQL requests, and the AWS SDK of Lambda's runtimes."""
    node_modules: Path | None = None
    """Where functions find what is not there."""
    api_ids: dict[str, str] = {}
    """Ids for GraphQL APIs that are to be created, by the API's name."""
    without: tuple[str, ...] = ()
    """Patches left out (for tests)."""
    version: str = VERSION
    """The version of the emulator that is asked for."""


def launch_server(
    environment: Environment, state: Path, launch: Launch
) -> tuple[subprocess.Popen[bytes], ServerStatus]:
    """Starts the server on a state folder and waits until it answers.

    Raises LocalError with the reason when it does not start.
    """
    make_folder(state)
    settings = {
        "state": str(state),
        "version": launch.version,
        "port": launch.port,
        "account": ACCOUNT,
        "region": REGION,
        "owned": not launch.background,
        "enforce_iam": launch.enforce_iam,
        "network": launch.network,
        "node_modules": [str(folder) for folder in _modules(launch)],
        "simulator": str(launch.packages or ""),
        "api_ids": launch.api_ids,
        "without": launch.without,
    }
    folder = str(Path(__file__).resolve().parent)
    command = (str(environment.python), "-I", "-c", _BOOT, folder, msgspec.json.encode(settings).decode())
    with (state / LOG).open("ab") as log:
        process = subprocess.Popen(
            command,
            cwd=state,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            stdin=subprocess.DEVNULL if launch.background else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
    return process, _told(process, state)


def let_go(process: subprocess.Popen[bytes]) -> None:
    """It is nobody's child from now on."""
    if process.stdout:
        process.stdout.close()
    process.returncode = 0


def end(process: subprocess.Popen[bytes]) -> None:
    """Lets the server save and end; one that does not is killed."""
    if process.stdin:
        process.stdin.close()  # which tells it that its parent is done
    else:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


def _modules(launch: Launch) -> tuple[Path, ...]:
    pinned = (launch.packages / "node_modules",) if launch.packages else ()
    return pinned + ((launch.node_modules,) if launch.node_modules else ())


def _told(process: subprocess.Popen[bytes], state: Path) -> ServerStatus:
    """Waits for the server's first line: where it listens, or why it does not."""
    from threading import Timer

    timer = Timer(START_SECONDS, process.kill)
    timer.start()
    try:
        line = process.stdout.readline() if process.stdout else b""
    finally:
        timer.cancel()
    try:
        said = msgspec.json.decode(line)
    except msgspec.DecodeError:
        said = {}
    if "port" in said:
        return msgspec.convert(said, ServerStatus)
    _close(process)
    if "message" in said:
        raise LocalError(said["message"], hint=said["hint"])
    raise LocalError(f"the local AWS did not start: {_last_line(state / LOG)}", hint=f"see {state / LOG}")


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    process.wait()


def _last_line(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        return "it said nothing"
    return lines[-1] if lines else "it said nothing"
