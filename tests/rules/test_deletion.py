"""Every rule is needed: without it, the ledger of a project or the code that is written for it changes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from migrator.commands.assessment import Assessment
from migrator.engine.assemble import assemble
from migrator.engine.catalog import Catalog, load_catalog, names
from migrator.engine.context import Options
from migrator.engine.ledger import accounts
from migrator.engine.match import match
from migrator.engine.rule import Applies, Rule
from migrator.gen1.graph import Resource
from tests.projects import apps

RULES = [pytest.param(rule, id=rule.id) for rule in load_catalog(names()).rules if not rule.about_sources]
REUSE = Options(reuse=frozenset(("auth", "storage", "data")), api_id="abcdefghijklmnopqrstuvwxyz")


@cache
def assessed(reuse: bool) -> tuple[Assessment, ...]:
    return tuple(Assessment(app, REUSE if reuse else Options()) for app in apps() if app.entries)


def outcome(one: Assessment, resource: Resource, catalog: Catalog) -> Mapping[str, object]:
    matches = match(one.context, catalog, one.categories)
    (counted,) = accounts((resource,), matches, catalog.rules)
    pieces = assemble(matches.matches, one.context, one.categories)
    return {"counts": counted.counts, "rows": counted.rows, "findings": matches.findings, "pieces": pieces}


def concerned(rule: Rule, one: Assessment, resource: Resource) -> bool:
    by_node = any(type(fact.node).__name__ == rule.node for fact in resource.facts)
    return by_node or rule.service in (resource.service, "*")


@pytest.mark.parametrize("rule", RULES)
def test_something_changes_without_the_rule(rule: Rule) -> None:
    modes = (False,) if rule.applies is Applies.NEW else (True, False)
    for one in (a for reuse in modes for a in assessed(reuse)):
        for resource in one.context.graph.resources:
            if concerned(rule, one, resource):
                without = outcome(one, resource, one.catalog.without(rule.id))
                if without != outcome(one, resource, one.catalog):
                    return
    pytest.fail(f"no sample and no fixture would miss {rule.id} ({rule.name})")
