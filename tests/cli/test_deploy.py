"""`migrate deploy` on the command line: what it says when it cannot begin, and how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from migrator.cli.main import migrate
from migrator.cli.outcome import FAILED, USAGE, run
from migrator.deploy.journal import Journal
from migrator.deploy.lock import deploying
from tests.projects import ROOT

SHOP = ROOT / "sample_projects" / "shop"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of a sample's Gen 2 project: nothing may be written into the sample."""
    return Path(shutil.copytree(SHOP / "gen2", tmp_path / "gen2"))


def _said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = run(migrate, ["deploy", str(SHOP / "gen1"), *words])
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_without_a_gen_2_project_there_is_nothing_to_deploy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _said(capsys, "--gen2", str(tmp_path))
    assert code == FAILED
    assert "migrate convert" in said


def test_without_node_the_hint_says_to_install_it(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    code, said = _said(capsys, "--gen2", str(project), "--plan")
    assert code == FAILED
    assert "Node was not found" in said
    assert "nodejs.org" in said


def test_an_error_is_json_when_json_was_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _said(capsys, "--gen2", str(tmp_path), "--format", "json")
    assert code == FAILED
    assert json.loads(said)["error"]["exit"] == FAILED


def test_there_is_nothing_to_resume_before_the_first_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _said(capsys, "--gen2", str(project), "--resume")
    assert code == USAGE
    assert "leave out --resume" in said


def test_a_project_that_is_being_deployed_is_left_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with deploying(project / ".migrate" / "deploy" / "local"):
        code, said = _said(capsys, "--gen2", str(project))
    assert code == FAILED
    assert "is being deployed already" in said


def test_a_journal_of_a_later_version_is_no_traceback(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project / ".migrate" / "deploy" / "local"
    Journal(folder).begin({})
    (folder / "journal.jsonl").write_text('{"event":"begun","run":"1","at":"x","version":9}\n')
    code, said = _said(capsys, "--gen2", str(project))
    assert code == FAILED
    assert "later version" in said


def test_what_is_kept_is_not_committed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _said(capsys, "--gen2", str(project), "--resume")
    assert (project / ".migrate" / "deploy" / ".gitignore").read_text() == "*\n"


def test_an_unknown_feature_is_wrong_usage(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _said(capsys, "--gen2", str(project), "--feature", "nothing")
    assert code == USAGE
    assert "is no feature" in said


def test_a_folder_that_cannot_be_written_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / ".migrate" / "deploy").write_text("")
    code, said = _said(capsys, "--gen2", str(project))
    assert code == FAILED
    assert "cannot be written" in said
