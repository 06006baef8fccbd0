"""Which differences are meant: rules with `accept` explain them, by type, attribute and values; nothing else does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from migrator.core.ref import ResourceRef
from migrator.engine.comparison import Mismatch
from migrator.engine.conditions import passes
from migrator.engine.flatten import pattern
from migrator.engine.rule import AcceptClause, Rule
from migrator.gen1.values import as_text

EVERYTHING = "*"
"""In the place of a path in `beside`: all attributes."""


class Verdict(StrEnum):
    """What a difference between the generations means."""

    ACCEPTED = "accepted"
    """It is meant: a rule says why."""
    ACKNOWLEDGED = "acknowledged"
    """The user has accepted it."""
    UNEXPLAINED = "unexplained"


class Judged(Struct, frozen=True):
    """A difference and what it means. `rule` is the rule that explains it, or that could be acknowledged."""

    mismatch: Mismatch
    verdict: Verdict
    rule: Rule | None = None


class Knowledge(Struct, frozen=True):
    """What differences are judged by."""

    rules: tuple[Rule, ...]
    """Those with `accept`."""
    matched: Mapping[ResourceRef, Collection[str]] = {}
    """By Gen 1 resource, the rules that hold for it: a rule about facts explains nothing of other resources."""
    facts: Mapping[tuple[ResourceRef, str], Collection[str]] = {}
    """By Gen 1 resource and rule, the keys of the facts that it holds for (see `AcceptClause.fact`)."""
    acknowledged: frozenset[str] = frozenset()
    """Ids that the user has acknowledged."""


def judge(mismatches: Iterable[Mismatch], known: Knowledge) -> tuple[Judged, ...]:
    """The verdict on each difference."""
    return tuple(_judge(one, known) for one in mismatches)


def _judge(mismatch: Mismatch, known: Knowledge) -> Judged:
    fitting = [
        rule
        for rule in known.rules
        if any(explains(clause, mismatch) and _holds(rule, clause, mismatch, known) for clause in rule.accept)
    ]
    meant = next((rule for rule in fitting if not rule.acknowledge), None)
    if meant:
        return Judged(mismatch, Verdict.ACCEPTED, meant)
    asked = next((rule for rule in fitting if rule.acknowledge), None)
    if asked:
        done = asked.id in known.acknowledged
        return Judged(mismatch, Verdict.ACKNOWLEDGED if done else Verdict.UNEXPLAINED, asked)
    return Judged(mismatch, Verdict.UNEXPLAINED)


def _holds(rule: Rule, clause: AcceptClause, mismatch: Mismatch, known: Knowledge) -> bool:
    """A rule about facts explains what it has done to the same resource, or reported of it; and what only Gen 2 has,
    where it holds for anything. Where a resource has many facts, a clause may be for the one that is named."""
    if not rule.node:
        return True
    if mismatch.one is None:
        return any(rule.id in ids for ids in known.matched.values())
    owners = [owner for owner in _owners(mismatch) if rule.id in known.matched.get(owner, ())]
    named = (known.facts.get((owner, rule.id), ()) for owner in owners)
    return any(not clause.fact or not names_of(mismatch).isdisjoint(keys) for keys in named)


def _owners(mismatch: Mismatch) -> Iterator[ResourceRef]:
    """Whose a difference is: of a role of the root stack, which has no owner, all that give it rights."""
    if mismatch.owner:
        yield mismatch.owner
    elif mismatch.one:
        yield from dict.fromkeys(one.owner for one in mismatch.one.of if one.owner)


def names_of(mismatch: Mismatch) -> frozenset[str]:
    """What a difference may name a fact by: the element, the last step, or what the resource is called."""
    first, _, rest = mismatch.key.partition(" ")
    return frozenset((_element(mismatch.attribute), mismatch.attribute.rpartition(".")[2], first, rest)) - {""}


def explains(clause: AcceptClause, mismatch: Mismatch) -> bool:
    """Whether a clause is about this difference: type, key, attribute, both values, and what stands beside them."""
    return (
        clause.kind == mismatch.kind
        and fits(clause.attribute, mismatch.attribute)
        and (clause.key is None or passes(mismatch.key, clause.key))
        and (clause.element is None or passes(_element(mismatch.attribute), clause.element))
        and passes(mismatch.gen1, clause.gen1)
        and passes(mismatch.gen2, clause.gen2)
        and _beside(clause.beside.get("gen1", {}), mismatch.one.attributes if mismatch.one else {}, mismatch.attribute)
        and _beside(
            clause.beside.get("gen2", {}), mismatch.other.attributes if mismatch.other else {}, mismatch.attribute
        )
    )


def fits(wanted: str, path: str) -> bool:
    """Whether a clause's attribute is this path: the same, or with `[*]` for any element and `.*` for any last step."""
    if wanted == path:
        return True
    head, star, _ = wanted.rpartition(".*")
    if star:
        return path.rpartition(".")[0] == head
    return "[*]" in wanted and wanted == pattern(path)


def _element(path: str) -> str:
    """What stands in the brackets of a path."""
    return path.partition("[")[2].rpartition("]")[0]


def _beside(tests: Mapping[str, Any], attributes: Mapping[str, Any], attribute: str) -> bool:
    return all(
        passes(said(attributes) if path == EVERYTHING else attributes.get(beside_path(path, attribute)), test)
        for path, test in tests.items()
    )


def beside_path(path: str, attribute: str) -> str:
    """What stands beside an attribute: `[*]` is the element that the attribute is of (`Indexes[byDate].KeySchema`)."""
    return path.replace("[*]", f"[{attribute.partition('[')[2].partition(']')[0]}]")


def said(attributes: Mapping[str, Any]) -> tuple[str, ...]:
    """All that a resource says, as texts: each value, and each value of a list, with its path."""
    return tuple(
        f"{path} {as_text(item)}"
        for path, value in attributes.items()
        for item in (value if isinstance(value, tuple) else (value,))
    )
