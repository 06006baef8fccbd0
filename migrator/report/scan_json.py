"""The scan as JSON: schema `migrate/scan/1`, stable; additions are free, changes are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from migrator.commands.scan import Scan, ScannedResource
from migrator.core.finding import Finding
from migrator.core.location import Location
from migrator.engine.rule import Outcome


def scan_document(scan: Scan) -> dict[str, Any]:
    """The scan as plain data."""
    return {
        "schema": "migrate/scan/1",
        "project": {
            "root": str(scan.root),
            "apps": [app.name for app in scan.apps],
            "env": scan.env,
            "evidence": str(scan.evidence),
            "gen2": [{"file": found.file, "form": found.form} for found in scan.gen2],
        },
        "summary": {
            "resources": len(scan.resources),
            "verdict": str(scan.verdict),
            "effort": dict(scan.effort),
            "settings": settings_document(scan.settings),
        },
        "resources": [_resource(r) for r in scan.resources],
        "findings": [finding_document(f, scan.root) for f in scan.findings],
    }


def settings_document(counts: Any) -> dict[str, int]:
    """Counts by outcome, and their total."""
    return {"total": sum(counts.values()), **{str(o): counts[o] for o in Outcome}}


def _resource(resource: ScannedResource) -> dict[str, Any]:
    account = resource.account
    left = [row for row in account.rows if row.outcome in (Outcome.GAP, Outcome.MANUAL)]
    return {
        "app": resource.app,
        "category": resource.ref.category,
        "name": resource.ref.name,
        "service": resource.service,
        "feature": resource.feature,
        "evidence": str(resource.evidence),
        "effort": resource.effort,
        "settings": settings_document(account.counts),
        "gaps": [
            {"rule": row.rule, "fact": row.fact, "attribute": row.path, "outcome": str(row.outcome)} for row in left
        ],
        "dropped": _dropped(resource),
        "unread": [_unread(resource, role, pointer) for role, pointer in account.unread],
    }


def _dropped(resource: ScannedResource) -> list[dict[str, Any]]:
    """Leaves that rules leave out by their place, counted by rule and reason."""
    counts: dict[tuple[str, str], int] = {}
    for drop in resource.account.dropped:
        counts[drop.rule, drop.reason] = counts.get((drop.rule, drop.reason), 0) + 1
    return [{"rule": rule, "reason": reason, "leaves": number} for (rule, reason), number in counts.items()]


def _unread(resource: ScannedResource, role: str, pointer: str) -> dict[str, str]:
    place = resource.place(role, pointer)
    return {"document": role, "pointer": pointer, "file": place.file, "place": place.pointer}


def finding_document(finding: Finding, root: Path) -> dict[str, Any]:
    """A finding as plain data, with the line and column of its place."""
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": finding.message,
        "app": finding.app,
        "resource": str(finding.resource) if finding.resource else None,
        "location": location_document(finding.location, root),
        "hint": finding.hint,
        "topic": str(finding.topic) if finding.topic else None,
    }


def location_document(location: Location | None, root: Path) -> dict[str, Any] | None:
    """A place as plain data; line and column are worked out here."""
    if location is None:
        return None
    from migrator.documents.positions import pinpoint  # only when a place is shown

    place = pinpoint(location, root)
    return {"file": place.file, "pointer": place.pointer, "line": place.line, "column": place.column}
