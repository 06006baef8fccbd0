"""Which patterns take in which."""

from __future__ import annotations

import pytest

from migrator.engine.grants.patterns import Area, contains, everything_but


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("*", "arn:aws:s3:::a"),
        ("arn:aws:s3:::a/*", "arn:aws:s3:::a/b/c"),
        ("arn:aws:s3:::a/*", "arn:aws:s3:::a/b/*"),
        ("arn:aws:s3:::a/*", "arn:aws:s3:::a/${cognito-identity.amazonaws.com:sub}/*"),
        ("public/*", "public/"),
        ("a?c", "abc"),
        ("arn:aws:dynamodb:*:*:table/${table a}", "arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${table a}"),
    ],
)
def test_a_pattern_takes_in(one: str, other: str) -> None:
    assert contains(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("arn:aws:s3:::a", "arn:aws:s3:::a/b"),
        ("a?c", "a*c"),
        ("a/b/*", "a/*"),
        ("a.c", "abc"),
        ("table/${table a}", "table/${table b}"),
        ("private/${cognito-identity.amazonaws.com:sub}/*", "private/*"),
    ],
)
def test_a_pattern_does_not_take_in(one: str, other: str) -> None:
    assert not contains(one, other)


def test_an_exception_takes_something_out() -> None:
    assert not everything_but(["a/*"]).contains(Area("a/b"))


def test_everything_takes_in_everything_with_an_exception() -> None:
    assert Area("*").contains(everything_but(["a/*"]))
    assert not everything_but(["a/*"]).contains(Area("*"))
