"""Differences as text."""

from __future__ import annotations

import pytest

from migrator.engine.acceptance import Verdict
from migrator.report.verify_differences import differences_text, shown, sides
from migrator.report.verify_text import verify_text
from migrator.verify.results import Check, CheckResult, Difference, Status, Tools, VerifyReport

POOL = "AWS::Cognito::UserPool"
OPEN = Difference("auth/club: user pool", "MfaConfiguration", "ON", None, Verdict.UNEXPLAINED, kind=POOL)
MEANT = Difference("auth/club: user pool", "UserPoolName", "club-dev", None, Verdict.ACCEPTED, "AUTH800", "Made.", POOL)
GAP = Difference("analytics/clicks", "", "present", None, Verdict.ACCEPTED, "OTH020", "gap: Not converted.", gap=True)
EXTRA = Difference("extra/Topic", "", None, "present", Verdict.UNEXPLAINED, kind="AWS::SNS::Topic")


def text(*differences: Difference, verbose: bool = False) -> list[str]:
    result = CheckResult(Check.SETTINGS, Status.FAILED, compared=10, differences=differences)
    return [line.strip() for line in differences_text(result, verbose=verbose)]


def test_the_numbers_come_first() -> None:
    assert text(OPEN, MEANT)[0] == "10 compared: 8 equal, 1 accepted, 1 unexplained"


def test_both_generations_stand_side_by_side() -> None:
    assert text(OPEN)[1:] == [
        "auth/club: user pool  (AWS::Cognito::UserPool)",
        "Gen 1  Gen 2",
        "MfaConfiguration  ON     (nothing)",
    ]


def test_what_is_meant_is_told_with_its_rule_when_asked() -> None:
    assert "UserPoolName" not in "".join(text(OPEN, MEANT))
    assert text(MEANT, verbose=True)[1:] == [
        "AUTH800: Made.",
        "- UserPoolName (Gen 1 club-dev, Gen 2 (nothing)): auth/club: user pool",
    ]


def test_a_gap_is_always_told() -> None:
    assert text(GAP)[1:] == ["OTH020: gap: Not converted.", "- only in Gen 1: analytics/clicks"]


def opened(resource: str) -> Difference:
    """A type that callers with IAM get."""
    attribute = "Authorization.AWS_IAM"
    return Difference(resource, attribute, None, "every field", Verdict.UNEXPLAINED, "DATA810", "Added.", "Schema")


def test_a_rule_is_told_once_with_all_that_it_explains(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert text(opened("api/shop: type Post"), opened("api/shop: type Tag"), opened("type Extra"))[1:] == [
        "unexplained, DATA810: Added.",
        "- Authorization.AWS_IAM (Gen 1 (nothing), Gen 2 every field): api/shop: type Post, type Tag; type Extra",
    ]


def test_of_many_resources_that_differ_in_the_same_way_the_first_are_named() -> None:
    many = [opened(f"api/shop: type T{index:02}") for index in range(40)]
    assert " ".join(text(*many)).endswith("type T10 and 29 more")
    assert " ".join(text(*many, verbose=True)).endswith("type T39")


def report(*differences: Difference) -> VerifyReport:
    return VerifyReport((CheckResult(Check.API, Status.FAILED, differences=differences),), Tools(False, {}))


def test_the_command_that_acknowledges_comes_last() -> None:
    said = verify_text(report(opened("type Post"), opened("type Tag"), OPEN), command=("migrate", "verify", "my app"))
    assert said.splitlines()[-1] == "To acknowledge DATA810 (2): migrate verify 'my app' --acknowledge DATA810"


def test_without_anything_to_acknowledge_no_command_is_told() -> None:
    assert verify_text(report(OPEN, MEANT)).splitlines()[-1] == "Not proven: see above."


def test_a_resource_that_came_is_told_in_a_line() -> None:
    assert text(EXTRA)[1:] == ["extra/Topic  (AWS::SNS::Topic)", "only in Gen 2"]


def test_long_values_stand_below_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    long = Difference("auth/club: user pool", "Text", "a" * 40, "b" * 40, Verdict.UNEXPLAINED, kind=POOL)
    assert text(long)[2:] == ["Text", f"Gen 1  {'a' * 40}", f"Gen 2  {'b' * 40}"]


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "(nothing)"), ("", '""'), ("a\x1b[1m", '"a\\u001b[1m"'), (("a", 1), '["a", 1]'), (True, "true")],
)
def test_values_are_told_so_that_nothing_hides(value: object, said: str) -> None:
    assert shown(value) == said


def test_of_long_lists_only_what_differs_is_shown() -> None:
    gen1 = tuple(f"s3:Get{number}" for number in range(9))
    one = Difference("role", "Allow[*]", gen1, (*gen1, "s3:PutObject"), Verdict.UNEXPLAINED)
    assert sides(one) == ("9 in both", '9 in both, and ["s3:PutObject"]')


def test_lists_in_another_order_are_shown_as_they_are() -> None:
    gen1 = tuple(str(number) for number in range(9))
    one = Difference("pool", "Order", gen1, gen1[::-1], Verdict.UNEXPLAINED)
    assert sides(one)[0] != sides(one)[1]
