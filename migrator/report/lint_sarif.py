"""Lint as SARIF 2.1.0, for GitHub code scanning and others.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from migrator import __version__
from migrator.commands.explain import findings
from migrator.commands.lint import Lint
from migrator.core.finding import FindingKind, Severity
from migrator.engine.catalog import load_catalog
from migrator.engine.fingerprints import fingerprints
from migrator.engine.rule import Rule
from migrator.engine.sources import Flag
from migrator.report.excerpt import shown
from migrator.sources import source_categories

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "migrateLint/v1"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def lint_sarif(result: Lint) -> dict[str, Any]:
    """The result as a log with one run. Known findings of the baseline are in it, marked as unchanged."""
    fresh = {id(flag) for flag in result.flags}
    listed = result.all_flags or result.flags
    ids = sorted({flag.finding.rule for flag in listed})
    states = [None if result.baseline is None else "new" if id(flag) in fresh else "unchanged" for flag in listed]
    marks = fingerprints(listed)
    results = [_result(flag, mark, ids, state) for flag, mark, state in zip(listed, marks, states, strict=True)]
    run = {
        "tool": {"driver": _driver(ids)},
        "automationDetails": {"id": "migrate/lint/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"uri": f"{result.root.as_uri()}/"}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notes(result)}],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(ids: Iterable[str]) -> dict[str, Any]:
    catalog = load_catalog(category.name for category in source_categories())
    kinds = {kind.id: kind for kind in findings()}
    described: list[dict[str, Any]] = []
    for id in ids:
        rule = catalog.by_id.get(id)
        described.append(_rule(rule) if rule else _kind(kinds[id]) if id in kinds else {"id": id})
    return {"name": "migrate", "version": __version__, "semanticVersion": __version__, "rules": described}


def _rule(rule: Rule) -> dict[str, Any]:
    level = min((Severity(clause.severity) for clause in rule.report), key=lambda severity: severity.rank)
    described: dict[str, Any] = {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why or rule.title},
        "help": {"text": rule.instead or rule.title, "markdown": _help(rule)},
        "defaultConfiguration": {"level": _LEVELS[level]},
        "properties": {"tags": ["amplify", "migration", rule.category]},
    }
    return {**described, "helpUri": rule.references[0]} if rule.references else described


def _help(rule: Rule) -> str:
    links = "".join(f"\n- <{link}>" for link in rule.references)
    return f"**Why.** {rule.why}\n\n**Instead.** {rule.instead}\n{links}"


def _kind(kind: FindingKind) -> dict[str, Any]:
    return {
        "id": kind.id,
        "shortDescription": {"text": kind.title},
        "fullDescription": {"text": kind.why},
        "help": {"text": kind.instead},
        "defaultConfiguration": {"level": _LEVELS[kind.severity]},
    }


def _result(flag: Flag, fingerprint: str, ids: list[str], state: str | None) -> dict[str, Any]:
    finding = flag.finding
    hint = f"\n{finding.hint}" if finding.hint else ""
    made: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": ids.index(finding.rule),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message + hint},
        "locations": [{"physicalLocation": _place(flag)}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    return {**made, "baselineState": state} if state else made


def _place(flag: Flag) -> dict[str, Any]:
    place = flag.finding.location
    file = place.file if place else "."
    made: dict[str, Any] = {"artifactLocation": {"uri": quote(file), "uriBaseId": "ROOT"}}
    if place is None or not place.line:
        return made
    region: dict[str, Any] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    if flag.excerpt:
        region["endColumn"] = max(flag.excerpt.end, region["startColumn"] + 1)
        region["snippet"] = {"text": shown(flag.excerpt.text)}
    return {**made, "region": region}


def _notes(result: Lint) -> list[dict[str, Any]]:
    """What was not looked at."""
    return [
        {
            "level": "note",
            "message": {"text": f"Not looked at: {skipped.path}: {skipped.reason}"},
            "locations": [
                {"physicalLocation": {"artifactLocation": {"uri": quote(skipped.path), "uriBaseId": "ROOT"}}}
            ],
        }
        for skipped in result.skipped
    ]
