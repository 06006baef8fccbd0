"""The account of every setting: each leaf of a resource's evidence ends in exactly one outcome.

`total` is counted from the files alone. What becomes of a leaf is worked out from the attributes it decided and the
rules that claimed them; a leaf that decided nothing is unread (GEN001), an attribute that no rule claimed is a gap
(GEN002) unless a silent Gen 2 project has the same value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from migrator.core.finding import Finding, Severity
from migrator.core.ref import ResourceRef
from migrator.documents.document import Document, Json, Pointer, format_pointer
from migrator.engine.match import Claim, Matches
from migrator.engine.rule import WEIGHT, Outcome, Rule
from migrator.gen1.graph import Fact, Resource, attributes, gen1_defaults

EVERY_SERVICE = "*"
"""A rule with this service drops places of every resource's evidence."""

_END = object()
"""Key of a trie node that holds an outcome for everything below it."""


class Row(Struct, frozen=True):
    """What became of one attribute, for the detailed report."""

    fact: str
    path: str
    outcome: Outcome
    rule: str
    reason: str = ""


class Dropped(Struct, frozen=True):
    """A leaf that a rule leaves out by its place, and why."""

    role: str
    pointer: str
    rule: str
    reason: str


class Account(Struct, frozen=True):
    """One resource's settings, counted."""

    ref: ResourceRef
    counts: Mapping[Outcome, int]
    rows: tuple[Row, ...]
    unread: tuple[tuple[str, str], ...]
    """Role of the document and JSON pointer of each leaf that nothing read."""
    findings: tuple[Finding, ...]
    dropped: tuple[Dropped, ...] = ()
    """Leaves that rules leave out by their place (attributes that are left out are rows)."""

    @property
    def total(self) -> int:
        """The number of leaves of the evidence."""
        return sum(self.counts.values())


def accounts(resources: Iterable[Resource], matches: Matches, rules: Iterable[Rule]) -> tuple[Account, ...]:
    """Accounts for every leaf of every resource.

    A leaf's outcome comes from all attributes that it decided, also those of another resource (a file of the whole
    project may decide settings of one resource).
    """
    every, known = tuple(resources), tuple(rules)
    tries: dict[int, dict[Any, Any]] = {id(document): {} for r in every for _, document in r.documents}
    rows: dict[ResourceRef, list[Row]] = {r.ref: [] for r in every}
    findings: dict[ResourceRef, list[Finding]] = {r.ref: [] for r in every}
    for fact, claims in matches.claims:
        for row in _rows(fact, claims):
            if fact.resource in rows:
                rows[fact.resource].append(row)
                if row.rule == "GEN002":
                    findings[fact.resource].append(_unclaimed(fact, row.path))
            for source in fact.sources.get(row.path, ()):
                if (trie := tries.get(id(source.document))) is not None:
                    _plant(trie, source.pointer, row.outcome)
    return tuple(_account(r, tries, rows[r.ref], findings[r.ref], known) for r in every)


def _account(
    resource: Resource,
    tries: Mapping[int, dict[Any, Any]],
    rows: list[Row],
    findings: list[Finding],
    rules: Iterable[Rule],
) -> Account:
    counts = dict.fromkeys(Outcome, 0)
    drops = _Drops(resource, rules)
    unread: list[tuple[str, str]] = []
    for role, document in resource.documents:
        _walk(document.root, tries[id(document)], None, (), counts, drops, role, unread)
    if unread:
        findings.append(_unread(resource, unread))
    return Account(resource.ref, counts, tuple(rows), tuple(unread), tuple(findings), tuple(drops.taken))


def _rows(fact: Fact[Any], claims: tuple[Claim, ...]) -> Iterable[Row]:
    best: dict[str, Claim] = {}
    for claim in claims:
        known = best.get(claim.path)
        if known is None or WEIGHT[claim.outcome] < WEIGHT[known.outcome]:
            best[claim.path] = claim
    silent = {**gen1_defaults(type(fact.node)), **fact.node.gen2_defaults}
    for path, value in attributes(fact.node):
        claimed = best.get(path)
        if claimed:
            yield Row(fact.key, path, claimed.outcome, claimed.rule, claimed.reason)
        elif path in silent and silent[path] == value:
            yield Row(fact.key, path, Outcome.DEFAULT, "")
        else:
            yield Row(fact.key, path, Outcome.GAP, "GEN002")


