"""`migrate local`, as a user sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from migrator.cli.main import migrate
from migrator.cli.outcome import run
from migrator.commands.local import state_folder
from migrator.local.environment import environment_installed
from migrator.local.packages import packages_installed


def test_the_state_lies_in_the_gen2_project(tmp_path: Path) -> None:
    assert state_folder(None, tmp_path) == tmp_path / ".migrate/local"
    (tmp_path / "gen2/amplify").mkdir(parents=True)
    assert state_folder(None, tmp_path) == tmp_path / "gen2/.migrate/local"
    assert state_folder(tmp_path / "other", tmp_path) == tmp_path / "other"


def test_nothing_runs_at_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(migrate, ["local", "status", "--state", str(tmp_path)]) == 1
    assert "Start one with `migrate local start`." in capsys.readouterr().out
    assert run(migrate, ["local", "stop", "--state", str(tmp_path)]) == 0
    assert "No local AWS runs" in capsys.readouterr().err


def test_nothing_is_thrown_away_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(migrate, ["local", "reset", "--state", str(tmp_path)]) == 2
    assert "--yes" in capsys.readouterr().err


@pytest.mark.local
@pytest.mark.node
def test_start_status_stop_reset(tmp_path: Path, capsys: pytest.CaptureFixture[str], node_tools: None) -> None:
    if not (environment_installed() and packages_installed()):
        pytest.skip("needs the local AWS: python -m migrator.local")
    state = ["--state", str(tmp_path / "state")]
    try:
        assert run(migrate, ["local", "start", *state, "-q", "--format", "json"]) == 0
        started = json.loads(capsys.readouterr().out)
        assert started["environment"]["AWS_ENDPOINT_URL"] == started["endpoint"]
        assert run(migrate, ["local", "status", *state]) == 0
        assert started["endpoint"] in capsys.readouterr().out
        assert run(migrate, ["local", "start", *state, "--port", "1"]) == 3
        assert "runs on port" in capsys.readouterr().err
    finally:
        assert run(migrate, ["local", "stop", *state]) == 0
    assert run(migrate, ["local", "status", *state]) == 1
    assert run(migrate, ["local", "reset", *state, "--yes"]) == 0
