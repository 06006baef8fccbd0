"""Every rule is needed: without it, the ledger of a project or the code that is written for it changes.

Nothing here looks at rule ids: where two rules say the same, one of them is too many.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

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

RULES = [pytest.param(rule, id=rule.id) for rule in load_catalog(names()).rules if not rule.about_sources]
REUSE = Options(reuse=frozenset(("auth", "storage", "data")), api_id="abcdefghijklmnopqrstuvwxyz")


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
    """Every project as it is converted, made anew and with its live resources kept."""
    entire = [app for app in apps() if app.entries]
    found = [Assessment(app, options) for options in (Options(), REUSE) for app in entire]
    return tuple(Outcome(one, one.catalog) for one in found)


def missing(rule: Rule, outcomes: tuple[Outcome, ...]) -> Iterator[Outcome]:
    """The projects that would be converted otherwise without the rule."""
    for whole in outcomes:
        if rule.id in whole.needed:
            without = Outcome(whole.one, whole.catalog.without(rule.id))
            if without.ledger != whole.ledger or without.code != whole.code:
                yield whole


@pytest.mark.parametrize("rule", RULES)
def test_something_changes_without_the_rule(rule: Rule, outcomes: tuple[Outcome, ...]) -> None:
    found = next(missing(rule, outcomes), None)
    assert found, f"no sample and no fixture would miss {rule.id} ({rule.name})"