def _plant(trie: dict[Any, Any], pointer: Pointer, outcome: Outcome) -> None:
    for part in pointer:
        trie = trie.setdefault(part, {})
    trie[_END] = _worse(trie.get(_END), outcome)


def _worse(one: Outcome | None, other: Outcome | None) -> Outcome | None:
    """What is said of a setting that decided two attributes, or one by itself and one with what is around it."""
    if one is None or other is None:
        return one or other
    return min(one, other, key=WEIGHT.__getitem__)


def _walk(
    value: Json,
    trie: dict[Any, Any] | None,
    inherited: Outcome | None,
    pointer: Pointer,
    counts: dict[Outcome, int],
    drops: _Drops,
    role: str,
    unread: list[tuple[str, str]],
) -> None:
    if trie is not None:
        inherited = _worse(inherited, trie.get(_END))
    if value and isinstance(value, dict | list):
        for part, item in value.items() if isinstance(value, dict) else enumerate(value):
            below = trie.get(part) if trie else None
            _walk(item, below, inherited, (*pointer, part), counts, drops, role, unread)
    elif inherited is not None:
        counts[inherited] += 1
    elif drops.take(role, pointer):
        counts[Outcome.DROPPED] += 1
    else:
        counts[Outcome.GAP] += 1
        unread.append((role, format_pointer(pointer)))


class _Drops:
    """The places of the evidence that rules drop, and those that were found, with their rules."""

    def __init__(self, resource: Resource, rules: Iterable[Rule]) -> None:
        self._wanted = [
            (*_split(clause.at), rule.id, clause.reason)
            for rule in rules
            if rule.service in (resource.service, EVERY_SERVICE)
            for clause in rule.drop
            if clause.at is not None
        ]
        self._by_role: dict[str, list[tuple[str, str, str]]] = {}
        self.taken: list[Dropped] = []

    def take(self, role: str, pointer: Pointer) -> bool:
        """Whether a rule drops the leaf at that place."""
        if role not in self._by_role:
            self._by_role[role] = [(p, rule, reason) for r, p, rule, reason in self._wanted if _fits(r, role)]
        place = format_pointer(pointer)
        for pattern, rule, reason in self._by_role[role]:
            if _fits(pattern, place):
                self.taken.append(Dropped(role, place, rule, reason))
                return True
        return False


def _split(at: str) -> tuple[str, str]:
    """The patterns for the role and for the pointer; without `#` the pattern is for every document."""
    role, hash_, pointer = at.partition("#")
    return (role, pointer) if hash_ else ("**", at)


def _fits(pattern: str, text: str) -> bool:
    """`**` is any depth, `*` anything within one step. Most patterns end in `**` or hold no star: no regex then."""
    plain = pattern.removesuffix("**")
    if "*" not in plain:
        return text == pattern if plain == pattern else text.startswith(plain)
    return bool(_regex(pattern).fullmatch(text))


@cache
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*\*", ".*").replace(r"\*", "[^/]*"), re.DOTALL)


def _unclaimed(fact: Fact[Any], path: str) -> Finding:
    source = next(iter(fact.sources.get(path, ())), None)
    return Finding(
        "GEN002",
        Severity.GAP,
        f"No rule says what becomes of {path} ({fact.key}).",
        source.document.locate(source.pointer) if source else None,
        hint="Set it by hand in the generated code if your app relies on it.",
        resource=fact.resource,
        said=(path, fact.key),
    )


_WHOLE = re.compile(r"/Resources/([^/]+)/Type")
"""Of a resource whose type was not read, nothing was."""


def _unread(resource: Resource, unread: list[tuple[str, str]]) -> Finding:
    documents: dict[str, Document] = dict(resource.documents)
    role, pointer = unread[0]
    first = f"{documents[role].name} ({pointer})" if pointer else documents[role].name
    more = f" and {len(unread) - 1} more" if len(unread) > 1 else ""
    return Finding(
        "GEN001",
        Severity.GAP,
        f"{len(unread)} settings were not read: {first}{more}.",
        hint="`migrate scan -v` lists them.",
        resource=resource.ref,
        said=tuple(found[1] for _, pointer in unread if (found := _WHOLE.fullmatch(pointer))),
    )
