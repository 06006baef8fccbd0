"""What a rule accepts is this and nothing near it: its examples, each with one thing changed, are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from migrator.engine.accept_checks import mismatch_of
from migrator.engine.acceptance import beside_path, explains
from migrator.engine.catalog import load_catalog, names
from migrator.engine.conditions import passes
from migrator.engine.rule import AcceptClause, Differs, Rule

FAMILY = re.compile(r"\^(\([a-z:|/ ]+\) ?|[a-z][a-z /]*[ /])")
"""Sorts of names."""
OTHERS: tuple[Any, ...] = ("something else", 4711, None)


def is_open(test: Any) -> bool:
    """Whether a test takes any value that there is."""
    return all(passes(value, test) for value in ("something else", "-x-", 4711, True))


def is_family(test: Any) -> bool:
    """Whether a test of a name is for all of a sort, whose names users give: `^bucket `."""
    return isinstance(test, Mapping) and FAMILY.fullmatch(str(test.get("matches", ""))) is not None


def examples() -> Iterator[tuple[Rule, AcceptClause, Differs]]:
    """Every clause with the examples that it accepts."""
    for rule in load_catalog(names()).rules:
        for clause in rule.accept:
            for one in rule.examples:
                if one.differs and one.accepted and explains(clause, mismatch_of(one.differs)):
                    yield rule, clause, one.differs


def near_misses(clause: AcceptClause, example: Differs) -> Iterator[tuple[str, Differs]]:
    """The example with one thing changed, and what that is."""
    yield "another type", replace(example, kind=f"{example.kind}Other")
    yield "another attribute", replace(example, attribute=f"{example.attribute}Other.Inner")
    if clause.key is not None:
        yield "another name", replace(example, key=f"other {example.key}")
        if not is_family(clause.key):
            yield "a longer name", replace(example, key=f"{example.key}Other/Inner")
    for side in ("gen1", "gen2"):
        if not is_open(getattr(clause, side)):
            other = next(one for one in OTHERS if not passes(one, getattr(clause, side)))
            yield f"another value in {side}", replace(example, **{side: other})
    for side, tests in clause.beside.items():
        for path, test in tests.items():
            other = next(one for one in OTHERS if not passes(one, test))
            own = beside_path(path, example.attribute)
            yield f"another {path} beside it", replace(example, beside=beside(example, side, own, other))


def beside(example: Differs, side: str, path: str, value: Any) -> Mapping[str, Any]:
    """What stands beside the difference, with another value."""
    return {**example.beside, side: {**example.beside.get(side, {}), path: value}}


CASES = [
    pytest.param(rule, miss, id=f"{rule.id}-{rule.accept.index(clause) + 1}-{what}")
    for rule, clause, example in examples()
    for what, miss in near_misses(clause, example)
]


@pytest.mark.parametrize(("rule", "miss"), CASES)
def test_a_near_miss_is_refused(rule: Rule, miss: Differs) -> None:
    assert not any(explains(clause, mismatch_of(miss)) for clause in rule.accept)


def test_every_clause_closes_a_value() -> None:
    """A clause that accepts any value on both sides accepts everything."""
    open_ = [rule.id for rule, clause, _ in examples() if is_open(clause.gen1) and is_open(clause.gen2)]
    assert open_ == []
