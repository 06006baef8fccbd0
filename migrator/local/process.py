"""Starts, finds and ends the local AWS. Speaks HTTP with it; the emulator itself runs in its own environment."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from migrator.aws.session import Session
from migrator.core.errors import LocalError
from migrator.local.environment import VERSION, Environment, find_environment
from migrator.local.packages import find_packages
from migrator.local.requests import request
from migrator.local.server.patches import NAMES

ACCOUNT, REGION = "000000000000", "us-east-1"
START_SECONDS, STOP_SECONDS = 60.0, 90.0
LOG = "server.log"
_SERVER_FILE, _STATE_FILE = "server.json", "state.json"
_BOOT = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
    "runpy.run_module('server', run_name='__main__', alter_sys=True)"
)
_KEPT = ("PATH", "SYSTEMROOT", "COMSPEC", "PATHEXT", "WINDIR")


class Recorded(Struct, frozen=True, order=True):
    """A resource that is deployed as a record only: its type, its stack, its logical id."""

    type: str
    stack: str
    logical_id: str


class ServerStatus(Struct, frozen=True):
    """What a running local AWS says of itself."""

    pid: int
    port: int
    version: str
    owned: bool
    """It ends with the command that started it; otherwise it runs in the background."""
    account: str = ACCOUNT
    region: str = REGION
    enforce_iam: bool = False
    network: bool = False
    """Functions may reach more than this machine."""
    simulator: bool = False
    """AppSync resolvers are evaluated by Amplify's simulator."""
    patches: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    recorded: tuple[Recorded, ...] = ()
    stacks: dict[str, str] = {}
    """Status by name of each root stack."""

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"


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
        process, told = _launch(environment, state, launch)
        if background:
            _let_go(process)
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
        _end(self._process)

    def __enter__(self) -> LocalAws:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _call(self, method: str, route: str, document: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return request(self.endpoint, method, f"/_local/{route}", document, log=self.state / LOG)


def session_of(server: ServerStatus) -> Session:
    """The session with which everything reaches a local AWS, as the account's root user."""
    return Session(server.region, endpoint=server.endpoint, access_key=server.account, secret_key="local")


def status(state: Path) -> ServerStatus | None:
    """The local AWS that runs on a state folder; None when none does."""
    try:
        known = msgspec.json.decode((state / _SERVER_FILE).read_bytes(), type=ServerStatus)
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
    end = time.monotonic() + STOP_SECONDS
    while time.monotonic() < end:
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
    ours = [state / name for name in (_STATE_FILE, _SERVER_FILE, "snapshots", "work", LOG, "lock")]
    found = [path for path in ours if path.exists()]
    for path in found:
        try:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        except OSError as problem:
            raise LocalError(f"{path} cannot be removed: {problem.strerror}", hint="check who owns it") from problem
    return bool(found)


def _check_same(running: ServerStatus) -> None:
    """One that an older version of this program started may lack what is counted on."""
    if running.version != VERSION or set(running.patches) | set(running.without) != set(NAMES):
        raise LocalError(
            f"the local AWS that runs (process {running.pid}) was started by another version of migrate",
            hint="`migrate local stop` ends it and keeps its state; then try again",
        )


def _launch(environment: Environment, state: Path, launch: Launch) -> tuple[subprocess.Popen[bytes], ServerStatus]:
    _make_folder(state)
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


def _let_go(process: subprocess.Popen[bytes]) -> None:
    """It is nobody's child from now on."""
    if process.stdout:
        process.stdout.close()
    process.returncode = 0


def _end(process: subprocess.Popen[bytes]) -> None:
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


def _make_folder(state: Path) -> None:
    try:
        state.mkdir(parents=True, exist_ok=True)
        ignore = state / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError as problem:
        message = f"{state} cannot be written: {problem.strerror or problem}"
        raise LocalError(message, hint="name another folder for the local AWS with --state") from problem


def _last_line(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        return "it said nothing"
    return lines[-1] if lines else "it said nothing"


def _alive(pid: int) -> bool:
    with contextlib.suppress(ChildProcessError, AttributeError):
        os.waitpid(
            pid, os.WNOHANG
        )  # one that this process started stays in the list of processes until it is asked for
    if sys.platform == "win32":
        return str(pid) in subprocess.run(["tasklist", "/FI", f"PID eq {pid}"], capture_output=True, text=True).stdout
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
