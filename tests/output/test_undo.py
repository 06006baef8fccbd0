"""Undo, failures in the middle, and crashes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.core.errors import ConversionError
from migrator.output.write import Move, undo, write
from tests.output.disk import output, put, tree, user_tree

names = st.sampled_from(("a.ts", "b.ts", "amplify/c.ts", "amplify/auth/d.ts", "amplify/data/e.ts", "f/g/h.txt"))
folders = st.dictionaries(names, st.sampled_from(("", "1\n", "2\r\n", "drei ü\n")), max_size=5)
edits = st.dictionaries(names, st.sampled_from((None, "mine\n")), max_size=3)


def edit(folder: Path, changes: Mapping[str, str | None]) -> None:
    for path, content in changes.items():
        if content is not None:
            put(folder, {path: content})
        elif (folder / path).exists():
            (folder / path).unlink()


@settings(max_examples=60, deadline=None)
@given(folders, folders, edits, folders)
def test_undo_brings_back_every_byte(
    own: dict[str, str], first: dict[str, str], changes: Mapping[str, str | None], second: dict[str, str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        put(folder, own)
        write(folder, output(first))
        edit(folder, changes)
        before = tree(folder)
        write(folder, output(second))
        if tree(folder) != before:
            undo(folder)
        after = {path: content for path, content in tree(folder).items() if content is not None}
        assert after == {path: content for path, content in before.items() if content is not None}


@settings(max_examples=60, deadline=None)
@given(folders, edits, folders)
def test_no_edit_is_ever_overwritten(
    first: dict[str, str], changes: Mapping[str, str | None], second: dict[str, str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, output(first))
        edit(folder, changes)
        write(folder, output(second))
        mine = {path for path, content in changes.items() if content is not None}
        assert all((folder / path).read_text() == "mine\n" for path in mine)


@settings(max_examples=40, deadline=None)
@given(folders, st.lists(folders, min_size=1, max_size=5))
def test_five_runs_undo_one_after_the_other(own: dict[str, str], runs: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        put(folder, own)
        states = []
        for index, files in enumerate(runs):
            states.append(user_tree(folder))
            write(folder, output({**files, "counter": f"{index}\n"}))
        for state in reversed(states):
            undo(folder)
            assert {p: c for p, c in user_tree(folder).items() if c is not None} == {
                p: c for p, c in state.items() if c is not None
            }


def test_undoing_the_first_run_leaves_no_trace(tmp_path: Path) -> None:
    write(tmp_path / "gen2", output({"amplify/a.ts": "1\n"}))
    undo(tmp_path / "gen2")
    assert not tree(tmp_path)


def test_undo_says_what_it_did(tmp_path: Path) -> None:
    write(tmp_path, output({"a": "1\n"}))
    write(tmp_path, output({"a": "2\n", "b": "2\n"}))
    undone = undo(tmp_path)
    assert (undone.restored, undone.removed) == (("a",), ("b",))


def test_undo_brings_back_a_removed_file(tmp_path: Path) -> None:
    write(tmp_path, output({"a": "1\n", "b/c": "1\n"}))
    write(tmp_path, output({"a": "1\n"}))
    undo(tmp_path)
    assert (tmp_path / "b/c").read_text() == "1\n"


def test_undo_refuses_when_a_file_was_edited_and_names_it(tmp_path: Path) -> None:
    write(tmp_path, output({"a": "1\n", "b": "1\n"}))
    put(tmp_path, {"b": "mine\n"})
    with pytest.raises(ConversionError, match=r"last run: b$"):
        undo(tmp_path)


def test_a_refused_undo_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, output({"a": "1\n", "b": "1\n"}))
    put(tmp_path, {"b": "mine\n"})
    before = tree(tmp_path)
    with pytest.raises(ConversionError):
        undo(tmp_path)
    assert tree(tmp_path) == before


def test_undo_leaves_files_of_the_users_alone(tmp_path: Path) -> None:
    write(tmp_path, output({"amplify/a": "1\n"}))
    put(tmp_path, {"amplify/mine": "x\n"})
    undo(tmp_path)
    assert user_tree(tmp_path) == {"amplify/": None, "amplify/mine": b"x\n"}


def test_nothing_to_undo_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConversionError, match="nothing to undo"):
        undo(tmp_path)


def test_a_run_that_changes_nothing_leaves_no_journal(tmp_path: Path) -> None:
    write(tmp_path, output({"a": "1\n"}))
    write(tmp_path, output({"a": "1\n"}))
    undo(tmp_path)
    assert not tree(tmp_path)


def test_only_the_last_five_runs_are_kept(tmp_path: Path) -> None:
    for number in range(7):
        write(tmp_path, output({"a": f"{number}\n"}))
    assert len(list((tmp_path / ".migrate/undo").iterdir())) == 5


def test_journals_are_not_committed(tmp_path: Path) -> None:
    write(tmp_path, output({"a": "1\n"}))
    assert (tmp_path / ".migrate/.gitignore").read_text() == "undo/\n"


def test_a_source_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, output({"a": "1\n"}))
    before = tree(tmp_path)
    with pytest.raises(ConversionError, match="z cannot be copied"):
        write(tmp_path, output({"a": "2\n", "z": tmp_path / "missing"}))
    assert tree(tmp_path) == before


def test_a_failure_in_the_middle_brings_back_what_was_there(tmp_path: Path) -> None:
    put(tmp_path, {"b/mine": "x\n"})
    write(tmp_path, output({"a": "1\n", "c": "1\n", "d": "1\n"}))
    before = tree(tmp_path)

    def stop(path: str) -> None:
        if path == "d":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, output({"a": "2\n", "b/new": "2\n", "d": "2\n"}), progress=stop)
    assert tree(tmp_path) == before


def test_a_source_that_vanishes_while_staging_changes_nothing(tmp_path: Path) -> None:
    class Vanishing(type(tmp_path)):  # type: ignore[misc]
        reads = 0

        def read_bytes(self) -> bytes:
            content: bytes = super().read_bytes()
            self.unlink()
            return content

    put(tmp_path, {"source": "x\n"})
    with pytest.raises(ConversionError, match="could not be written"):
        write(tmp_path / "out", output({"a": "1\n", "b": Vanishing(tmp_path / "source")}))
    assert not tree(tmp_path)


def test_a_file_edited_while_writing_is_not_overwritten(tmp_path: Path) -> None:
    write(tmp_path, output({"a": "1\n", "b": "1\n"}))

    def interfere(path: str) -> None:
        if path == "a":
            put(tmp_path, {"b": "mine\n"})

    with pytest.raises(ConversionError, match="b was changed by something else"):
        write(tmp_path, output({"a": "2\n", "b": "2\n"}), progress=interfere)
    assert {path: (tmp_path / path).read_text() for path in "ab"} == {"a": "1\n", "b": "mine\n"}


CRASH = """
import os, sys
from pathlib import Path
from migrator.output.write import Output, OutputFile, write
def crash(path):
    if path == "d":
        os._exit(9)
