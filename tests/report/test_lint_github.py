"""Lint as annotations of GitHub workflows."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.commands.lint import lint
from migrator.report.lint_github import lint_github


def annotations(folder: Path) -> list[str]:
    return lint_github(lint((folder,))).splitlines()


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


def test_an_annotation_has_its_place_and_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_text("cd x && amplify push --yes\n")
    first = annotations(tmp_path)[0]
    assert first.startswith("::error file=a.sh,line=1,col=9,endLine=1,endColumn=20,title=CI010 (migrate lint)::")
    assert "%0AGen 2: " in first


def test_severities_are_those_of_github(tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_text("amplify push\namplify status\n")
    (tmp_path / "README.md").write_text("`amplify status`\n")
    words = [line.split(" ")[0] for line in annotations(tmp_path)[:-1]]
    assert words == ["::notice", "::error", "::warning"]


def test_signs_that_mean_something_are_escaped(tmp_path: Path) -> None:
    (tmp_path / "a,b:c%.sh").write_text("amplify push\n")
    assert "file=a%2Cb%3Ac%25.sh," in annotations(tmp_path)[0]


def test_paths_start_from_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app/a.sh").write_text("amplify push\n")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert "file=app/a.sh," in annotations(tmp_path / "app")[0]


def test_the_last_line_counts(tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_text("amplify push\n")
    assert annotations(tmp_path)[-1] == "1 finding (1 error) in 1 file; 1 file looked at."
