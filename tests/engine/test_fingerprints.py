"""Fingerprints tell findings apart and survive what does not matter."""

from __future__ import annotations

from migrator.core.finding import Finding, Severity
from migrator.core.location import Location
from migrator.engine.fingerprints import fingerprints
from migrator.engine.sources import Excerpt, Flag


def flag(text: str = "a();", line: int = 1, rule: str = "JS010", file: str = "a.js") -> Flag:
    return Flag(Finding(rule, Severity.ERROR, "found", Location(file, "", line, 1)), Excerpt(text, 1, 2))


def test_a_moved_line_has_the_same() -> None:
    assert fingerprints([flag(line=1)]) == fingerprints([flag(line=70)])


def test_an_indented_line_has_the_same() -> None:
    assert fingerprints([flag("a();")]) == fingerprints([flag("    a();")])


def test_another_line_rule_or_file_has_another() -> None:
    others = [flag("b();"), flag(rule="JS011"), flag(file="b.js")]
    assert len({fingerprints([one])[0] for one in [flag(), *others]}) == 4


def test_equal_lines_are_told_apart() -> None:
    assert len(set(fingerprints([flag(line=1), flag(line=2)]))) == 2
