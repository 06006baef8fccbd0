"""The check `bundles`: each function's bundle loads in a fresh Node process and exports the handler that Lambda calls,
and is no larger than Lambda takes, nor much larger than what it is made of.

The process sees the function's own variables but no credentials, and is refused sockets and child processes.
Every Amplify bundle carries a timer, so the process is made to exit.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
from msgspec import Struct

from migrator.node.environment import checking_environment
from migrator.node.process import Outcome, Processes
from migrator.node.runtime import Node
from migrator.verify.functions import Function, bundle_file, export_name
from migrator.verify.languages import check_source
from migrator.verify.results import Check, CheckResult, Detail, Status
from migrator.verify.sizes import size_details
from migrator.verify.synth import SCRIPTS, own_frame
from migrator.verify.workspace import Workspace

LIMIT = 30.0
"""Seconds one bundle may take to load (Lambda itself gives 10)."""
_AMPLIFY_EXPORTS = "internalAmplify"
"""How the names begin that Amplify adds to every bundle."""

_CALLS_FAIL = "Every call of the function would fail: users would get errors where Gen 1 answers."
_COMMONJS = (
    "The entry is CommonJS, and Amplify bundles ES modules. Put it into a folder whose `package.json` says "
    '`"type": "commonjs"`, and hand its handler on in an entry of its own: '
    "`export {{ {} }} from './src/index.js'`."
)
_NO_MODULE = re.compile(r"\b(exports|module|require) is not defined in ES module scope")
"""How Node refuses CommonJS in a bundle that is an ES module."""


class Loaded(Struct, frozen=True):
    """What the loading script reports."""

    error: str
    code: str
    stack: str
    exports: tuple[str, ...]
    kind: str
    refused: tuple[str, ...]


def check_bundles(
    functions: Sequence[Function], node: Node, workspace: Workspace, processes: Processes, limit: float = LIMIT
) -> CheckResult:
    """Loads the functions' bundles, two at a time; `limit` is in seconds per bundle."""
    with ThreadPoolExecutor(2) as pool:
        parts = tuple(pool.map(lambda function: _check(function, node, workspace, processes, limit), functions))
    details = tuple(detail for part in parts for detail in part)
    errors = [detail for detail in details if detail.severity == "error"]
    if errors:
        count = len({detail.subject for detail in errors})
        reason = f"{count} of {len(functions)} functions would fail; the first: {errors[0]}"
        return CheckResult(Check.BUNDLES, Status.FAILED, reason, details)
    reason = "" if functions else "the project has no functions"
    return CheckResult(Check.BUNDLES, Status.PASSED, reason, details)


def _check(
    function: Function, node: Node, workspace: Workspace, processes: Processes, limit: float
) -> tuple[Detail, ...]:
    sizes = tuple(size_details(function, workspace))
    if not function.runtime.startswith("nodejs") and function.folder is not None:
        return (check_source(function), *sizes)
    skipped = _why_not(function)
    if skipped:
        return (Detail("info", f"not loaded: {skipped}", subject=function.name), *sizes)
    with tempfile.TemporaryDirectory(dir=workspace.home) as scratch:
        folder = function.folder
        if folder is None:
            folder = Path(scratch)
            (folder / "index.js").write_text(function.inline, encoding="utf-8")
        file = bundle_file(folder, function.handler)
        if file is None:
            text = f"its bundle holds no file for the handler {function.handler}"
            return (Detail("error", text, subject=function.name), *sizes)
        outcome, loaded = _load(function, file, Path(scratch), node, workspace, processes, limit)
        return (_verdict(function, outcome, loaded, workspace, limit), *sizes)


def _why_not(function: Function) -> str:
    if not function.runtime.startswith("nodejs"):
        return f"its runtime is {function.runtime or 'unknown'}, and its code is not in the synthesized assembly"
    if function.folder is None and not function.inline:
        return "its code is not in the synthesized assembly"
    if function.folder is not None and not function.folder.is_dir():
        return "its code is an archive"
    return (
        "" if export_name(function.handler) else f"its handler is {function.handler or 'not written in the template'}"
    )


