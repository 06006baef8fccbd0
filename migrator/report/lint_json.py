"""Lint as JSON: schema `migrate/lint/1`, stable; additions are free, changes are not."""

from __future__ import annotations

from typing import Any

from migrator.commands.lint import Lint
from migrator.engine.fingerprints import fingerprints
from migrator.engine.sources import Flag
from migrator.report.excerpt import shown


def lint_document(result: Lint) -> dict[str, Any]:
    """The result as plain data."""
    return {
        "schema": "migrate/lint/1",
        "root": str(result.root),
        "summary": {
            "files": result.files,
            "findings": len(result.flags),
            "suppressed": result.suppressed,
            "baseline": result.known,
            "fixable": result.fixable,
            **{str(severity): number for severity, number in result.counts.items()},
        },
        "findings": [_finding(flag, mark) for flag, mark in zip(result.flags, _marks(result), strict=True)],
        "skipped": [{"file": skipped.path, "reason": skipped.reason} for skipped in result.skipped],
    }


def _marks(result: Lint) -> list[str]:
    """The fingerprints of the findings, as they are with those in the baseline."""
    by_flag = dict(zip(map(id, result.all_flags), fingerprints(result.all_flags), strict=True))
    return [by_flag[id(flag)] for flag in result.flags]


def _finding(flag: Flag, fingerprint: str) -> dict[str, Any]:
    finding, excerpt = flag.finding, flag.excerpt
    place = finding.location
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": finding.message,
        "hint": finding.hint,
        "location": {
            "file": place.file if place else "",
            "line": place.line if place else 0,
            "column": place.column if place else 0,
            "end_column": excerpt.end if excerpt else 0,
        },
        "excerpt": shown(excerpt.text) if excerpt else None,
        "fingerprint": fingerprint,
        "fix": flag.fix.title if flag.fix else None,
    }
