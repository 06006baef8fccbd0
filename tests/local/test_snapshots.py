"""A snapshot is written although the state still changes, and not where it cannot be written."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from migrator.local.server import snapshots


def _failing(problems: list[Exception]) -> list[int]:
    """Tries to write while `problems` come one after the other; the attempts."""
    attempts: list[int] = []

    def write() -> None:
        attempts.append(len(attempts))
        if problems:
            raise problems.pop(0)

    snapshots._patiently(write)
    return attempts


@pytest.mark.parametrize("problem", [
    RuntimeError("dictionary changed size during iteration"),
    FileNotFoundError(errno.ENOENT, "gone"),
    OSError(0, "the state of logs was not written"),
])  # fmt: skip
def test_what_changes_while_it_is_written_is_written_again(problem: Exception) -> None:
    assert len(_failing([problem, problem])) == 3


def test_a_state_that_never_holds_still_is_not_saved() -> None:
    with pytest.raises(OSError, match="changes all the time"):
        _failing([RuntimeError("dictionary changed size during iteration")] * 9)


def test_a_full_disk_is_told_at_once() -> None:
    problems: list[Exception] = [OSError(errno.ENOSPC, "No space left on device")] * 2
    with pytest.raises(OSError, match="No space left"):
        _failing(problems)
    assert len(problems) == 1


def test_a_file_that_is_being_written_is_no_part_of_a_snapshot(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "photo.jpg").write_text("whole")
    (tmp_path / "work" / "photo2.jpg.tmp").write_text("ha")
    snapshots._link_tree(tmp_path / "work", tmp_path / "snapshot")
    assert [path.name for path in (tmp_path / "snapshot").iterdir()] == ["photo.jpg"]
