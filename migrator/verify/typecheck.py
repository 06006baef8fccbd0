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
_PLACED = re.compile(r"(?P<file>\S.*?)\((?P<line>\d+),(?P<column>\d+)\): (?P<kind>error|warning) (?P<message>.+)")
_GLOBAL = re.compile(r"(?P<kind>error|warning) (?P<message>TS\d+: .+)")


def check_types(
    workspace: Workspace, toolchain: Toolchain, processes: Processes, *, generated: bool = True
) -> CheckResult:
    """Runs `tsc --noEmit -p amplify` over the branch copy.

    `generated` is false when a synth that would have written `.amplify/generated` failed: what imports from there
    is then no error of the types.
    """
    command = (toolchain.node.program, toolchain.module("typescript/bin/tsc"), "--noEmit", "--pretty", "false")
    app = workspace.app(Mode.BRANCH)
    environment = checking_environment(workspace.home)
    outcome = processes.run((*command, "-p", "amplify"), folder=app, environment=environment, limit=LIMIT)
    details = tuple(parse_diagnostics(outcome.out, workspace))
    details = details if generated else tuple(_excused(detail) for detail in details)
    if outcome.timed_out:
        return CheckResult(Check.TYPES, Status.FAILED, f"tsc did not finish within {LIMIT:.0f} s", (), outcome.seconds)
    count = sum(1 for detail in details if detail.severity == "error")
    if outcome.code == 0 or (details and not count):
        return CheckResult(Check.TYPES, Status.PASSED, "", details, outcome.seconds)
    if not details:
        text = workspace.shorten((outcome.err or outcome.out).strip())[-2000:]
        details = (Detail("error", text or f"tsc ended with code {outcome.code} and said nothing"),)
    first = next(detail for detail in details if detail.severity == "error")
    reason = f"{max(count, 1)} type {'errors' if count > 1 else 'error'}; the first: {first}"
    return CheckResult(Check.TYPES, Status.FAILED, reason, details, outcome.seconds)


def _excused(detail: Detail) -> Detail:
    if not detail.message.startswith("TS2307") or "'$amplify/" not in detail.message:
        return detail
    text = "this import was not checked: the file is written by synth, which failed"
    return Detail("info", text, file=detail.file, line=detail.line, column=detail.column)


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
