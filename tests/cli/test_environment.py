"""Which environment is read when none is named: asked for at a terminal, never guessed elsewhere."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import ROOT, gen1_project, migrate


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two environments, none of them checked out."""
    root = gen1_project(tmp_path / "app")
    team = {env: {"awscloudformation": {"StackName": f"amplify-app-{env}"}} for env in ("dev", "prod")}
    (root / "amplify/team-provider-info.json").write_text(json.dumps(team))
    return root


def at_a_terminal(answer: str, *arguments: str | Path) -> tuple[int, str]:
    """The exit code and standard output of a run whose questions somebody answers."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "migrator", *map(str, arguments)]
    run = subprocess.Popen(command, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    os.close(theirs)
    os.write(ours, f"{answer}\n".encode())
    out, _ = run.communicate(timeout=120)
    os.close(ours)
    return run.returncode, out


def test_convert_without_a_terminal_is_wrong_usage_with_the_list(project: Path, tmp_path: Path) -> None:
    done = migrate("convert", project, "--out", tmp_path / "gen2")
    assert done.returncode == 2
    assert "it has dev, prod" in done.stderr


def test_convert_asks_at_a_terminal(project: Path, tmp_path: Path) -> None:
    code, _ = at_a_terminal("prod", "convert", project, "--out", tmp_path / "gen2")
    assert code == 0
    manifest = json.loads((tmp_path / "gen2/.migrate/manifest.json").read_text())
    assert manifest["options"]["env"] == "prod"


def test_scan_asks_at_a_terminal(project: Path) -> None:
    _, out = at_a_terminal("prod", "scan", project, "--format", "json")
    assert json.loads(out)["project"]["env"] == "prod"


def test_scan_without_a_terminal_leaves_open_what_differs_and_says_so(project: Path) -> None:
    done = migrate("scan", project, "--format", "json")
    found = json.loads(done.stdout)
    assert found["project"]["env"] is None
    assert [f["severity"] for f in found["findings"] if f["rule"] == "GEN017"] == ["warning"]


def test_the_environment_that_is_checked_out_is_read(project: Path) -> None:
    (project / "amplify/.config").mkdir()
    (project / "amplify/.config/local-env-info.json").write_text(json.dumps({"envName": "prod"}))
    found = json.loads(migrate("scan", project, "--format", "json").stdout)
    assert found["project"]["env"] == "prod"
