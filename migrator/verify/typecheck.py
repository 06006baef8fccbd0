"""The check `types`: the TypeScript compiler over the backend."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.node.environment import checking_environment
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain
from migrator.verify.results import Check, CheckResult, Detail, Status
from migrator.verify.workspace import Mode, Workspace

LIMIT = 300.0
"""Seconds the compiler may take."""
_PLACED = re.compile(r"(?P<file>[^\s(][^(]*)\((?P<line>\d+),(?P<column>\d+)\): (?P<kind>error|warning) (?P<message>.+)")
_GLOBAL = re.compile(r"(?P<kind>error|warning) (?P<message>TS\d+: .+)")


def check_types(workspace: Workspace, toolchain: Toolchain, processes: Processes) -> CheckResult:
    """Runs `tsc --noEmit -p amplify` (the sources as they lie in the branch copy)."""
    command = (toolchain.node.program, toolchain.module("typescript/bin/tsc"), "--noEmit", "--pretty", "false")
    app = workspace.app(Mode.BRANCH)
    environment = checking_environment(workspace.home)
    outcome = processes.run((*command, "-p", "amplify"), folder=app, environment=environment, limit=LIMIT)
    details = tuple(parse_diagnostics(outcome.out, workspace))
    if outcome.timed_out:
        return CheckResult(Check.TYPES, Status.FAILED, f"tsc did not finish within {LIMIT:.0f} s", (), outcome.seconds)
    if outcome.code == 0:
        return CheckResult(Check.TYPES, Status.PASSED, "", details, outcome.seconds)
    if not details:
        text = workspace.shorten((outcome.err or outcome.out).strip())[-2000:]
        details = (Detail("error", text or f"tsc ended with code {outcome.code} and said nothing"),)
    count = sum(1 for detail in details if detail.severity == "error")
    reason = f"{count} type {'error' if count == 1 else 'errors'}; the first: {details[0]}"
    return CheckResult(Check.TYPES, Status.FAILED, reason, details, outcome.seconds)


def parse_diagnostics(output: str, workspace: Workspace) -> Iterator[Detail]:
    """The compiler's messages with `--pretty false`; indented lines continue the one before."""
    current: Detail | None = None
    for line in output.splitlines():
        if line.startswith(" ") and current:
            current = _with_message(current, f"{current.message}\n{workspace.shorten(line)}")
            continue
        if current:
            yield current
        current = _diagnostic(line, workspace)
    if current:
        yield current


def _diagnostic(line: str, workspace: Workspace) -> Detail | None:
    placed = _PLACED.match(line)
    if placed:
        return Detail(
            placed["kind"],
            workspace.shorten(placed["message"]),
            file=workspace.shorten(placed["file"]),
            line=int(placed["line"]),
            column=int(placed["column"]),
        )
    unplaced = _GLOBAL.match(line)
    return Detail(unplaced["kind"], workspace.shorten(unplaced["message"])) if unplaced else None


def _with_message(detail: Detail, message: str) -> Detail:
    return Detail(detail.severity, message, file=detail.file, line=detail.line, column=detail.column)
