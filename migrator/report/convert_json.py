"""The conversion as JSON: schema `migrate/convert/1`, stable; additions are free, changes are not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migrator.commands.convert import Conversion
from migrator.core.finding import Finding, Severity

_REASONS = ("DATA",)


def convert_document(done: Sequence[Conversion]) -> dict[str, Any]:
    """All conversions as one document; with several apps, paths begin with the app's folder."""
    styles = [one.style for one in done if one.style]
    return {
        "schema": "migrate/convert/1",
        "apps": [one.app for one in done],
        "features": sorted({feature for one in done for feature in one.features}),
        "files": [_file(one, change) for one in done for change in one.written.changes],
        "data": {
            "style": styles[0] if styles else None,
            "proof": "not-run",
            "patches": 0,
            "reasons": [f.message for one in done for f in one.findings if f.rule.startswith(_REASONS)],
        },
        "gaps": [_finding(f) for one in done for f in one.findings if f.severity in (Severity.BLOCKER, Severity.GAP)],
        "warnings": [_finding(f) for one in done for f in one.findings if f.severity is Severity.WARNING],
        "todo": [{"rule": t.rule, "feature": t.feature, "text": t.text} for one in done for t in one.tasks],
        "deferred": [text for one in done for text in one.deferred],
    }


def _file(one: Conversion, change: Any) -> dict[str, Any]:
    known: dict[str, Any] = {"path": change.path, "state": str(change.state), "folder": str(one.folder)}
    if change.pending:
        known |= {"pending": True, "security": change.security}
    return known


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "resource": str(finding.resource) if finding.resource else None,
        "message": finding.message,
        "hint": finding.hint,
    }
