"""The proof as text."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence

from migrator.engine.acceptance import Verdict
from migrator.report.verify_differences import differences_text
from migrator.verify.results import Check, CheckResult, Status, VerifyReport

_MARKS = {Status.PASSED: "ok", Status.FAILED: "FAILED", Status.SKIPPED: "skipped"}


_COMMAND = ("migrate", "verify")


def verify_text(report: VerifyReport, *, verbose: bool = False, command: Sequence[str] = _COMMAND) -> str:
    """One line for each check, what it has to say below it, and what it ran with; at the end what has to be
    acknowledged, and how `command` is called for it."""
    lines: list[str] = []
    for result in report.checks:
        lines += _check(result, verbose)
    versions = ", ".join(f"{name} {version}" for name, version in report.tools.versions.items() if _worth_saying(name))
    origin = "the project's own packages" if report.tools.own else "the pinned packages"
    lines += ["", f"Run with {origin}: {versions}"]
    return "\n".join([*lines, _verdict(report), *_acknowledging(report, command)])


def _acknowledging(report: VerifyReport, command: Sequence[str]) -> list[str]:
    """The rules that wait to be acknowledged, with the command that does it."""
    waiting = Counter(one.rule for one in report.differences if one.rule and one.verdict is Verdict.UNEXPLAINED)
    if not waiting:
        return []
    counted = ", ".join(f"{rule} ({count})" for rule, count in sorted(waiting.items()))
    words = [word for rule in sorted(waiting) for word in ("--acknowledge", rule)]
    return [f"To acknowledge {counted}: {shlex.join([*command, *words])}"]


def _verdict(report: VerifyReport) -> str:
    if not report.passed:
        return "Not proven: see above."
    if all(result.status is Status.SKIPPED for result in report.checks):
        return "Nothing was checked: see above."
    return "Proven: nothing failed."


def _check(result: CheckResult, verbose: bool) -> list[str]:
    reason = f"  {result.reason}" if result.reason else ""
    lines = [f"{_MARKS[result.status]:<8}{result.name:<12}{result.seconds:>5.1f} s{reason}"]
    for detail in result.details:
        if detail.severity == "info" and not verbose:
            continue
        rule = f" ({detail.rule})" if detail.rule else ""
        lines.append(f"        {detail.severity}: {detail}{rule}")
        if detail.gen1 or detail.gen2:
            lines.append(f"          Gen 1  {detail.gen1 or '(nothing)'}")
            lines.append(f"          Gen 2  {detail.gen2 or '(nothing)'}")
        if detail.hint:
            lines.append(f"          {detail.hint}")
    if result.name is not Check.SCHEMA and result.compared:  # that one tells its differences as details
        lines += differences_text(result, verbose=verbose)
    return lines


def _worth_saying(name: str) -> bool:
    return name in ("node", "@aws-amplify/backend", "aws-cdk-lib", "typescript")
