"""Which project needs each clause that accepts a difference: without it, that project would be refused.

    python -m tests.mutation.needs        # looks for projects that need the clauses which `needs.yaml` does not have
    python -m tests.mutation.needs --all  # looks for all of them anew: a quarter of an hour

Nothing here looks at what a clause says: where two accept the same, one of them is too many.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

import yaml
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
    with_signals_of_guests,
    without_a_source_of_nothing,
    without_keys_of_relations,
)
from tests.projects import ROOT

FIXTURES = ROOT / "tests" / "fixtures" / "gen1"
SHOP = ROOT / "sample_projects" / "shop" / "gen1"
FILE = Path(__file__).with_name("needs.yaml")
CORPUS = ROOT.parent / "shared" / "corpus" / "apps"
"""Deployed apps of others, which are not part of the project."""
Making = Callable[[Path], Subject]


def of_fixture(name: str) -> Making:
    """A fixture by its folder."""
    return lambda folder: fixture(name, FIXTURES / name, folder)


def of_corpus(name: str) -> Making:
    """A deployed app by its folder."""
    return lambda folder: fixture(name, CORPUS / name, folder)


def of_variant(base: str, change: Callable[[Path], None]) -> Making:
    """Another Gen 1 side of one of the projects."""
    name = f"{base}-{change.__name__.replace('_', '-')}"
    return lambda folder: varied(name, project(base, folder), folder, change)


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
            "datastore-with-guests",
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
    "signals": of_changed("graphql-datastore", with_signals_of_guests),
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
    "output": lambda folder: added_to("output", project("groups-by-hand", folder), with_an_output),
}
DEPLOYED: Mapping[str, Making] = {name: of_corpus(name) for name in ("aws__discussions", "aws__mood-board")}
"""Apps that need clauses which no project here needs."""
_HEAD = """\
# The clauses that a project needs, each the rule's id and which of its clauses it is. Written by
# `python -m tests.mutation.needs`, which looks for a project that needs a new one.
"""


@cache
def project(name: str, folder: Path) -> Subject:
    """A project, once in each process."""
    return (PROJECTS.get(name) or DEPLOYED[name])(folder)


def clauses() -> frozenset[str]:
    """Every clause of the rules: the rule's id, and which of its clauses it is."""
    return frozenset(
        f"{rule.id}-{number + 1}" for rule in load_catalog(catalogues()).rules for number in range(len(rule.accept))
    )


def known() -> dict[str, tuple[str, ...]]:
    """The clauses that each project needs, as the file says."""
    return {name: tuple(needed) for name, needed in yaml.safe_load(FILE.read_text("utf-8")).items()}


def is_needed(one: Subject, clause: str) -> bool:
    """Whether a project would be refused without a clause."""
    wanted, number = clause.split("-")
    others = (rule for rule in one.known.rules if rule.id != wanted)
    return any(
        one.refused_without((*others, *_without(rule, int(number) - 1)))
        for rule in one.known.rules
        if rule.id == wanted
    )


def _without(rule: Rule, number: int) -> tuple[Rule, ...]:
    """The rule without a clause; nothing where it has no other."""
    rest = (*rule.accept[:number], *rule.accept[number + 1 :])
    return (replace(rule, accept=rest),) if rest else ()


def _needed(one: Subject, wanted: Collection[str]) -> Iterator[str]:
    """The clauses that a project needs, of those wanted."""
    said = {difference.rule for result in one.unchanged.values() for difference in result.differences}
    yield from (clause for clause in sorted(wanted) if clause.split("-")[0] in said and is_needed(one, clause))


def search(folder: Path, have: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """A project for each clause that none is known to need, with those that are."""
    found = {name: tuple(one for one in needed if one in clauses()) for name, needed in have.items()}
    new_first = sorted(PROJECTS, key=found.__contains__)
    for name in (*new_first, *(one for one in DEPLOYED if (CORPUS / one).is_dir())):
        if missing := clauses() - {one for needed in found.values() for one in needed}:
            more = tuple(_needed(project(name, folder), missing))
            found[name] = tuple(sorted((*found.get(name, ()), *more)))
            print(f"{name}: {', '.join(more) or 'nothing new'}", flush=True)
    return {name: needed for name, needed in sorted(found.items()) if needed}


def main() -> int:
    """Writes the file anew. The exit code is 1 when some clause is needed by no project."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="look for a project for every clause")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="migrate-needs-") as scratch:
        found = search(Path(scratch), {} if options.all else known())
    said = yaml.safe_dump({name: list(needed) for name, needed in found.items()}, width=110)
    FILE.write_text(f"{_HEAD}{said}", "utf-8")
    missing = clauses() - {one for needed in found.values() for one in needed}
    print(*(f"no project needs {one}: add one that does, or take it out" for one in sorted(missing)), sep="\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
