"""Lint as text: by file, with the line and a caret."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.commands.lint import lint
from migrator.report.excerpt import clipped, shown
from migrator.report.lint_text import lint_text


def text(folder: Path) -> list[str]:
    return lint_text(lint((folder,)), plain=True).splitlines()


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def test_the_caret_stands_below_the_finding(tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_text("\tcd app && amplify push --yes\n")
    lines = text(tmp_path)
    at = lines.index("    cd app && amplify push --yes")
    assert lines[at + 1] == "              ^^^^^^^^^^^^"


def test_findings_stand_below_their_file(tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_text("amplify push\namplify pull\n")
    lines = text(tmp_path)
    assert lines[0] == "a.sh"
    assert [line[:18] for line in lines if " error " in line] == ["  1:1 error CI010 ", "  2:1 error CI013 "]


def test_the_last_lines_count(tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_text("amplify push\namplify status\n")
    assert text(tmp_path)[-2:] == [
        "2 findings (1 error, 1 warning) in 1 file; 1 file looked at.",
        "`migrate explain CI010` says more about a rule.",
    ]


def test_what_was_not_looked_at_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_bytes(b"amplify push\0")
    assert text(tmp_path)[0] == "not looked at: a.sh: binary"


def test_a_long_line_is_cut_around_the_finding() -> None:
    line = "x" * 500 + " amplify push " + "y" * 500
    part, start, end = clipped(line, 501, 513, 60)
    assert (len(part), part[start:end]) == (60, "amplify push")


def test_a_finding_that_is_longer_than_the_line_is_cut() -> None:
    part, start, end = clipped("  " + "z" * 200, 2, 202, 60)
    assert (len(part), start, end) == (60, 0, 60)


def test_a_secret_is_hidden_and_the_columns_stay() -> None:
    line = 'export API_KEY="da2-abcdefghijklmnopqrstuvwxyz" && amplify push'
    assert shown(line) == line.replace("da2-abcdefghijklmnopqrstuvwxyz", "*" * 30)


def test_a_line_without_secrets_stays() -> None:
    line = "REGION=eu-west-1 amplify pull --appId d1a2b3c4d5e6f7 --envName dev"
    assert shown(line) == line
