"""The catalogue of rules as text, JSON or Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from migrator.core.finding import FindingKind
from migrator.engine.examples import mentioned
from migrator.engine.rule import Rule
from migrator.report.page import columns, table_markdown
from migrator.report.rule_page import support_word


def rules_text(rules: Sequence[Rule], kinds: Sequence[FindingKind], width: int) -> str:
    """A table for each category, then the ids that are no rules."""
    lines: list[str] = []
    for category, listed in groupby(rules, key=lambda rule: rule.category):
        lines += [category, *columns([(r.id, support_word(r), r.name, r.title) for r in listed], width, 2), ""]
    if kinds:
        lines += ["findings of the readers and the engine"]
        lines += [*columns([(k.id, str(k.severity), k.title) for k in kinds], width, 2), ""]
    lines.append(f"{len(rules)} rules; `migrate explain ID` shows one.")
    return "\n".join(lines) + "\n"


def rules_markdown(rules: Sequence[Rule], kinds: Sequence[FindingKind]) -> str:
    """The same tables as Markdown."""
    lines = ["# Rules", ""]
    for category, listed in groupby(rules, key=lambda rule: rule.category):
        rows = [(r.id, f"`{r.name}`", support_word(r), r.title) for r in listed]
        lines += [f"## {category}", "", *table_markdown(("Id", "Name", "Support", "Title"), rows), ""]
    if kinds:
        lines += ["## Findings of the readers and the engine", ""]
        lines += table_markdown(("Id", "Severity", "Title"), [(k.id, str(k.severity), k.title) for k in kinds])
    return "\n".join(lines).rstrip() + "\n"


def rules_document(rules: Sequence[Rule], kinds: Sequence[FindingKind]) -> dict[str, Any]:
    """Schema `migrate/rules/1`, stable; additions are free, changes are not."""
    return {
        "schema": "migrate/rules/1",
        "rules": [rule_document(rule) for rule in rules],
        "findings": [finding_document(kind) for kind in kinds],
    }


def rule_document(rule: Rule) -> dict[str, Any]:
    """A rule as plain data."""
    return {
        "id": rule.id,
        "name": rule.name,
        "title": rule.title,
        "category": rule.category,
        "node": rule.node or None,
        "service": rule.service or None,
        "support": support_word(rule),
        "applies": str(rule.applies),
        "claims": sorted(mentioned(rule)),
        "drops": [{"what": clause.source or clause.at, "reason": clause.reason} for clause in rule.drop],
        "why": rule.why,
        "instead": rule.instead,
        "references": list(rule.references),
        "file": rule.file,
        "line": rule.line,
    }


def finding_document(kind: FindingKind) -> dict[str, Any]:
    """A finding's page as plain data."""
    return {
        "id": kind.id,
        "title": kind.title,
        "severity": str(kind.severity),
        "why": kind.why,
        "instead": kind.instead,
    }
