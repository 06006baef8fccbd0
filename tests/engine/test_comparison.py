"""Observed resources, compared attribute by attribute."""

from __future__ import annotations

from typing import Any

import pytest

from migrator.engine.comparison import THERE, WHOLE, compare, same
from migrator.engine.observed import Default, Observed

POOL = "AWS::Cognito::UserPool"


def pool(key: str = "user pool", **attributes: Any) -> Observed:
    return Observed(POOL, key, attributes, ())


def differing(gen1: list[Observed], gen2: list[Observed], *defaults: Default) -> list[tuple[str, Any, Any]]:
    return [(m.attribute, m.gen1, m.gen2) for m in compare(gen1, gen2, defaults).mismatches]


def test_equal_resources_differ_nowhere() -> None:
    assert differing([pool(Mfa="ON")], [pool(Mfa="ON")]) == []


def test_another_value_is_a_difference() -> None:
    assert differing([pool(Mfa="ON")], [pool(Mfa="OFF")]) == [("Mfa", "ON", "OFF")]


def test_a_value_that_is_gone_is_a_difference() -> None:
    assert differing([pool(Mfa="ON")], [pool()]) == [("Mfa", "ON", None)]


def test_a_value_that_came_is_a_difference() -> None:
    assert differing([pool()], [pool(Mfa="ON")]) == [("Mfa", None, "ON")]


def test_what_is_not_said_is_cloudformations_default() -> None:
    default = Default(POOL, "Mfa", "OFF", "https://example.com")
    assert differing([pool(Mfa="OFF")], [pool()], default) == []
    assert differing([pool()], [pool(Mfa="OFF")], default) == []


def test_another_value_than_the_default_is_a_difference() -> None:
    assert differing([pool(Mfa="ON")], [pool()], Default(POOL, "Mfa", "OFF", "")) == [("Mfa", "ON", None)]


def test_a_default_of_any_element_holds_for_each() -> None:
    default = Default(POOL, "Schema[*].Mutable", True, "")
    assert differing([pool(**{"Schema[email].Mutable": True})], [pool()], default) == []


def test_the_default_of_another_type_does_not_count() -> None:
    default = Default("AWS::S3::Bucket", "Mfa", "OFF", "")
    assert differing([pool(Mfa="OFF")], [pool()], default) == [("Mfa", "OFF", None)]


def test_a_resource_that_is_missing_is_one_difference() -> None:
    assert differing([pool(Mfa="ON", Name="x")], []) == [(WHOLE, THERE, None)]


def test_a_resource_that_came_is_one_difference() -> None:
    assert differing([], [pool(Mfa="ON")]) == [(WHOLE, None, THERE)]


def test_a_second_resource_of_one_name_is_not_hidden() -> None:
    assert differing([pool(Mfa="ON")], [pool(Mfa="ON"), pool(Mfa="OFF")]) == [(WHOLE, None, THERE)]


def test_every_attribute_is_counted() -> None:
    assert compare([pool(A=1, B=2)], [pool(A=1, C=3)]).compared == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [(True, "true"), ("TRUE", True), (5, "5"), (("a",), "a"), (("1", "2"), (1, 2)), ("", ""), (None, None)],
)
def test_these_say_the_same(one: Any, other: Any) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, False),
        ("a", "A"),
        ("TRUE", "true"),
        (("a", "b"), ("b", "a")),
        (("a",), ("a", "b")),
        (None, ""),
        (0, None),
    ],
)
def test_these_do_not(one: Any, other: Any) -> None:
    assert not same(one, other)
