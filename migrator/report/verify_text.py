"""The proof as text."""

from __future__ import annotations

from migrator.verify.results import CheckResult, Status, VerifyReport

_MARKS = {Status.PASSED: "ok", Status.FAILED: "FAILED", Status.SKIPPED: "skipped"}


def verify_text(report: VerifyReport, *, verbose: bool = False) -> str:
    """One line for each check, what it has to say below it, and what it ran with."""
    lines: list[str] = []
    for result in report.checks:
        lines += _check(result, verbose)
    versions = ", ".join(f"{name} {version}" for name, version in report.tools.versions.items() if _worth_saying(name))
    origin = "the project's own packages" if report.tools.own else "the pinned packages"
    lines += ["", f"Run with {origin}: {versions}"]
    verdict = "Proven: nothing failed." if report.passed else "Not proven: see above."
    return "\n".join([*lines, verdict])


def _check(result: CheckResult, verbose: bool) -> list[str]:
    reason = f"  {result.reason}" if result.reason else ""
    lines = [f"{_MARKS[result.status]:<8}{result.name:<9}{result.seconds:>5.1f} s{reason}"]
    for detail in result.details:
        if detail.severity == "info" and not verbose:
            continue
        lines.append(f"        {detail.severity}: {detail}")
        if detail.hint:
            lines.append(f"          {detail.hint}")
    return lines


def _worth_saying(name: str) -> bool:
    return name in ("node", "@aws-amplify/backend", "aws-cdk-lib", "typescript")
