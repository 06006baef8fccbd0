"""Programs end when they should, with all they started."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from migrator.node.environment import checking_environment, installing_environment
from migrator.node.process import Processes

SLEEP = "import time; time.sleep(60)"
PARENT = f"""
import subprocess, sys, pathlib
child = subprocess.Popen([sys.executable, '-c', {SLEEP!r}])
pathlib.Path('child').write_text(str(child.pid))
"""


def is_alive(pid: int) -> bool:
    """Whether a process runs (one that ended but was not collected yet does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def ends(pid: int) -> bool:
    """Whether a killed process is gone after the moment that the system may take."""
    for _ in range(200):
        if not is_alive(pid):
            return True
        time.sleep(0.01)
    return False


def run(code: str, folder: Path, limit: float = 30.0) -> tuple[int | None, str, str]:
    with Processes() as processes:
        environment = checking_environment(folder)
        outcome = processes.run((sys.executable, "-c", code), folder=folder, environment=environment, limit=limit)
    return outcome.code, outcome.out, outcome.err


def test_output_and_exit_code_are_kept(tmp_path: Path) -> None:
    code = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"
    assert run(code, tmp_path) == (3, "out\n", "err\n")


def test_a_program_is_stopped_at_its_time_limit(tmp_path: Path) -> None:
    assert run(SLEEP, tmp_path, limit=0.3)[0] is None


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
def test_what_a_stopped_program_started_is_stopped_too(tmp_path: Path) -> None:
    run(PARENT + SLEEP, tmp_path, limit=2.0)
    assert ends(int((tmp_path / "child").read_text()))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
def test_what_a_finished_program_left_running_is_stopped(tmp_path: Path) -> None:
    run(PARENT, tmp_path)
    assert ends(int((tmp_path / "child").read_text()))


def test_checks_see_no_credentials_and_no_tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_PROFILE", "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "NPM_TOKEN", "NODE_OPTIONS"):
        monkeypatch.setenv(name, "private")
    assert "private" not in checking_environment(tmp_path).values()


def test_checks_get_an_empty_home_folder(tmp_path: Path) -> None:
    assert checking_environment(tmp_path)["HOME"] == str(tmp_path)


def test_installations_keep_the_users_npm_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("npm_config_registry", "https://registry.example.com/")
    assert installing_environment()["npm_config_registry"] == "https://registry.example.com/"


def test_installations_see_no_aws_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "private")
    assert "AWS_SECRET_ACCESS_KEY" not in installing_environment()


def test_the_search_path_reaches_programs(tmp_path: Path) -> None:
    assert run("import os; print(os.environ['PATH'])", tmp_path)[1].strip() == os.environ["PATH"]
