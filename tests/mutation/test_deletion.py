"""Every clause that accepts a difference is needed: without it, a project that is proven would be refused.

Nothing here looks at what a clause says: where two accept the same, one of them is too many.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from migrator.engine.catalog import load_catalog
from migrator.engine.catalog import names as catalogues
from migrator.engine.rule import Rule
from tests.mutation.subjects import Subject, fixture, sample
from tests.mutation.variants import (
    added_to,
    before_filters,
    changed,
    of_first_table_roles,
    of_later_table_roles,
    varied,
    with_a_client_role,
    with_a_guests_role,
    with_a_policy_of_the_bucket,
    with_a_role_map,
    with_an_output,
    with_layers_to_replace,
    with_local_indexes,
    with_one_strategy,
    without_a_source_of_nothing,
    without_keys_of_relations,
)
from tests.projects import ROOT

FIXTURES = ROOT / "tests" / "fixtures" / "gen1"
SHOP = ROOT / "sample_projects" / "shop" / "gen1"
CORPUS = ROOT.parent / "shared" / "corpus" / "apps"
"""Deployed apps of others, which are not part of the project."""
Making = Callable[[Path], Subject]


def made(name: str, folder: Path) -> Subject:
    """A project, once in each process."""
    return project(name, folder)


def of_fixture(name: str) -> Making:
    """A fixture by its folder."""
    return lambda folder: fixture(name, FIXTURES / name, folder)


def of_corpus(name: str) -> Making:
    """A deployed app by its folder."""
    return lambda folder: fixture(name, CORPUS / name, folder)


def of_variant(base: str, change: Callable[[Path], None]) -> Making:
    """Another Gen 1 side of one of the projects."""
    name = f"{base}-{change.__name__.replace('_', '-')}"
    return lambda folder: varied(name, made(base, folder), folder, change)


def of_changed(base: str, change: Callable[[Path], None], datastore: str = "") -> Making:
    """A fixture that is changed before it is converted."""
    name = f"{base}-{change.__name__.replace('_', '-')}"
    return lambda folder: fixture(name, changed(name, FIXTURES / base, folder, change), folder, datastore=datastore)


PROJECTS: Mapping[str, Making] = {
    **{name: partial(sample, name) for name in ("atlas", "club", "notes-legacy", "press", "shop")},
    **{
        name: of_fixture(name)
        for name in (
            "auth-by-hand",
            "bucket-with-overrides",
            "functions-hand-edited",
            "geo-elsewhere",
            "graphql-datastore",
            "graphql-search",
            "graphql-tables",
            "groups-by-hand",
            "layers-of-all-kinds",
            "other-runtimes",
            "rest-by-hand",
            "rest-from-inputs",
            "user-pool-alone",
        )
    },
    "shop-reused": lambda folder: fixture("shop-reused", SHOP, folder, env="main", reuse=frozenset(("auth", "data"))),
    "local-indexes": of_changed("graphql-unpushed", with_local_indexes),
    "synced": of_changed("graphql-datastore", with_one_strategy, "keep"),
    "filters": of_variant("shop", before_filters),
    "client-role": of_variant("user-pool-alone", with_a_client_role),
    "nothing": of_variant("graphql-tables", without_a_source_of_nothing),
    "first-roles": of_variant("club", of_first_table_roles),
    "later-roles": of_variant("club", of_later_table_roles),
    "keys": of_variant("shop", without_keys_of_relations),
    "guests": of_variant("auth-by-hand", with_a_guests_role),
    "role-map": of_variant("groups-by-hand", with_a_role_map),
    "layers": of_variant("layers-of-all-kinds", with_layers_to_replace),
    "policy": of_variant("bucket-with-overrides", with_a_policy_of_the_bucket),
    "output": lambda folder: added_to("output", made("groups-by-hand", folder), with_an_output),
}
DEPLOYED: Mapping[str, Making] = {name: of_corpus(name) for name in ("aws__discussions", "aws__mood-board")}
OF_DEPLOYED: frozenset[str] = frozenset(
    (
        "AUTH032-1",
        "DATA103-1",
        "DATA153-1",
        "DATA153-2",
        "DATA153-3",
        "DATA153-4",
        "DATA804-1",
        "DATA804-2",
        "DATA804-3",
        "DATA804-4",
        "DATA805-4",
    )
)
"""Clauses that the projects here do not need, but deployed apps."""

pytestmark = pytest.mark.node


@cache
def project(name: str, folder: Path) -> Subject:
    """A project, once in each process."""
    return (PROJECTS.get(name) or DEPLOYED[name])(folder)


def needed(one: Subject, known: Collection[str] = ()) -> Iterator[str]:
    """The clauses without which a project is refused, of those that are not known to be needed."""
    said = {difference.rule for result in one.unchanged.values() for difference in result.differences}
    for rule in one.known.rules:
        for number in range(len(rule.accept)) if rule.id in said else ():
            clause = f"{rule.id}-{number + 1}"
            others = tuple(other for other in one.known.rules if other is not rule)
            if clause not in known and one.refused_without((*others, *without(rule, number))):
                yield clause


def reached(names: Iterable[str], folder: Path, known: Iterable[str] = ()) -> frozenset[str]:
    """The clauses that some of these projects needs, with those that are known to be."""
    found = set(known)
    for name in names:
        found |= set(needed(project(name, folder), found))
    return frozenset(found)


def without(rule: Rule, number: int) -> tuple[Rule, ...]:
    """The rule without a clause; nothing where it has no other."""
    rest = (*rule.accept[:number], *rule.accept[number + 1 :])
    return (replace(rule, accept=rest),) if rest else ()


def clauses() -> frozenset[str]:
    """Every clause of the rules: the rule's id, and which of its clauses it is."""
    return frozenset(
        f"{rule.id}-{number + 1}" for rule in load_catalog(catalogues()).rules for number in range(len(rule.accept))
    )


def test_every_clause_is_needed(assemblies: Path) -> None:
    found = reached(PROJECTS, assemblies, OF_DEPLOYED)
    assert sorted(clauses() - found) == [], (
        "no project needs these clauses: add one to PROJECTS that does, or take them out"
    )


def test_clauses_that_deployed_apps_need_are_needed(assemblies: Path) -> None:
    if not all((CORPUS / name).is_dir() for name in DEPLOYED):
        pytest.skip(f"{CORPUS} is not there")
    found = reached(DEPLOYED, assemblies, clauses() - OF_DEPLOYED)
    assert sorted(OF_DEPLOYED - found) == [], "no deployed app needs these clauses"


def test_there_are_no_lists_of_clauses_that_are_gone() -> None:
    assert sorted(OF_DEPLOYED - clauses()) == []
