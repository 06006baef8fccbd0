"""The conversion as JSON: schema `migrate/convert/1`, stable; additions are free, changes are not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migrator.commands.convert import Conversion
from migrator.commands.proving import Proven
from migrator.core.finding import Finding, Severity
from migrator.engine.proof import Contrast, Outcome


def convert_document(done: Sequence[Conversion]) -> dict[str, Any]:
    """All conversions as one document; with several apps, paths begin with the app's folder."""
    return {
        "schema": "migrate/convert/1",
        "apps": [one.app for one in done],
        "features": sorted({feature for one in done for feature in one.features}),
        "files": [_file(one, change) for one in done for change in one.written.changes],
        "data": _data([one.schema for one in done if one.schema]),
        "gaps": [_finding(f) for one in done for f in one.findings if f.severity in (Severity.BLOCKER, Severity.GAP)],
        "warnings": [_finding(f) for one in done for f in one.findings if f.severity is Severity.WARNING],
        "todo": [{"rule": t.rule, "feature": t.feature, "text": t.text} for one in done for t in one.tasks],
        "deferred": [text for one in done for text in one.deferred],
    }


def _data(schemas: Sequence[Proven]) -> dict[str, Any]:
    """The schema; of several apps the first one's, with those of all in `schemas`."""
    if not schemas:
        return {"style": None, "proof": str(Outcome.NOT_RUN), "patches": 0, "reasons": []}
    known = [_schema(one) for one in schemas]
    return {**known[0], "schemas": known} if len(known) > 1 else known[0]


def _schema(one: Proven) -> dict[str, Any]:
    why = [one.proof.reason] if one.proof.reason else []
    return {
        "resource": str(one.ref),
        "style": one.outline.style,
        "proof": str(one.proof.outcome),
        "patches": sum(one.outline.patches.values()),
        "patchKinds": dict(one.outline.patches),
        "reasons": [*one.outline.reasons, *why],
        "differences": [_contrast(c) for c in (*one.proof.differences, *one.proof.client)],
    }


def _contrast(contrast: Contrast) -> dict[str, Any]:
    verdict = "accepted" if contrast.accepted else "unexplained"
    return {
        "attribute": contrast.place,
        "gen1": contrast.gen1,
        "gen2": contrast.gen2,
        "verdict": verdict,
        "rule": contrast.rule,
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
