"""The document algebra."""

from __future__ import annotations

import pytest

from migrator.typescript.layout import (
    BREAK,
    HARD,
    LITERAL,
    SOFT,
    SPACE,
    choice,
    concat,
    fill,
    group,
    if_break,
    indent,
    indent_from,
    indent_if_break,
    join,
    layout,
    text_width,
)


def listed(*items: str):
    return group("[", indent(SOFT, join(concat(",", SPACE), items)), if_break(","), SOFT, "]")


def test_a_group_that_fits_stays_on_its_line():
    assert layout(listed("a", "b"), 6) == "[a, b]"


def test_a_group_that_does_not_fit_breaks_all_its_lines():
    assert layout(listed("a", "b"), 5) == "[\n  a,\n  b,\n]"


def test_what_follows_a_group_must_fit_too():
    assert layout(concat(listed("a", "b"), ";"), 6) == "[\n  a,\n  b,\n];"


def test_an_inner_group_may_fit_where_the_outer_breaks():
    assert layout(group("(", indent(SOFT, listed("a", "b")), SOFT, ")"), 8) == "([a, b])"
    assert layout(group("(", indent(SOFT, listed("a", "b")), SOFT, ")"), 7) == "(\n  [\n    a,\n    b,\n  ]\n)"


def test_a_hard_line_breaks_the_groups_around_it():
    assert layout(group("a", SPACE, group("b", HARD, "c"))) == "a\nb\nc"


def test_a_forced_break_has_no_text():
    assert layout(group("a", SPACE, "b", BREAK)) == "a\nb"


def test_a_choice_takes_the_first_that_fits():
    assert layout(choice("aaaa", "bbb", "c"), 3) == "bbb"


def test_a_choice_takes_the_last_when_none_fits():
    assert layout(choice("aaaa", "bbb", "cc"), 1) == "cc"


def test_a_break_inside_a_choice_does_not_reach_the_group_around_it():
    assert layout(group("x", SPACE, choice("aaaa", group("b", HARD, "c"))), 80) == "x aaaa"


def test_fill_puts_as_many_on_a_line_as_fit():
    assert layout(fill(["a,", SPACE, "b,", SPACE, "c"]), 5) == "a, b,\nc"


def test_a_document_can_follow_how_another_group_broke():
    mark = object()
    doc = concat(group("aaa", indent(SPACE), "bbb", id=mark), indent_if_break(concat(HARD, "c"), mark))
    assert layout(doc, 5).endswith("\n  c")
    assert layout(doc, 80).endswith("\nc")


def test_blanks_before_a_line_end_are_dropped():
    assert layout(concat("a ", HARD, "b")) == "a\nb"


def test_blanks_before_a_line_end_of_a_template_stay():
    assert layout(concat("a ", LITERAL, "b")) == "a \nb"


def test_a_literal_line_ignores_indentation():
    assert layout(indent("a", LITERAL, "b")) == "a\nb"


def test_lines_can_start_at_a_fixed_column():
    assert layout(indent(indent_from(1, concat("a", HARD, "b")))) == "a\n b"


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("日本", 4), ("é", 1), ("e\u0301", 1), ("😀", 2), ("👨\u200d👩", 2), ("\t", 0)]
)
def test_width_is_counted_in_columns(text, width):
    assert text_width(text) == width
