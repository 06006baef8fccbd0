"""From matches to pieces of the backend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from migrator.core.errors import ConversionError
from migrator.engine.assemble import assemble
from migrator.engine.catalog import Catalog
from migrator.engine.context import Context
from migrator.engine.match import match
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Definition, Override, Setting, Task
from migrator.typescript.nodes import Name
from tests.engine.made import CATEGORIES, DOOR, Door, Kind, Lock, assembled, context, fact, rule, rules, written

TWO = """
- {{id: AUTH011, name: a, title: A, node: Door, support: native, map: [{{from: color, to: {0}, const: {1}}}]}}
- {{id: AUTH012, name: b, title: B, node: Door, support: native, map: [{{from: wide, to: {2}, const: {3}}}]}}
"""


def mapped(folder: Path, clause: str, door: Door = DOOR) -> dict[str, Any]:
    backend, findings = assembled(folder, rule(folder, f"support: native\nmap:\n- {{{clause}}}"), fact(door))
    assert findings == []
    return written(backend)


@pytest.mark.parametrize(
    ("clause", "value"),
    [
        ("from: color, to: define.name", "white"),
        ("from: wide, to: define.name", False),
        ("from: lock.keys, to: define.name", 1),
        ("from: lock.kind, to: define.name", "OFF"),
        ("from: spare, to: define.name", None),
        ("from: color, to: define.name, const: blue", "blue"),
        ("from: color, to: define.name, const: false", False),
        ('from: lock.kind, to: define.name, table: {"OFF": open, BOLT: shut}', "open"),
        ("from: wide, to: define.name, table: {'true': big, 'false': small}", "small"),
        ("from: lock.keys, to: define.name, table: {'1': one}", "one"),
        ('from: lock.keys, to: define.name, template: "{value} keys"', "1 keys"),
        ("from: color, to: define.name, via: painted", "painted white"),
    ],
)
def test_a_map_writes(clause: str, value: Any, tmp_path: Path) -> None:
    assert mapped(tmp_path, clause) == {"name": value}


def test_a_target_of_define_is_a_setting(tmp_path: Path) -> None:
    backend, _ = assembled(tmp_path, rule(tmp_path, "support: native\nmap:\n- {from: color, to: define.name}"))
    assert [type(piece) for piece in backend.pieces] == [Setting]


def test_another_target_is_an_override_of_that_construct(tmp_path: Path) -> None:
    found = rule(tmp_path, "support: cdk\nmap:\n- {from: color, to: cfnUserPool.policies.passwordPolicy}")
    (piece,) = assembled(tmp_path, found)[0].pieces
    assert isinstance(piece, Override)
    assert (piece.construct.variable, piece.path) == ("cfnUserPool", "policies.passwordPolicy")


def test_a_builder_makes_its_pieces(tmp_path: Path) -> None:
    found = rule(tmp_path, "support: cdk\nbuild:\n- {name: add_task, claims: [color]}")
    assert assembled(tmp_path, found)[0].pieces == (Task("auth", "Paint front.", "AUTH010"),)


def test_two_rules_that_write_different_values_to_one_property_are_refused(tmp_path: Path) -> None:
    text = TWO.format("define.name", "x", "define.name", "y")
    with pytest.raises(ConversionError, match=r"GEN003.*AUTH011.*AUTH012.*name"):
        assembled(tmp_path, rules(tmp_path, text))


def test_two_rules_may_write_the_same_value_to_one_property(tmp_path: Path) -> None:
    backend, _ = assembled(tmp_path, rules(tmp_path, TWO.format("define.name", "x", "define.name", "x")))
    assert written(backend) == {"name": "x"}


def test_one_property_of_two_targets_is_no_conflict(tmp_path: Path) -> None:
    backend, _ = assembled(tmp_path, rules(tmp_path, TWO.format("define.name", "x", "cfnUserPool.name", "y")))
    assert len(backend.pieces) == 2


def test_one_property_of_two_definitions_is_no_conflict(tmp_path: Path) -> None:
    def each_its_own(one: Fact[Any], context: Context) -> Definition:
        return Definition(one.resource, "auth", one.key, one.key, f"auth/{one.key}.ts", Name("defineAuth"))

    found = rule(tmp_path, "support: native\nmap:\n- {from: color, to: define.name}")
    around = context(tmp_path, fact(), fact(Door(color="red"), "back"))
    categories = {"auth": replace(CATEGORIES["auth"], define=each_its_own)}
    backend, _ = assemble(match(around, Catalog(found), categories).matches, around, categories)
    assert len(backend.pieces) == 2


def test_different_overrides_of_one_property_are_refused(tmp_path: Path) -> None:
    text = TWO.format("cfnUserPool.policies", "x", "cfnUserPool.policies", "y")
    with pytest.raises(ConversionError, match="GEN003"):
        assembled(tmp_path, rules(tmp_path, text))


def test_two_facts_that_write_different_values_to_one_property_are_refused(tmp_path: Path) -> None:
    found = rule(tmp_path, "support: native\nmap:\n- {from: color, to: define.name}")
    with pytest.raises(ConversionError, match="GEN003"):
        assembled(tmp_path, found, fact(), fact(Door(color="red"), "back"))


def test_a_transform_that_throws_is_a_finding(tmp_path: Path) -> None:
    found = rule(tmp_path, "support: native\nmap:\n- {from: color, to: define.name, via: breaks}")
    backend, findings = assembled(tmp_path, found)
    assert (backend.pieces, findings) == ((), ["GEN004"])


def test_a_word_that_the_table_lacks_is_a_finding(tmp_path: Path) -> None:
    found = rule(tmp_path, 'support: native\nmap:\n- {from: lock.kind, to: define.name, table: {"OFF": x}}')
    assert assembled(tmp_path, found, fact(Door(Lock(Kind.BOLT))))[1] == ["GEN004"]


def test_a_clause_that_throws_takes_no_other_clause_down(tmp_path: Path) -> None:
    clauses = "- {from: color, to: define.x, via: breaks}\n- {from: color, to: define.name}"
    backend, _ = assembled(tmp_path, rule(tmp_path, f"support: native\nmap:\n{clauses}"))
    assert written(backend) == {"name": "white"}


def test_a_builder_that_throws_half_way_writes_nothing(tmp_path: Path) -> None:
    found = rule(tmp_path, "support: cdk\nbuild:\n- {name: stops_half_way, claims: [color]}")
    backend, findings = assembled(tmp_path, found)
    assert (backend.pieces, findings) == ((), ["GEN004"])


def test_resources_outside_the_selection_write_nothing(tmp_path: Path) -> None:
    found = rule(tmp_path, "support: native\nmap:\n- {from: color, to: define.name}")
    around = replace(context(tmp_path, fact()), selection=frozenset())
    matches = match(around, Catalog(found), CATEGORIES)
    assert assemble(matches.matches, around, CATEGORIES)[0].pieces == ()
