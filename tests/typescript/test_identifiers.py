"""Names TypeScript accepts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.typescript.identifiers import identifier, is_identifier


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("todo", "todo"),
        ("storeApi", "storeApi"),
        ("Todo", "todo"),
        ("store-api", "storeApi"),
        ("store_api_v2", "storeApiV2"),
        ("my function (old)", "myFunctionOld"),
        ("APIGateway", "apiGateway"),
        ("AWS", "aws"),
        ("S3Trigger1a2b3c", "s3Trigger1a2b3c"),
        ("café-menü", "cafeMenu"),
        ("2fa", "_2fa"),
        ("--", "_"),
        ("", "_"),
        ("日本", "u65e5U672c"),
    ],
)
def test_a_name_becomes_camel_case(name, expected):
    assert identifier(name) == expected


@pytest.mark.parametrize("word", ["class", "delete", "default", "await", "arguments", "undefined"])
def test_a_reserved_word_gets_a_number(word):
    assert identifier(word) == f"{word}2"


def test_a_clash_gets_the_next_free_number():
    assert identifier("todo", {"todo", "todo2"}) == "todo3"


def test_a_number_does_not_run_into_digits():
    assert identifier("todo1", {"todo1"}) == "todo1_2"


@given(st.text(), st.lists(st.text(max_size=3)))
def test_every_name_becomes_a_free_identifier(name, others):
    taken = {identifier(other) for other in others}
    result = identifier(name, taken)
    assert is_identifier(result)
    assert result not in taken


@pytest.mark.parametrize("text", ["", "a-b", "1a", "class", "a b", "a.b"])
def test_what_cannot_name_a_variable_is_no_identifier(text):
    assert not is_identifier(text)


@pytest.mark.parametrize("text", ["a", "_", "$x", "aB9", "é"])
def test_what_can_name_a_variable_is_an_identifier(text):
    assert is_identifier(text)
