"""The check `synth`: CDK turns the backend into templates and assets, offline, as a branch and as a sandbox."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from migrator.core.errors import VerifyError
from migrator.node.environment import building_environment, checking_environment
from migrator.node.process import Outcome, Processes
from migrator.node.toolchain import Toolchain
from migrator.verify.assembly import Assembly, read_assembly
from migrator.verify.results import Check, CheckResult, Detail, Status
from migrator.verify.workspace import Mode, Workspace

LIMIT = 600.0
"""Seconds one synth may take."""
SCRIPTS = Path(__file__).resolve().parent / "scripts"
"""Folder of the JavaScript that checks give to Node."""
_NAMESPACE = {Mode.BRANCH: "d0000000000000", Mode.SANDBOX: "backend"}
_ESBUILD_ERROR = re.compile(r"✘ \[ERROR\] (?P<message>.+)\n(?:\n\s+(?P<file>\S.*?):(?P<line>\d+):(?P<column>\d+):)?")
_BUNDLING = re.compile(r"Failed to bundle asset [^/\s]+/(?P<path>\S+?)(?:/Code)?(?:/Stage)?,")
_FRAME = re.compile(r"\(?(?:file://)?(?P<file>/[^\s()]+|[A-Za-z]:[\\/][^()\n]+?):(?P<line>\d+):(?P<column>\d+)\)?\s*$")
_NOT_TRIED = "not tried"
_EMPTY_ADVICE = "See the underlying error message"


class Unbuilt(Struct, frozen=True):
    """A source in another language than JavaScript that was not built: its asset is the source as it is."""

    folder: str
    """Where it is."""
    reason: str

    @property
    def name(self) -> str:
        """The function or layer, as its folder is called."""
        return Path(self.folder).name


class Synthesis(Struct, frozen=True):
    """One synth: the assembly, or what went wrong. `seconds` is wall time."""

    mode: Mode
    seconds: float
    assembly: Assembly | None = None
    errors: tuple[Detail, ...] = ()
    unbuilt: tuple[Unbuilt, ...] = ()


class ReportedError(Struct, frozen=True):
    """An error as the preloaded script writes it down; `cause` is the error beneath."""

    name: str
    message: str
    resolution: str
    details: str
    stack: str
    cause: ReportedError | None = None


def synthesize(
    workspace: Workspace,
    toolchain: Toolchain,
    processes: Processes,
    mode: Mode,
    branch: str = "main",
    *,
    namespace: str = "",
    name: str = "",
    build: bool = False,
) -> Synthesis:
    """Synthesizes the copy of the project for `mode`.

    `namespace` and `name` are those that Amplify names the stack by; for a branch the name is the branch's. `build`
    tries to build functions in other languages with the tools of this machine, which may ask the network.
    """
    error_file, unbuilt_file = (workspace.folder / f"{name}-{mode}.json" for name in ("error", "unbuilt"))
    settings = _settings(workspace.assembly(mode), mode, branch, error_file, (namespace, name))
    settings |= {"MIGRATE_UNBUILT_FILE": str(unbuilt_file)}
    settings |= {"MIGRATE_LOCAL_BUILDS": "try", **building_environment()} if build else {}
    environment = checking_environment(workspace.home, settings)
    command = (
        toolchain.node.program,
        "--stack-trace-limit=60",
        "--import", (SCRIPTS / "report_error.mjs").as_uri(),
        "--import", (SCRIPTS / "local_builds.mjs").as_uri(),
        "--import", Path(toolchain.module("tsx/dist/loader.mjs")).as_uri(),
        "amplify/backend.ts",
    )  # fmt: skip
    started = time.time()
    outcome = processes.run(command, folder=workspace.app(mode), environment=environment, limit=LIMIT)
    if outcome.timed_out:
        text = f"it did not finish within {LIMIT:.0f} s"
        return Synthesis(mode, outcome.seconds, errors=(Detail("error", text, subject=mode),))
    if outcome.code:
        errors = tuple(describe_failure(outcome, _reported(error_file), workspace, mode))
        return Synthesis(mode, outcome.seconds, errors=errors)
    if not (workspace.assembly(mode) / "manifest.json").is_file():
        nothing = Detail("error", "backend.ts ran but synthesized nothing; it must call defineBackend", subject=mode)
        return Synthesis(mode, outcome.seconds, errors=(nothing,))
    try:
        assembly = read_assembly(workspace.assembly(mode))
        made = msgspec.structs.replace(assembly, made=started)
        return Synthesis(mode, outcome.seconds, made, unbuilt=_unbuilt(unbuilt_file))
    except VerifyError as problem:
        return Synthesis(mode, outcome.seconds, errors=(Detail("error", problem.message, subject=mode),))


def _settings(folder: Path, mode: Mode, branch: str, error_file: Path, names: tuple[str, str]) -> dict[str, str]:
    """What the CDK toolkit passes to an app, and `ampx` to a backend."""
    namespace, name = names
    context = {
        "amplify-backend-namespace": namespace or _NAMESPACE[mode],
        "amplify-backend-name": branch if mode is Mode.BRANCH else name or "verify",
        "amplify-backend-type": mode.value,
        "aws:cdk:enable-path-metadata": True,
        "aws:cdk:enable-asset-metadata": True,
    }
    settings = {
        "CDK_OUTDIR": str(folder),
        "CDK_CONTEXT_JSON": msgspec.json.encode(context).decode(),
        "AWS_REGION": "us-east-1",
        "CDK_DEFAULT_REGION": "us-east-1",
        "MIGRATE_ERROR_FILE": str(error_file),
    }
    return settings | ({"AWS_BRANCH": branch} if mode is Mode.BRANCH else {})


def synth_result(syntheses: tuple[Synthesis, ...], notes: tuple[Detail, ...]) -> CheckResult:
    """The check's result; an error that both modes have is told once. `notes` may explain it (missing packages)."""
    seconds = max((synthesis.seconds for synthesis in syntheses), default=0.0)
    errors = tuple(_merged(syntheses))
    if not errors:
        return CheckResult(Check.SYNTH, Status.PASSED, "", notes + tuple(_announced(syntheses)), seconds)
    return CheckResult(Check.SYNTH, Status.FAILED, str(errors[0]), errors + notes, seconds)


