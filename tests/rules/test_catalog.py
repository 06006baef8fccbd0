"""The catalogue as a whole."""

from __future__ import annotations

import pytest

from migrator.categories import announcements, load
from migrator.commands.rulebook import check_folder
from migrator.engine.catalog import SHIPPED, load_catalog, names
from migrator.engine.checks import attribute_types
from migrator.engine.examples import mentioned
from migrator.engine.match import EVERYTHING
from migrator.gen1.graph import Node

RULES = load_catalog(names()).rules
NODES = [pytest.param(node, id=node.__name__) for a in announcements() for node in load(a.name).nodes]


def test_every_rule_fits_the_facts_and_the_surface() -> None:
    assert len(check_folder(SHIPPED)) == len(RULES)


@pytest.mark.parametrize("node", NODES)
def test_every_attribute_is_claimed_by_some_rule(node: type[Node]) -> None:
    claimed = {path for rule in RULES if rule.node == node.__name__ for path in mentioned(rule)}
    unclaimed = set(attribute_types(node)) - claimed
    assert EVERYTHING in claimed or not unclaimed


def test_every_named_function_is_used() -> None:
    said = {c.via for r in RULES for c in r.map} | {b.name for r in RULES for b in r.build}
    said |= {word for rule in RULES for word in _checks(rule.when)}
    said |= {w for r in RULES for c in (*r.map, *r.build, *r.drop, *r.report) for w in _checks(c.when)}
    categories = [load(a.name) for a in announcements()]
    named = {f.__name__ for c in categories for f in (*c.transforms, *c.builders, *c.checks)}
    assert named <= said


def test_every_rule_says_why_or_gives_a_reason() -> None:
    assert [r.id for r in RULES if not r.why and not r.references and not r.drop] == []


def _checks(when: object) -> set[str]:
    if isinstance(when, dict):
        own = {when["check"]} if isinstance(when.get("check"), str) else set()
        return own | {w for value in when.values() for w in _checks(value)}
    if isinstance(when, list):
        return {w for value in when for w in _checks(value)}
    return set()
