"""Every word and test of `when`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.core.ref import ResourceRef
from migrator.engine.conditions import holds, passes
from migrator.engine.context import Options
from migrator.gen1.graph import Link, LinkKind
from tests.engine.made import CATEGORY, REF, Door, Kind, Lock, context, fact

DOOR = Door(Lock(Kind.BOLT, 3), "red", ("oak", "glass"))
CHECKS = CATEGORY.named(CATEGORY.checks)
OTHER = ResourceRef("function", "bell")


def said(when: Any, folder: Path, door: Door = DOOR, key: str = "front", **more: Any) -> bool:
    one = fact(door, key)
    return holds(when, one, context(folder, one, **more), CHECKS)


@pytest.mark.parametrize(
    ("value", "test"),
    [
        ("red", "red"),
        (Kind.BOLT, "BOLT"),
        (None, None),
        (("oak",), ["oak"]),
        ("red", {"not": "blue"}),
        ("red", {"not": {"in": ["blue"]}}),
        ("red", {"in": ["red", "blue"]}),
        ("red-1", {"matches": r"^red-\d$"}),
        ("a red door", {"matches": "red"}),
        ("red", {"present": True}),
        (False, {"present": True}),
        (0, {"present": True}),
        (None, {"present": False}),
        ("", {"present": False}),
        ((), {"present": False}),
        ({}, {"present": False}),
        (("oak", "glass"), {"some": "glass"}),
        (("oak", "glass"), {"some": {"matches": "^g"}}),
        (("oak", "oak"), {"every": "oak"}),
        ((), {"every": "oak"}),
        (3, {"at_least": 3}),
        (3, {"at_most": 3}),
        (3, {"at_least": 2, "at_most": 4}),
    ],
)
def test_a_value_passes(value: Any, test: Any) -> None:
    assert passes(value, test)


@pytest.mark.parametrize(
    ("value", "test"),
    [
        ("red", "blue"),
        (("oak",), ["oak", "glass"]),
        ("red", {"not": "red"}),
        ("red", {"in": ["blue"]}),
        ("red", {"matches": "^ed"}),
        (None, {"matches": ".*"}),
        (3, {"matches": "3"}),
        ("red", {"present": False}),
        ("", {"present": True}),
        (("oak",), {"some": "glass"}),
        ((), {"some": "glass"}),
        (("oak", "glass"), {"every": "oak"}),
        (2, {"at_least": 3}),
        (4, {"at_most": 3}),
        (5, {"at_least": 2, "at_most": 4}),
        (None, {"at_least": 1}),
        (None, {"at_most": 1}),
    ],
)
def test_a_value_does_not_pass(value: Any, test: Any) -> None:
    assert not passes(value, test)


def test_an_unknown_test_is_an_error() -> None:
    with pytest.raises(ValueError, match="longer"):
        passes("red", {"longer": 2})


def test_no_condition_always_holds(tmp_path: Path) -> None:
    assert said(None, tmp_path)


def test_all_attributes_named_must_hold(tmp_path: Path) -> None:
    assert not said({"color": "red", "wide": True}, tmp_path)


def test_a_nested_attribute_is_named_by_its_path(tmp_path: Path) -> None:
    assert said({"lock.kind": "BOLT"}, tmp_path)


def test_all_needs_every_condition(tmp_path: Path) -> None:
    assert not said({"all": [{"color": "red"}, {"color": "blue"}]}, tmp_path)


def test_any_needs_one_condition(tmp_path: Path) -> None:
    assert said({"any": [{"color": "blue"}, {"color": "red"}]}, tmp_path)


def test_any_of_nothing_does_not_hold(tmp_path: Path) -> None:
    assert not said({"any": []}, tmp_path)


def test_not_turns_a_condition_around(tmp_path: Path) -> None:
    assert said({"not": {"color": "blue"}}, tmp_path)


def test_not_of_several_attributes_is_not_all_of_them(tmp_path: Path) -> None:
    assert said({"not": {"color": "red", "wide": True}}, tmp_path)


def test_words_nest(tmp_path: Path) -> None:
    assert said({"all": [{"any": [{"not": {"color": "red"}}, {"lock.keys": {"at_least": 3}}]}]}, tmp_path)


def test_a_check_is_asked_with_the_fact(tmp_path: Path) -> None:
    assert said({"check": "is_front"}, tmp_path)
    assert not said({"check": "is_front"}, tmp_path, key="back")


def test_an_option_is_compared_with_the_choice_made(tmp_path: Path) -> None:
    assert said({"option": {"schema": "sdl"}}, tmp_path, options=Options(schema="sdl"))
    assert not said({"option": {"schema": "sdl"}}, tmp_path)


@pytest.mark.parametrize(
    ("when", "holding"),
    [
        ({"to": "function"}, True),
        ({"to": "function", "as": "trigger"}, True),
        ({"to": "function", "as": "uses"}, False),
        ({"to": "storage"}, False),
        ({"from": "function"}, False),
    ],
)
def test_a_link_to_another_resource(when: dict[str, str], holding: bool, tmp_path: Path) -> None:
    assert said({"linked": when}, tmp_path, links=(Link(REF, OTHER, LinkKind.TRIGGER),)) is holding


@pytest.mark.parametrize(
    ("when", "holding"),
    [
        ({"from": "function"}, True),
        ({"from": "function", "as": "uses"}, True),
        ({"from": "function", "as": "trigger"}, False),
        ({"from": "auth"}, False),
        ({"to": "function"}, False),
    ],
)
def test_a_link_from_another_resource(when: dict[str, str], holding: bool, tmp_path: Path) -> None:
    assert said({"linked": when}, tmp_path, links=(Link(OTHER, REF, LinkKind.USES),)) is holding


@pytest.mark.parametrize("word", ["check", "linked", "option"])
def test_facts_about_source_code_know_no_other_resources(word: str) -> None:
    with pytest.raises(ValueError, match=word):
        holds({word: {}}, fact())
