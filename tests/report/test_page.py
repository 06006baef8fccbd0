"""Pages, conditions and tables."""

from __future__ import annotations

from typing import Any

import pytest

from migrator.report.conditions import condition_words
from migrator.report.page import Bullets, Code, Page, Paragraph, Section, columns, page_markdown, page_text, wrapped

PAGE = Page(
    "Title", (("Name", "x"),), (Section("Why", (Paragraph("Because."), Bullets(("one",)), Code("a = 1", "ts"))),)
)


def test_a_page_as_text() -> None:
    assert page_text(PAGE, 80) == "Title\n\n  Name  x\n\nWhy\n  Because.\n\n  - one\n\n    a = 1\n"


def test_a_page_as_markdown() -> None:
    wanted = "## Title\n\nName: x\n\n### Why\n\nBecause.\n\n- one\n\n```ts\na = 1\n```\n"
    assert page_markdown(PAGE, level=2) == wanted


def test_the_last_column_wraps_below_itself() -> None:
    assert columns([("a", "one two three four five six")], 24) == ["a  one two three four", "   five six"]


def test_a_path_is_never_cut() -> None:
    path = "amplify/backend/function/name-with-hyphens/template.json"
    assert path in wrapped(f"See {path} there", 30)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (None, ""),
        ({"a": True}, "`a` is `true`"),
        ({"a": {"not": "OFF"}}, "`a` is not `OFF`"),
        ({"a": {"in": ["x", "y"]}}, "`a` is one of `x`, `y`"),
        ({"a": {"present": True}, "b": {"at_least": 2}}, "`a` is given and `b` is at least 2"),
        ({"a": {"some": {"matches": "^x"}}}, "some item of `a` matches `^x`"),
        ({"any": [{"a": 1}, {"b": 2, "c": 3}]}, "`a` is `1` or (`b` is `2` and `c` is `3`)"),
        ({"not": {"a": 1}}, "not (`a` is `1`)"),
        ({"linked": {"to": "function", "as": "trigger"}}, "linked to a function as trigger"),
        ({"option": {"schema": "sdl"}}, "the option `schema` is `sdl`"),
        ({"check": "is_odd"}, "`is_odd` holds"),
    ],
)
def test_a_condition_in_words(when: dict[str, Any] | None, words: str) -> None:
    assert condition_words(when) == words
