"""`migrate deploy` from the command line to the local AWS: one feature of a sample, then again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from migrator.cli.main import migrate
from migrator.cli.outcome import OK, run
from tests.projects import ROOT

pytestmark = [pytest.mark.local, pytest.mark.node]

SAMPLE = ROOT / "sample_projects" / "notes-legacy" / "gen1"


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".migrate" not in path.parts
    }


def _deploy(gen2: Path, *words: str) -> tuple[str, ...]:
    return ("deploy", str(SAMPLE), "--gen2", str(gen2), "--feature", "auth", "--run-functions", *words)


@pytest.fixture(scope="module")
def gen2(local_tools: None, pinned_packages: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample converted, and its first feature deployed."""
    folder = tmp_path_factory.mktemp("deployed") / "gen2"
    assert run(migrate, ["convert", str(SAMPLE), "--out", str(folder), "--no-proof", "-q"]) == OK
    before = _files(folder)
    report = folder.parent / "report.json"
    code = run(migrate, _deploy(folder, "--format", "json", "--output", str(report)))
    assert code == OK, report.read_text()
    assert _files(folder) == before  # nothing of the user's project was touched
    return folder


def _report(gen2: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((gen2.parent / "report.json").read_text())
    return found


def test_the_feature_that_was_named_is_deployed(gen2: Path) -> None:
    assert _report(gen2)["features"] == ["auth"]


def test_every_step_is_done(gen2: Path) -> None:
    steps = _report(gen2)["steps"]
    assert isinstance(steps, list)
    assert {step["status"] for step in steps} == {"done"}


def test_the_outputs_are_complete(gen2: Path) -> None:
    outputs = json.loads((gen2 / ".migrate" / "deploy" / "local" / "amplify_outputs.json").read_text())
    assert {"user_pool_id", "user_pool_client_id", "identity_pool_id"} <= set(outputs["auth"])


def test_a_plan_afterwards_changes_nothing_and_starts_nothing(gen2: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(migrate, _deploy(gen2, "--plan", "-q")) == OK
    assert "1. update: no change" in capsys.readouterr().out
    assert not (gen2 / ".migrate" / "local" / "server.json").exists()


def test_there_is_nothing_to_go_on_with_afterwards(gen2: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(migrate, _deploy(gen2, "--resume", "-q")) == OK
    assert "was finished" in capsys.readouterr().err
