"""The journal survives whatever ends the process that writes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.core.errors import DeployError
from migrator.deploy.journal import JOURNAL, Journal


def _begun(folder: Path) -> Journal:
    journal = Journal(folder)
    journal.begin({"features": ["auth"]})
    return journal


def test_there_is_no_run_before_the_first(tmp_path: Path) -> None:
    assert Journal(tmp_path).last() is None


def test_a_run_remembers_what_was_asked_for(tmp_path: Path) -> None:
    _begun(tmp_path)
    run = Journal(tmp_path).last()
    assert run is not None
    assert run.request == {"features": ["auth"]}


def test_a_step_is_done_when_its_end_was_written(tmp_path: Path) -> None:
    journal = _begun(tmp_path)
    journal.started("deploy auth")
    journal.done("deploy auth", 1.5, "abc")
    run = journal.last()
    assert run is not None
    assert run.done == {"deploy auth": "abc"}


def test_a_step_that_was_begun_only_is_broken(tmp_path: Path) -> None:
    journal = _begun(tmp_path)
    journal.started("deploy auth")
    run = journal.last()
    assert run is not None
    assert (run.done, run.broken, run.finished) == ({}, "deploy auth", False)


def test_a_step_that_is_begun_again_is_not_done(tmp_path: Path) -> None:
    journal = _begun(tmp_path)
    journal.done("deploy auth", 1, "abc")
    journal.started("deploy auth")
    run = journal.last()
    assert run is not None
    assert run.done == {}


def test_a_run_that_ended_with_a_reason_is_not_finished(tmp_path: Path) -> None:
    journal = _begun(tmp_path)
    journal.ended("deploy auth: no")
    run = journal.last()
    assert run is not None
    assert not run.finished


def test_a_run_is_finished_when_it_ended_well(tmp_path: Path) -> None:
    journal = _begun(tmp_path)
    journal.ended()
    run = journal.last()
    assert run is not None
    assert run.finished


def test_the_last_run_counts(tmp_path: Path) -> None:
    _begun(tmp_path).ended()
    _begun(tmp_path)
    run = Journal(tmp_path).last()
    assert run is not None
    assert not run.finished


@given(cut=st.integers(min_value=1, max_value=60))
def test_a_line_that_was_cut_off_counts_as_not_written(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    folder = tmp_path_factory.mktemp("journal")
    journal = _begun(folder)
    journal.started("deploy auth")
    journal.done("deploy auth", 1, "abc")
    path = folder / JOURNAL
    path.write_bytes(path.read_bytes()[:-cut])
    run = Journal(folder).last()
    assert run is not None
    assert run.done == ({"deploy auth": "abc"} if cut == 1 else {})


def test_after_a_line_that_was_cut_off_writing_goes_on(tmp_path: Path) -> None:
    journal = _begun(tmp_path)
    path = tmp_path / JOURNAL
    path.write_bytes(path.read_bytes() + b'{"event":"star')
    journal.started("deploy auth")
    run = journal.last()
    assert run is not None
    assert run.broken == "deploy auth"


def test_a_journal_of_a_later_version_is_not_guessed_at(tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_text('{"event":"begun","run":"1","at":"x","version":2}\n')
    with pytest.raises(DeployError, match="later version"):
        Journal(tmp_path).last()


def test_lines_with_words_of_later_versions_are_not_guessed_at(tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_text('{"event":"paused","run":"1","at":"x","version":7}\n')
    with pytest.raises(DeployError, match="later version"):
        Journal(tmp_path).last()


def test_a_journal_that_cannot_be_written_stops_everything(tmp_path: Path) -> None:
    (tmp_path / JOURNAL).mkdir()
    with pytest.raises(DeployError, match="cannot be written"):
        Journal(tmp_path).begin({})


def test_a_full_disk_stops_everything() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    journal = Journal(Path("/dev"))
    journal.path = Path("/dev/full")
    with pytest.raises(DeployError, match="No space left"):
        journal.begin({})