def _announced(syntheses: tuple[Synthesis, ...]) -> Iterator[Detail]:
    """What was not built, once each."""
    told = {one.name: one for synthesis in syntheses for one in synthesis.unbuilt}
    for name, one in sorted(told.items()):
        why = "" if one.reason == _NOT_TRIED else f" ({one.reason})"
        yield Detail("info", f"not built here{why}: its asset is the source; a deployment builds it", subject=name)


def _unbuilt(file: Path) -> tuple[Unbuilt, ...]:
    try:
        lines = file.read_bytes().splitlines()
    except FileNotFoundError:
        return ()  # everything was built, or there was nothing to build
    return tuple(dict.fromkeys(msgspec.json.decode(line, type=Unbuilt) for line in lines))


def _merged(syntheses: tuple[Synthesis, ...]) -> Iterator[Detail]:
    seen: dict[tuple[str, str, int], tuple[Detail, list[str]]] = {}
    for synthesis in syntheses:
        for error in synthesis.errors:
            modes = seen.setdefault((error.message, error.file, error.line), (error, []))[1]
            modes.append(synthesis.mode)
    for error, modes in seen.values():
        yield msgspec.structs.replace(error, subject=" and ".join(modes))


def _reported(file: Path) -> ReportedError | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=ReportedError)
    except (OSError, msgspec.DecodeError):
        return None  # the process ended without an exception; its output tells why


def describe_failure(
    outcome: Outcome, error: ReportedError | None, workspace: Workspace, mode: Mode
) -> Iterator[Detail]:
    """What matters of a failed synth: what esbuild could not bundle; the error, its causes and first own frame."""
    bundling = _BUNDLING.match(error.message) if error else None
    place = f" (bundling {bundling['path']})" if bundling else ""
    told = tuple(_bundling_detail(found, place, workspace, mode) for found in _ESBUILD_ERROR.finditer(outcome.err))
    yield from told
    if told and bundling:
        return  # CDK's error only repeats the command
    if error:
        yield _error_detail(error, workspace, mode)
    else:
        tail = "\n".join(outcome.err.strip().splitlines()[-5:])
        yield Detail("error", workspace.shorten(tail) or f"Node ended with code {outcome.code}", subject=mode)


def _bundling_detail(found: re.Match[str], place: str, workspace: Workspace, mode: Mode) -> Detail:
    """An error of esbuild, whose columns count from 0."""
    message = workspace.shorten(found["message"]) + place
    file = workspace.relative(str((workspace.app(mode) / (found["file"] or "")).absolute()))
    if not file:
        return Detail("error", message, subject=mode)
    return Detail("error", message, subject=mode, file=file, line=int(found["line"]), column=int(found["column"]) + 1)


def _error_detail(error: ReportedError, workspace: Workspace, mode: Mode) -> Detail:
    chain = tuple(_chain(error))
    messages = list(dict.fromkeys(_headline(workspace.shorten(link.message)) for link in chain))
    advice = (workspace.shorten(link.resolution) for link in chain)
    hint = next((text for text in advice if text and not text.startswith(_EMPTY_ADVICE)), "")
    # The innermost error names the place best; CDK's own errors often carry no frame at all.
    file, line, column = next(
        (frame for link in reversed(chain) if (frame := own_frame(link.stack, workspace))), ("", 0, 0)
    )
    return Detail("error", ": ".join(messages), subject=mode, file=file, line=line, column=column, hint=hint)


def _chain(error: ReportedError | None) -> Iterator[ReportedError]:
    while error:
        yield error
        error = error.cause


def _headline(message: str) -> str:
    """A message's first paragraph, without what CDK and Node append (construct trees, require stacks)."""
    head = re.split(r"\n\s*\n|\nRequire stack|\n\s+at |\n\s*Relates to construct", message.strip(), maxsplit=1)[0]
    return head if len(head) <= 600 else f"{head[:600]}…"


def own_frame(stack: str, workspace: Workspace) -> tuple[str, int, int] | None:
    """File, line and column of the first frame inside the project."""
    for line in stack.splitlines():
        frame = _FRAME.search(line)
        file = workspace.relative(frame["file"]) if frame else ""
        if frame and file:
            return file, int(frame["line"]), int(frame["column"])
    return None
