"""Comments that suppress findings."""

from __future__ import annotations

import pytest

from migrator.core.finding import Finding, Severity
from migrator.core.location import Location
from migrator.engine.sources import Flag
from migrator.engine.suppressions import suppress, suppressions


def flag(rule: str = "JS010", line: int = 1) -> Flag:
    return Flag(Finding(rule, Severity.ERROR, "found", Location("a.js", "", line, 1)))


def kept(text: str, *flags: Flag) -> list[str]:
    return [one.finding.rule for one in suppress(flags, suppressions("a.js", text))[0]]


@pytest.mark.parametrize(
    "text",
    [
        "import './aws-exports'; // migrate-ignore JS010: still needed by the old app",
        "amplify push # migrate-ignore JS010: until May",
        "<a/> <!-- migrate-ignore JS010: until May -->",
        "a(); /* migrate-ignore JS010: until May */",
        "a(); // migrate-ignore JS010, CI010: until May",
        "a(); // migrate-ignore JS: the whole family",
        "a(); // migrate-ignore js010: small letters",
        "// migrate-ignore-file JS010: a copy\na();",
    ],
)
def test_a_finding_of_the_line_is_suppressed(text: str) -> None:
    assert kept(text, flag()) == []


def test_a_comment_alone_on_its_line_is_about_the_next() -> None:
    assert kept("  // migrate-ignore JS010: until May\na();", flag(line=2)) == []


def test_a_comment_alone_in_jsx_is_about_the_next() -> None:
    assert kept("  {/* migrate-ignore JS010: until May */}\n<A />", flag(line=2)) == []


@pytest.mark.parametrize("line", [1, 3])
def test_other_lines_are_not_suppressed(line: int) -> None:
    assert "JS010" in kept("// migrate-ignore JS010: until May\na();\nb();", flag(line=line))


def test_other_rules_are_not_suppressed() -> None:
    assert kept("a(); // migrate-ignore JS011: until May", flag()) == ["JS010", "LINT002"]


@pytest.mark.parametrize("comment", ["// migrate-ignore JS010", "// migrate-ignore JS010:", "// migrate-ignore: why"])
def test_without_rules_or_reason_it_is_not_honoured_and_that_is_said(comment: str) -> None:
    assert kept(f"a(); {comment}", flag()) == ["JS010", "LINT001"]


def test_one_that_suppresses_nothing_is_named() -> None:
    assert kept("a(); // migrate-ignore JS010: until May") == ["LINT002"]


def test_the_words_in_a_string_suppress_nothing() -> None:
    assert kept("const a = 'migrate-ignore JS010: text';", flag()) == ["JS010"]


def test_what_is_suppressed_is_counted() -> None:
    assert len(suppress((flag(), flag()), suppressions("a.js", "a(); // migrate-ignore JS010: why"))[1]) == 2
