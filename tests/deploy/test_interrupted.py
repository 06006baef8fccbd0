"""A deployment that is killed at any point is taken up again, and ends as one that nobody disturbed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from migrator.deploy.journal import JOURNAL, Journal
from tests.deploy.driver import state, target
from tests.projects import ROOT

pytestmark = pytest.mark.local

POINTS = [(lines, 0.0) for lines in (*range(1, 13), 14, 16, 20, 24)] + [(2, 0.15), (10, 0.15), (10, 0.6), (18, 0.2)]
"""Lines of the journal, and seconds after the last of them."""


def _run(folder: Path, how: str) -> subprocess.Popen[bytes]:
    command = (sys.executable, "-m", "tests.deploy.driver", str(folder), how)
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def _lines(folder: Path) -> int:
    path = folder / JOURNAL
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _killed(folder: Path, lines: int, delay: float) -> None:
    process = _run(folder, "run")
    end = time.monotonic() + 120
    while _lines(folder) < lines and process.poll() is None and time.monotonic() < end:
        time.sleep(0.002)
    time.sleep(delay)
    process.kill()
    process.communicate()


def _finished(folder: Path, how: str) -> dict[str, Any]:
    process = _run(folder, how)
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 0, said.decode()
    place = target(folder)
    with place.opened(lambda line: None):
        return state(place)


@pytest.fixture(scope="module")
def undisturbed(local_tools: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return _finished(tmp_path_factory.mktemp("undisturbed"), "run")


@pytest.mark.parametrize(("lines", "delay"), POINTS)
def test_a_killed_deployment_ends_like_one_that_was_not(
    tmp_path: Path, undisturbed: dict[str, Any], lines: int, delay: float
) -> None:
    _killed(tmp_path, lines, delay)
    assert _finished(tmp_path, "resume") == undisturbed
    run = Journal(tmp_path).last()
    assert run is not None
    assert run.finished