def _load(
    function: Function, file: Path, scratch: Path, node: Node, workspace: Workspace, processes: Processes, limit: float
) -> tuple[Outcome, Loaded | None]:
    result = scratch / "result.json"
    lambda_sets = {
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "LAMBDA_TASK_ROOT": str(file.parent),
    }
    environment = checking_environment(workspace.home, function.environment | lambda_sets)
    script = str(SCRIPTS / "load_bundle.mjs")
    command = (node.program, "--enable-source-maps", script, str(file))
    arguments = (export_name(function.handler), _format(file), str(result))
    outcome = processes.run((*command, *arguments), folder=file.parent, environment=environment, limit=limit)
    try:
        return outcome, msgspec.json.decode(result.read_bytes(), type=Loaded)
    except (OSError, msgspec.DecodeError):
        return outcome, None  # the process was stopped, or the bundle ended it


def _format(file: Path) -> str:
    """How Lambda loads a file: as an ES module or as CommonJS (https://nodejs.org/api/packages.html#determining-module-system)."""
    if file.suffix in (".mjs", ".cjs"):
        return "module" if file.suffix == ".mjs" else "commonjs"
    try:
        manifest = msgspec.json.decode((file.parent / "package.json").read_bytes())
    except (OSError, msgspec.DecodeError):
        return "commonjs"  # Node's own default for .js
    return "module" if isinstance(manifest, dict) and manifest.get("type") == "module" else "commonjs"


def _verdict(function: Function, outcome: Outcome, loaded: Loaded | None, workspace: Workspace, limit: float) -> Detail:
    name, wanted = function.name, export_name(function.handler)
    if loaded is None:
        if outcome.timed_out:
            return Detail("error", f"did not finish loading within {limit:g} s", subject=name)
        tail = workspace.shorten("\n".join(outcome.err.strip().splitlines()[-3:]))
        said = f": {tail}" if tail else ""
        return Detail("error", f"ends the process with code {outcome.code} while it loads{said}", subject=name)
    if loaded.error:
        return _load_error(function, loaded, workspace)
    if loaded.kind != "function":
        found = ", ".join(name for name in loaded.exports if not name.startswith(_AMPLIFY_EXPORTS)) or "nothing"
        text = f"does not export {wanted} (it exports {found})"
        if loaded.kind != "undefined":
            text = f"exports {wanted} as {loaded.kind}, not as a function"
        return Detail("error", text, subject=name, hint=_no_handler(loaded, wanted))
    if loaded.refused:
        text = f"exports {wanted}, but does more than load: {'; '.join(loaded.refused)}"
        return Detail("warning", text, subject=name)
    return Detail("info", "ok", subject=name)


def _no_handler(loaded: Loaded, wanted: str) -> str:
    """What becomes of calls, and why where the bundle tells it: of a CommonJS entry, esbuild exports only `default`."""
    commonjs = loaded.kind == "undefined" and "default" in loaded.exports
    return f"{_CALLS_FAIL} {_COMMONJS.format(wanted)}" if commonjs else _CALLS_FAIL


def _load_error(function: Function, loaded: Loaded, workspace: Workspace) -> Detail:
    text = workspace.shorten(loaded.error.splitlines()[0])
    if loaded.refused and not any(attempt in text for attempt in loaded.refused):
        text += f" ({'; '.join(loaded.refused)})"
    if function.layers and _is_missing_module(loaded):
        return Detail("info", f"not loaded to the end: {text}; its layers may bring it", subject=function.name)
    file, line, column = own_frame(loaded.stack, workspace) or ("", 0, 0)
    commonjs = _NO_MODULE.search(text)
    hint = f"{_CALLS_FAIL} {_COMMONJS.format(export_name(function.handler))}" if commonjs else _CALLS_FAIL
    said = f"throws while it loads: {text}"
    return Detail("error", said, subject=function.name, file=file, line=line, column=column, hint=hint)


def _is_missing_module(loaded: Loaded) -> bool:
    if loaded.code not in ("ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"):
        return False
    return bool(re.search(r"Cannot find (?:module|package) '(?:/opt/|[^./])", loaded.error))
