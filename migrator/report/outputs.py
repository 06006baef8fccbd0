"""What became of `amplify_outputs.json`, as text and as JSON (schema `migrate/outputs/1`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from migrator.commands.outputs_only import Outputs
from migrator.core.finding import Finding, Severity


def outputs_text(done: Sequence[Outputs], *, dry_run: bool, quiet: bool = False) -> str:
    """The file of each app, its sections, and what it lacks; `quiet` leaves the files and what was kept."""
    return "\n".join(line for one in done for line in _lines(one, dry_run, quiet))


def _lines(one: Outputs, dry_run: bool, quiet: bool) -> Iterator[str]:
    for change in one.written.changes:
        reason = f" ({change.kept})" if change.kept else ""
        would = "would be " if dry_run else ""
        yield f"{one.folder / change.path}: {would}{change.state}{reason}: {', '.join(one.sections)}"
    for change in one.written.pending:
        yield f"You edited {change.path}, and it would have to change. It was kept; merge this by hand:"
        yield from (f"  {line}" for line in change.diff.splitlines())
    if quiet:
        return
    for finding in one.findings:
        yield f"  {finding.rule}  {finding.message}"
        yield from (f"    {hint}" for hint in [finding.hint] if hint and finding.severity is not Severity.INFO)
    yield "Read docs/outputs-only.md for what front ends change; the backend stays as it is."


def outputs_document(done: Sequence[Outputs]) -> dict[str, Any]:
    """All apps as one document."""
    return {
        "schema": "migrate/outputs/1",
        "apps": [one.app for one in done],
        "files": [
            {"path": change.path, "state": str(change.state), "folder": str(one.folder), "sections": list(one.sections)}
            for one in done
            for change in one.written.changes
        ],
        "findings": [_finding(found) for one in done for found in one.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "resource": str(finding.resource) if finding.resource else None,
        "message": finding.message,
        "hint": finding.hint,
    }
