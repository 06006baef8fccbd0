"""The baseline of lint only shrinks, unless it is told to grow."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.commands.baseline import fresh, read_baseline, updated, write_baseline
from migrator.commands.lint import Lint, lint
from migrator.core.errors import ProjectError

PUSH, PULL = "amplify push\n", "amplify pull\n"


def linted(folder: Path, text: str) -> Lint:
    (folder / "a.sh").write_text(text)
    return lint((folder / "a.sh",))


def test_a_new_baseline_holds_everything(tmp_path: Path) -> None:
    assert len(updated(linted(tmp_path, PUSH + PULL).flags, None, grow=False).findings) == 2


def test_what_is_known_is_not_fresh(tmp_path: Path) -> None:
    baseline = updated(linted(tmp_path, PUSH).flags, None, grow=False)
    assert [f.finding.rule for f in fresh(linted(tmp_path, PUSH + PULL).flags, baseline)] == ["CI013"]


def test_a_known_line_that_moved_is_still_known(tmp_path: Path) -> None:
    baseline = updated(linted(tmp_path, PUSH).flags, None, grow=False)
    assert fresh(linted(tmp_path, "set -e\n\n" + PUSH).flags, baseline) == ()


def test_a_second_equal_line_is_fresh(tmp_path: Path) -> None:
    baseline = updated(linted(tmp_path, PUSH).flags, None, grow=False)
    assert len(fresh(linted(tmp_path, PUSH * 2).flags, baseline)) == 1


def test_it_shrinks_by_what_is_gone_and_takes_nothing_in(tmp_path: Path) -> None:
    baseline = updated(linted(tmp_path, PUSH * 2).flags, None, grow=False)
    smaller = updated(linted(tmp_path, PUSH + PULL).flags, baseline, grow=False)
    assert [known.rule for known in smaller.findings] == ["CI010"]


def test_it_grows_when_it_is_told_to(tmp_path: Path) -> None:
    baseline = updated(linted(tmp_path, PUSH).flags, None, grow=False)
    larger = updated(linted(tmp_path, PUSH + PULL).flags, baseline, grow=True)
    assert [known.rule for known in larger.findings] == ["CI010", "CI013"]


def test_it_is_read_as_it_is_written(tmp_path: Path) -> None:
    baseline = updated(linted(tmp_path, PUSH + PULL).flags, None, grow=False)
    write_baseline(tmp_path / "b.json", baseline)
    assert read_baseline(tmp_path / "b.json") == baseline


def test_an_empty_one_is_read_as_it_is_written(tmp_path: Path) -> None:
    baseline = updated((), None, grow=False)
    write_baseline(tmp_path / "b.json", baseline)
    assert read_baseline(tmp_path / "b.json") == baseline


def test_where_there_is_none_there_is_none(tmp_path: Path) -> None:
    assert read_baseline(tmp_path / "b.json") is None


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": "other/1"}', '{"schema": "migrate/lint-baseline/1", "x": 1}'])
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text)
    with pytest.raises(ProjectError, match=r"b\.json"):
        read_baseline(tmp_path / "b.json")
