"""Every clause that accepts a difference is needed: without it, a project that is proven would be refused.

Nothing here looks at what a clause says: where two accept the same, one of them is too many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from migrator.engine.catalog import load_catalog, names
from migrator.engine.rule import Rule
from tests.mutation.subjects import Subject, fixture, sample
from tests.projects import ROOT

FIXTURES = ROOT / "tests" / "fixtures" / "gen1"
SHOP = ROOT / "sample_projects" / "shop" / "gen1"
Making = Callable[[Path], Subject]
PROJECTS: Mapping[str, Making] = {
    **{name: lambda folder, name=name: sample(name, folder) for name in ("club", "notes-legacy", "shop")},
    **{
        name: lambda folder, name=name: fixture(name, FIXTURES / name, folder)
        for name in (
            "auth-by-hand",
            "bucket-with-overrides",
            "functions-hand-edited",
            "graphql-tables",
            "layers-of-all-kinds",
        )
    },
    "shop-reused": lambda folder: fixture("shop-reused", SHOP, folder, env="main", reuse=frozenset(("auth", "data"))),
}
UNREACHED: frozenset[str] = frozenset(
    (
        "AUTH032-1",
        "AUTH144-1",
        "AUTH144-2",
        "AUTH149-2",
        "AUTH802-7",
        "AUTH805-1",
        "AUTH805-2",
        "DATA103-1",
        "DATA153-1",
        "DATA153-2",
        "DATA153-3",
        "DATA153-4",
        "DATA203-1",
        "DATA804-1",
        "DATA804-2",
        "DATA804-3",
        "DATA804-4",
        "DATA805-4",
        "DATA807-1",
        "DATA807-2",
        "DATA807-4",
        "DATA807-5",
        "DATA807-6",
        "DATA807-7",
        "DATA807-8",
        "DATA807-9",
        "DATA808-1",
        "DATA808-2",
        "DATA810-5",
        "FUN100-3",
        "PRJ807-1",
        "STO801-3",
    )
)
"""Clauses that none of these projects needs: only their examples show them, and apps that are not in the repository.
A clause that is added needs a project; one that gets it is taken from here."""

pytestmark = pytest.mark.node


@cache
def project(name: str, folder: Path) -> Subject:
    """A project, once in each process."""
    return PROJECTS[name](folder)


def needed(one: Subject) -> Iterator[str]:
    """The clauses without which a project is refused."""
    said = {difference.rule for result in one.unchanged.values() for difference in result.differences}
    for rule in one.known.rules:
        for number in range(len(rule.accept)) if rule.id in said else ():
            others = tuple(other for other in one.known.rules if other is not rule)
            if one.refused_without((*others, *without(rule, number))):
                yield f"{rule.id}-{number + 1}"


def without(rule: Rule, number: int) -> tuple[Rule, ...]:
    """The rule without a clause; nothing where it has no other."""
    rest = (*rule.accept[:number], *rule.accept[number + 1 :])
    return (replace(rule, accept=rest),) if rest else ()


def test_every_clause_is_needed(assemblies: Path) -> None:
    reached = {clause for name in PROJECTS for clause in needed(project(name, assemblies))}
    every = {f"{rule.id}-{number + 1}" for rule in load_catalog(names()).rules for number in range(len(rule.accept))}
    assert sorted(every - reached - UNREACHED) == [], "no project needs these clauses"
    assert sorted(UNREACHED & reached) == [], "these are reached: take them from UNREACHED"
    assert sorted(UNREACHED - every) == [], "there are no such clauses"
