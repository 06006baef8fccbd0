"""The proof as text."""

from __future__ import annotations

from migrator.report.verify_differences import differences_text
from migrator.verify.results import Check, CheckResult, Status, VerifyReport

_MARKS = {Status.PASSED: "ok", Status.FAILED: "FAILED", Status.SKIPPED: "skipped"}


def verify_text(report: VerifyReport, *, verbose: bool = False) -> str:
    """One line for each check, what it has to say below it, and what it ran with."""
    lines: list[str] = []
    for result in report.checks:
        lines += _check(result, verbose)
    versions = ", ".join(f"{name} {version}" for name, version in report.tools.versions.items() if _worth_saying(name))
    origin = "the project's own packages" if report.tools.own else "the pinned packages"
    lines += ["", f"Run with {origin}: {versions}"]
    return "\n".join([*lines, _verdict(report)])


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
