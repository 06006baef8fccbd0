"""Cursors: typed, total, and remembering where each value came from."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.core.finding import Finding
from migrator.documents import Cursor, Document
from migrator.documents.document import Json


class Mode(StrEnum):
    OFF = "OFF"
    ON = "ON"


def cursor(root: Json, findings: list[Finding] | None = None) -> Cursor:
    return Cursor(Document(Path("a.json"), "a.json", root), [] if findings is None else findings)


@pytest.mark.parametrize(
    ("value", "number"),
    [(5, 5), ("5", 5), (" -7 ", -7), (5.0, 5), (5.5, 0), (True, 0), ("²", 0), ("1" * 5000, 0), ("--5", 0), ("", 0)],
)
def test_whole_numbers_are_read_from_numbers_and_text(value: Json, number: int) -> None:
    assert cursor({"a": value}).get("a").integer().value == number


@pytest.mark.parametrize(
    ("value", "flag"), [(True, True), ("True", True), ("false", False), ("yes", False), (1, False)]
)
def test_flags_are_read_from_booleans_and_text(value: Json, flag: bool) -> None:
    assert cursor({"a": value}).get("a").flag().value is flag


@pytest.mark.parametrize(
    ("value", "texts"), [("a", ("a",)), (["a", 1], ("a", "1")), ([], ()), ([["a"]], ()), ({}, ()), ([None], ())]
)
def test_lists_of_text_are_read(value: Json, texts: tuple[str, ...]) -> None:
    assert cursor({"a": value}).get("a").texts().value == texts


def test_a_choice_is_one_of_its_words() -> None:
    assert cursor({"a": "ON"}).get("a").choice(Mode, Mode.OFF).value is Mode.ON
    assert cursor({"a": "required"}).get("a").choice(Mode, Mode.OFF, {"required": Mode.ON}).value is Mode.ON


def test_an_unknown_word_is_said() -> None:
    findings: list[Finding] = []
    assert cursor({"a": "MAYBE"}, findings).get("a").choice(Mode, Mode.OFF).value is Mode.OFF
    assert "one of OFF, ON" in findings[0].message


def test_a_wrong_type_is_said_with_its_place_and_counts_as_absent() -> None:
    findings: list[Finding] = []
    value = cursor({"a": {"b": []}}, findings).get("a", "b").text("default")
    assert (value.value, value.present) == ("default", False)
    assert findings[0].location is not None
    assert (findings[0].rule, findings[0].location.pointer) == ("GEN005", "/a/b")


def test_a_message_does_not_repeat_the_value() -> None:
    findings: list[Finding] = []
    cursor({"password": {"secret": "hunter2"}}, findings).get("password").text()
    assert "hunter2" not in str(findings)


def test_null_is_read_as_unset() -> None:
    found = cursor({"a": None}).get("a")
    assert not found.present
    assert found.text("default").value == "default"
    assert found.text().sources == (found.source,)


def test_what_is_absent_has_no_source() -> None:
    found = cursor({"a": 1}).get("b", "c", 0)
    assert (found.present, found.text().sources, found.whole().sources) == (False, (), ())
    assert (list(found.items()), list(found.elements())) == ([], [])


def test_json_inside_text_is_read() -> None:
    assert cursor({"a": '{"b": [1]}'}).get("a").embedded().value == {"b": [1]}
    assert cursor({"a": {"b": 1}}).get("a").embedded().value == {"b": 1}


@pytest.mark.parametrize("text", ["{", "[" * 5000])
def test_text_that_should_be_json_and_is_not_is_said(text: str) -> None:
    findings: list[Finding] = []
    assert cursor({"a": text}, findings).get("a").embedded({}).value == {}
    assert [f.rule for f in findings] == ["GEN005"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_no_value_makes_a_traceback(value: Json) -> None:
    found = cursor({"a": value}).get("a")
    readers = (found.text, found.integer, found.flag, found.texts, found.whole, found.embedded)
    for read in readers:
        assert set(read().sources) <= {found.source}
    assert found.choice(Mode, Mode.OFF).value in Mode
