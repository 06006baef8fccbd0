"""Rules that accept too much are refused when they are loaded, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.core.errors import RuleError
from tests.engine.made import checked

RIGHT = """\
- id: AUTH800
  name: names
  title: Names
  accept:
    - {kind: "AWS::Cognito::UserPool", attribute: UserPoolName, gen1: {present: true}, gen2: {present: false}}
  why: They are made.
  references: [https://example.com]
  examples:
    - {differs: {kind: "AWS::Cognito::UserPool", attribute: UserPoolName, gen1: a}, accepted: true}
    - {differs: {kind: "AWS::Cognito::UserPool", attribute: UserPoolName, gen1: a, gen2: b}}
"""
ATTACHED = 'kind: "AWS::Cognito::IdentityPoolRoleAttachment"'


def test_a_right_rule_is_taken(tmp_path: Path) -> None:
    assert len(checked(tmp_path, RIGHT)) == 1


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("gen2: {present: false}", "gen2: {present: true}", "both accept every value"),
        ("gen2: {present: false}", "gen2: {matches: '.*'}", "both accept every value"),
        ("gen2: {present: false}", "gen2: {not: other}", "both accept every value"),
        (
            "attribute: UserPoolName, gen1: {",
            "key: {matches: ''}, attribute: UserPoolName, gen1: {",
            "every name passes",
        ),
        ("gen1: {present: true}", "gen1: {}", "a test without a word"),
        ("gen1: {present: true}", "gen1: {presnt: true}", "gen1: unknown test 'presnt'"),
        ("gen1: {present: true}", "gen1: {matches: '['}", "no regular expression"),
        ("attribute: UserPoolName, gen1: {", "attribute: 'UserPool*', gen1: {", "no other wildcard"),
        (
            'kind: "AWS::Cognito::UserPool", attribute: UserPoolName, gen1: {',
            "kind: '*', attribute: A, gen1: {",
            "no Clo",
        ),
        (", accepted: true", "", "needs an example that is accepted and a near miss"),
        (
            '    - {differs: {kind: "AWS::Cognito::UserPool", attribute: UserPoolName, gen1: a, gen2: b}}\n',
            "",
            "near miss",
        ),
        ("  why: They are made.\n", "", "says why, and where that is documented"),
        ("  references: [https://example.com]\n", "", "says why, and where that is documented"),
        (
            "gen2: {present: false}}",
            "gen2: {present: false}, beside: {gen3: {A: b}}}",
            "`beside` has `gen1` and `gen2`",
        ),
        ("gen2: {present: false}}", "gen2: {present: false}, besides: 1}", "besides"),
        ('kind: "AWS::Cognito::UserPool"', ATTACHED, "a difference there is acknowledged by users"),
        ('kind: "AWS::Cognito::UserPool"', 'kind: "AWS::IAM::Role"', "a difference there is acknowledged by users"),
        ("  accept:\n", "  acknowledge: true\n  accept2:\n", "accept2"),
    ],
)
def test_a_rule_that_accepts_too_much_is_refused(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in RIGHT
    with pytest.raises(RuleError) as error:
        checked(tmp_path, RIGHT.replace(old, new))
    assert problem in str(error.value)
    assert str(error.value).startswith("auth.yaml:")


def test_rights_may_be_acknowledged(tmp_path: Path) -> None:
    text = RIGHT.replace('kind: "AWS::Cognito::UserPool"', 'kind: "AWS::IAM::Role"')
    assert len(checked(tmp_path, text.replace("  accept:", "  acknowledge: true\n  accept:"))) == 1
