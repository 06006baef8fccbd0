"""Rules against facts: which clauses hold, and what they claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from migrator.core.finding import Finding, Severity
from migrator.engine.catalog import Catalog
from migrator.engine.category import Category
from migrator.engine.conditions import Check, holds
from migrator.engine.context import Context
from migrator.engine.rule import Applies, BuildClause, DropClause, MapClause, Outcome, ReportClause, Rule, Support
from migrator.gen1.graph import Fact, Node, attributes

Clause: TypeAlias = MapClause | BuildClause | DropClause | ReportClause
EVERYTHING = "*"
"""Claims every attribute of the node."""

_OUTCOME = {
    Support.NATIVE: Outcome.NATIVE,
    Support.CDK: Outcome.CDK,
    Support.MANUAL: Outcome.MANUAL,
    Support.NONE: Outcome.GAP,
}


class Claim(Struct, frozen=True):
    """One attribute of one fact, and what becomes of it."""

    path: str
    outcome: Outcome
    rule: str
    reason: str = ""


class Match(Struct, frozen=True):
    """A rule that holds for a fact, with those of its clauses that hold."""

    rule: Rule
    fact: Fact[Any]
    clauses: tuple[Clause, ...]


class Matches(Struct, frozen=True):
    """All matches of an app, the claims by fact, and the findings that rules report."""

    matches: tuple[Match, ...]
    claims: tuple[tuple[Fact[Any], tuple[Claim, ...]], ...]
    findings: tuple[Finding, ...]


def match(context: Context, catalog: Catalog, categories: Mapping[str, Category]) -> Matches:
    """Applies every rule to every fact. A condition that throws becomes finding GEN004, never a lost setting."""
    checks: dict[str, dict[str, Check]] = {name: one.named(one.checks) for name, one in categories.items()}
    about = {kind: _about(kind, catalog, one) for one in categories.values() for kind in one.nodes}
    matches: list[Match] = []
    claims: list[tuple[Fact[Any], tuple[Claim, ...]]] = []
    findings: list[Finding] = []
    for resource in context.graph.resources:
        reused = context.reused(resource.ref)
        for fact in resource.facts:
            found = []
            for rule in about.get(type(fact.node), ()):
                if rule.applies is (Applies.NEW if reused else Applies.REUSED):
                    continue
                try:
                    clauses = tuple(_clauses(rule, fact, context, checks[rule.category]))
                except Exception as error:  # a rule must not take the others down with it; the finding says so
                    findings.append(failed(rule.id, fact, error))
                    continue
                if clauses:
                    found.append(Match(rule, fact, clauses))
            matches += found
            claims.append((fact, tuple(claim for one in found for claim in _claims(one))))
            findings += [finding for one in found for finding in _findings(one)]
    return Matches(tuple(matches), tuple(claims), tuple(findings))


def _about(kind: type[Node], catalog: Catalog, category: Category) -> tuple[Rule, ...]:
    """The rules for a node type; another category may have a type of the same name."""
    return tuple(rule for rule in catalog.by_node.get(kind.__name__, ()) if rule.category == category.name)


def failed(
    rule: str, fact: Fact[Any], error: Exception, result: str = "the settings this rule knows are counted as gaps"
) -> Finding:
    """The finding for a rule whose own code threw."""
    return Finding(
        "GEN004",
        Severity.BLOCKER,
        f"Rule {rule} failed on {fact.resource} ({fact.key}): {type(error).__name__}: {error}",
        hint=f"This is a defect of migrate; {result}.",
        resource=fact.resource,
    )


def _clauses(rule: Rule, fact: Fact[Any], context: Context, checks: Mapping[str, Check]) -> Iterator[Clause]:
    if not holds(rule.when, fact, context, checks):
        return
    every: tuple[Clause, ...] = (*rule.map, *rule.build, *rule.drop, *rule.report)
    for clause in every:
        if isinstance(clause, DropClause) and clause.source is None:
            continue
        if holds(clause.when, fact, context, checks):
            yield clause


def _claims(found: Match) -> Iterator[Claim]:
    rule = found.rule
    outcome = _OUTCOME[rule.support] if rule.support else Outcome.DROPPED
    for clause in found.clauses:
        match clause:
            case MapClause():
                yield Claim(clause.source, outcome, rule.id)
            case DropClause():
                yield from _each(found, (clause.source or "",), Outcome.DROPPED, clause.reason)
            case BuildClause() | ReportClause():
                yield from _each(found, clause.claims, outcome, "")


def _each(found: Match, paths: tuple[str, ...], outcome: Outcome, reason: str) -> Iterator[Claim]:
    every = [path for path, _ in attributes(found.fact.node)]
    for wanted in paths:
        for path in every if wanted == EVERYTHING else (wanted,):
            yield Claim(path, outcome, found.rule.id, reason)


def _findings(found: Match) -> Iterator[Finding]:
    for clause in found.clauses:
        if not isinstance(clause, ReportClause):
            continue
        source = next((s for path in clause.claims for s in found.fact.sources.get(path, ())), None)
        yield Finding(
            found.rule.id,
            Severity(clause.severity),
            fill(clause.message, found.fact),
            source.document.locate(source.pointer) if source else None,
            hint=clause.hint or found.rule.instead,
            resource=found.fact.resource,
            topic=clause.topic,
            said=tuple(_filled(clause.message, found.fact).values()),
        )


def fill(message: str, fact: Fact[Any]) -> str:
    """The message with `{key}`, `{resource}` and `{attribute.path}` filled in."""
    for hole, said in {"{resource}": str(fact.resource), **_filled(message, fact)}.items():
        message = message.replace(hole, said)
    return message


def _filled(message: str, fact: Fact[Any]) -> dict[str, str]:
    """What fills the holes of a message, but for the resource that it is about."""
    words: dict[str, Any] = {"key": fact.key, **dict(attributes(fact.node))}
    holes = (("{" + word + "}", value) for word, value in words.items())
    return {hole: _said(value) for hole, value in holes if hole in message}


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} ({item})" for name, item in value.items())
    return ", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
