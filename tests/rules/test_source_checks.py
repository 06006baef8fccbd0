"""Rules about source code that are wrong are refused, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.commands.rulebook import check_folder
from migrator.core.errors import RuleError

RIGHT = """\
category: pipelines
documentation: https://example.com
rules:
  - id: CI999
    name: own
    title: Own
    node: Command
    when: {verb: push}
    report:
      - {severity: error, message: "{said}"}
    examples:
      - {shell: ls, report: false}
      - {shell: amplify push, report: true}
"""


def check(folder: Path, text: str) -> None:
    (folder / "own.yaml").write_text(text)
    check_folder(folder)


def test_a_right_rule_is_taken(tmp_path: Path) -> None:
    check(tmp_path, RIGHT)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("node: Command", "node: Comand", "unknown node 'Comand'; pipelines has Command"),
        ("{verb: push}", "{verbs: push}", "Command has no attribute 'verbs'"),
        ("{verb: push}", "{place: builds}", "place: 'builds' is none of build, documentation"),
        ("{verb: push}", "{linked: {to: function}}", "'linked' is for rules about resources"),
        ("{verb: push}", "{option: {schema: sdl}}", "'option' is for rules about resources"),
        ("{verb: push}", "{check: own}", "pipelines has no check 'own'"),
        ("severity: error", "severity: gap", "unknown severity 'gap'"),
        ('"{said}"', '"{says}"', "Command has no attribute 'says'"),
        ('"{said}"', '"{said}", claims: [verb]', "claims nothing"),
        ("    report:", "    support: native\n    report:", "has `report` and neither"),
        ("{shell: ls, report: false}", "{gen1: {verb: add}}", "a piece of source code under one of javascript"),
        (
            "{shell: ls, report: false}",
            "{shell: amplify push, report: true}",
            "that is reported and one that is not",
        ),
        ("{shell: ls, report: false}", "{cobol: ls, report: false}", "cobol"),
        ("CI999", "JS999", "the id must be CI and three digits"),
    ],
)
def test_a_wrong_rule_is_refused(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in RIGHT
    with pytest.raises(RuleError) as error:
        check(tmp_path, RIGHT.replace(old, new, 1))
    assert problem in str(error.value)
    assert str(error.value).startswith("own.yaml:")


def test_a_rule_about_resources_has_no_source_code(tmp_path: Path) -> None:
    text = """\
category: storage
documentation: https://example.com
rules:
  - id: STO999
    name: own
    title: Own
    node: Bucket
    report:
      - {severity: info, message: Own}
    examples:
      - {shell: ls}
"""
    with pytest.raises(RuleError, match="storage is about resources"):
        check(tmp_path, text)
