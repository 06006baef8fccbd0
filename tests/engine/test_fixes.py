"""Edits of a text."""

from __future__ import annotations

from migrator.core.finding import Finding, Severity
from migrator.engine.fixes import applied, fixes_of
from migrator.engine.sources import Edit, Fix, Flag


def flag(*edits: Edit) -> Flag:
    return Flag(Finding("JS010", Severity.ERROR, "found"), None, Fix("change it", edits))


def test_edits_are_made_from_the_front_to_the_back() -> None:
    assert applied("abcdef", [Fix("", (Edit(4, 5, "E"), Edit(0, 1, "AA")))]) == "AAbcdEf"


def test_an_insertion_leaves_what_is_around_it() -> None:
    assert applied("ab", [Fix("", (Edit(1, 1, "-"),))]) == "a-b"


def test_a_fix_that_several_findings_share_is_made_once() -> None:
    assert len(fixes_of([flag(Edit(0, 1, "x")), flag(Edit(0, 1, "x"))])) == 1


def test_of_two_that_overlap_the_first_is_made() -> None:
    found = fixes_of([flag(Edit(2, 5, "y")), flag(Edit(0, 3, "x"))])
    assert [fix.edits[0].text for fix in found] == ["x"]


def test_two_side_by_side_are_both_made() -> None:
    assert len(fixes_of([flag(Edit(0, 2, "x")), flag(Edit(2, 4, "y"))])) == 2
