"""One deployer at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from migrator.core.errors import DeployError
from migrator.deploy.lock import LOCK, deploying

_HOLD = """
import sys, pathlib
from migrator.deploy.lock import deploying
with deploying(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def _holder(folder: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream:
            stream.close()


def test_a_lock_can_be_taken_again(tmp_path: Path) -> None:
    with deploying(tmp_path):
        pass
    with deploying(tmp_path) as lock:
        assert lock.left_by is None


def test_a_second_process_is_told_who_deploys(tmp_path: Path) -> None:
    process = _holder(tmp_path)
    try:
        with pytest.raises(DeployError, match=f"process {process.pid} on"), deploying(tmp_path):
            pass
    finally:
        _ended(process)


def test_the_lock_of_a_killed_process_is_taken_and_told_of(tmp_path: Path) -> None:
    process = _holder(tmp_path)
    _ended(process)
    with deploying(tmp_path) as lock:
        assert lock.left_by is not None
        assert lock.left_by.pid == process.pid


def test_an_error_gives_the_lock_back(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x"), deploying(tmp_path):
        raise ValueError("x")
    with deploying(tmp_path) as lock:
        assert lock.left_by is None


def test_half_a_name_in_the_file_is_nobody(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text('{"pid": 1')
    with deploying(tmp_path) as lock:
        assert lock.left_by is None


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeployError, match="cannot be written"), deploying(tmp_path / "file" / "below"):
        pass