files = tuple(OutputFile(p, "2\\n", ("auth",)) for p in ("a", "b/new", "d"))
write(Path(sys.argv[1]), Output(files), progress=crash)
"""


def crashed(folder: Path) -> None:
    """A process that dies after some files are in place."""
    assert subprocess.run([sys.executable, "-c", CRASH, str(folder)], check=False).returncode == 9


def test_a_crash_leaves_old_or_new_files_and_undo_brings_back_the_old_ones(tmp_path: Path) -> None:
    write(tmp_path, output({"a": "1\n", "d": "1\n"}))
    before = tree(tmp_path)
    crashed(tmp_path)
    assert (tmp_path / "a").read_text() == "2\n"
    undo(tmp_path)
    assert tree(tmp_path) == before


def test_the_run_after_a_crash_starts_from_the_old_files(tmp_path: Path) -> None:
    write(tmp_path, output({"a": "1\n", "d": "1\n"}))
    crashed(tmp_path)
    assert write(tmp_path, output({"a": "1\n", "d": "1\n"})).recovered
    assert (tmp_path / "a").read_text() == "1\n"


def test_an_edit_made_after_a_crash_survives(tmp_path: Path) -> None:
    write(tmp_path, output({"a": "1\n", "d": "1\n"}))
    crashed(tmp_path)
    put(tmp_path, {"a": "mine\n"})
    undo(tmp_path)
    assert (tmp_path / "a").read_text() == "mine\n"


def test_a_journal_that_names_a_path_outside_is_refused(tmp_path: Path) -> None:
    journal = '{"steps": [{"path": "../victim", "before": null, "after": "00"}], "schema": "migrate/undo/1"}'
    put(tmp_path, {"out/.migrate/undo/0001/pending.json": journal})
    with pytest.raises(ConversionError, match="no path inside"):
        undo(tmp_path / "out")


def test_a_damaged_journal_is_an_error_with_its_place(tmp_path: Path) -> None:
    put(tmp_path, {".migrate/undo/0001/journal.json": "{"})
    with pytest.raises(ConversionError) as caught:
        undo(tmp_path)
    assert str(caught.value.location) == ".migrate/undo/0001/journal.json"


def test_a_moved_folder_makes_room_for_new_files_of_the_same_name(tmp_path: Path) -> None:
    put(tmp_path, {"amplify/cli.json": "gen1\n"})
    write(tmp_path, output({"amplify/cli.json": "gen2\n"}, moves=(Move("amplify", "amplify-gen1"),)))
    texts = [(tmp_path / path).read_text() for path in ("amplify-gen1/cli.json", "amplify/cli.json")]
    assert texts == ["gen1\n", "gen2\n"]


def test_undo_moves_a_folder_back(tmp_path: Path) -> None:
    put(tmp_path, {"amplify/cli.json": "gen1\n"})
    before = tree(tmp_path)
    write(tmp_path, output({"amplify/a.ts": "gen2\n"}, moves=(Move("amplify", "amplify-gen1"),)))
    undo(tmp_path)
    assert tree(tmp_path) == before


def test_undo_refuses_to_move_a_folder_back_over_files_of_the_users(tmp_path: Path) -> None:
    put(tmp_path, {"amplify/cli.json": "gen1\n"})
    write(tmp_path, output({"amplify/a.ts": "gen2\n"}, moves=(Move("amplify", "amplify-gen1"),)))
    put(tmp_path, {"amplify/mine.ts": "x\n"})
    with pytest.raises(ConversionError, match=r"amplify/mine\.ts"):
        undo(tmp_path)
