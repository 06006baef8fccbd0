"""Every rule is needed, and every clause: without it, the ledger of a project or the code that is written changes.

Nothing here looks at rule ids: where two rules say the same, one of them is too many.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pytest
from msgspec import structs

from migrator.commands.assessment import Assessment
from migrator.core.errors import MigratorError
from migrator.engine.assemble import assemble
from migrator.engine.catalog import Catalog, load_catalog, names
from migrator.engine.context import Options
from migrator.engine.ledger import Account, Row, accounts
from migrator.engine.match import Matches, match
from migrator.engine.rule import Rule
from tests.projects import apps

RULES = [
    pytest.param(rule, id=rule.id)
    for rule in load_catalog(names()).rules
    if not rule.about_sources and not rule.about_proof
]
REUSE = Options(reuse=frozenset(("auth", "storage", "data")), api_id="abcdefghijklmnopqrstuvwxyz")
SDL = Options(schema="sdl", datastore="keep")


class Outcome:
    """What becomes of one project by one catalog; each part is worked out when it is asked for."""

    def __init__(self, one: Assessment, catalog: Catalog) -> None:
        self.one, self.catalog = one, catalog

    @cached_property
    def matches(self) -> Matches:
        return match(self.one.context, self.catalog, self.one.categories)

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        return accounts(self.one.context.graph.resources, self.matches, self.catalog.rules)

    @cached_property
    def needed(self) -> frozenset[str]:
        """The rules that hold for something; no other can be missed."""
        dropped = (place.rule for account in self.accounts for place in account.dropped)
        return frozenset((*dropped, *(found.rule.id for found in self.matches.matches)))

    @cached_property
    def ledger(self) -> object:
        """What is counted and said of every setting, and what the user is told."""
        rows = [(a.ref, a.counts, a.unread, [said(row) for row in a.rows]) for a in self.accounts]
        return rows, [structs.replace(finding, rule="") for finding in self.matches.findings]

    @cached_property
    def code(self) -> object:
        """The pieces that code is printed from, or why there are none."""
        try:
            backend, failures = assemble(self.matches.matches, self.one.context, self.one.categories)
        except MigratorError as error:
            return str(error)
        pieces = [structs.replace(p, rule="") if hasattr(p, "rule") else p for p in backend.pieces]
        return pieces, failures


def said(row: Row) -> Row:
    """The row without the rule that it owes itself to."""
    return structs.replace(row, rule="GEN002" if row.rule == "GEN002" else "")


@pytest.fixture(scope="module")
def outcomes() -> tuple[Outcome, ...]:
    """Every project as it is converted: made anew, with live resources kept, and as SDL with DataStore."""
    entire = [app for app in apps() if app.entries]
    found = [Assessment(app, options) for options in (Options(), REUSE, SDL) for app in entire]
    return tuple(Outcome(one, one.catalog) for one in found)


def missed(rule: Rule, instead: tuple[Rule, ...], outcomes: tuple[Outcome, ...]) -> bool:
    """Whether a project would be converted otherwise with `instead` in the place of the rule."""
    for whole in outcomes:
        if rule.id in whole.needed:
            others = (instead if one.id == rule.id else (one,) for one in whole.catalog.rules)
            without = Outcome(whole.one, Catalog(one for some in others for one in some))
            if without.ledger != whole.ledger or without.code != whole.code:
                return True
    return False


@pytest.mark.parametrize("rule", RULES)
def test_something_changes_without_the_rule(rule: Rule, outcomes: tuple[Outcome, ...]) -> None:
    assert missed(rule, (), outcomes), f"no sample and no fixture would miss {rule.id} ({rule.name})"


def clauses() -> Iterator[tuple[Rule, Rule, str]]:
    """Rules of several clauses, the same without one, and which. Places of the evidence do not count: they are many,
    and some stand in files of old versions of the CLI alone."""
    for rule in load_catalog(names()).rules:
        listed: dict[str, tuple[Any, ...]] = {kind: getattr(rule, kind) for kind in ("map", "build", "drop", "report")}
        if rule.about_sources or sum(map(len, listed.values())) < 2:
            continue
        for kind, every in listed.items():
            for number, clause in enumerate(every):
                if getattr(clause, "at", None) is None:
                    rest = (*every[:number], *every[number + 1 :])
                    yield rule, structs.replace(rule, **{kind: rest}), f"{rule.id}-{kind}-{number + 1}"


@pytest.mark.parametrize(("rule", "less"), [pytest.param(rule, less, id=name) for rule, less, name in clauses()])
def test_something_changes_without_the_clause(rule: Rule, less: Rule, outcomes: tuple[Outcome, ...]) -> None:
    assert missed(rule, (less,), outcomes), f"no sample and no fixture would miss this part of {rule.id} ({rule.name})"
