"""States of files, and what is never overwritten."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from migrator.core.errors import ArtifactError, ConversionError
from migrator.output.write import FileChange, FileState, Kept, Options, Output, OutputFile, diff, read_manifest, write
from tests.output.disk import output, put, tree, user_tree


def only(folder: Path, files: dict[str, str | Path], **more: object) -> FileChange:
    """Writes, and gives the change of the single file."""
    (change,) = write(folder, output(files, **more)).changes
    return change


def test_a_new_file_is_created(tmp_path: Path) -> None:
    assert only(tmp_path, {"amplify/a.ts": "1\n"}).state is FileState.CREATED
    assert (tmp_path / "amplify/a.ts").read_text() == "1\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such permission")
@pytest.mark.parametrize("mode", [0o644, 0o755])
def test_a_copied_program_stays_one(tmp_path: Path, mode: int) -> None:
    program = tmp_path / "bootstrap"
    program.write_text("#!/bin/sh\n")
    program.chmod(mode)
    write(tmp_path / "gen2", output({"amplify/bootstrap": program}))
    assert os.access(tmp_path / "gen2/amplify/bootstrap", os.X_OK) is bool(mode & 0o111)


def test_the_same_content_again_is_unchanged(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n"}))
    assert only(tmp_path, {"a.ts": "1\n"}).state is FileState.UNCHANGED


def test_writing_twice_changes_no_byte_on_disk(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n", "b/c.ts": "2\n"}, features=("auth",)))
    first = tree(tmp_path)
    write(tmp_path, output({"a.ts": "1\n", "b/c.ts": "2\n"}, features=("auth",)))
    assert tree(tmp_path) == first


def test_an_unedited_file_is_updated(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n"}))
    assert only(tmp_path, {"a.ts": "2\n"}).state is FileState.UPDATED
    assert (tmp_path / "a.ts").read_text() == "2\n"


def test_an_edited_file_is_kept_in_silence_while_its_generated_content_stays(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n"}))
    put(tmp_path, {"a.ts": "mine\n"})
    assert only(tmp_path, {"a.ts": "1\n"}) == FileChange("a.ts", FileState.KEPT, Kept.EDITED, ("auth",))


def test_an_edited_file_is_kept_when_its_generated_content_changes(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n"}))
    put(tmp_path, {"a.ts": "mine\n"})
    assert only(tmp_path, {"a.ts": "2\n"}).kept is Kept.OUTDATED
    assert (tmp_path / "a.ts").read_text() == "mine\n"


def test_a_kept_file_comes_with_the_diff_that_would_have_been_applied(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n"}))
    put(tmp_path, {"a.ts": "mine\n"})
    expected = "--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-mine\n+2\n"
    assert only(tmp_path, {"a.ts": "2\n"}).diff == expected


def test_a_kept_file_is_reported_again_until_the_user_acts(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n"}))
    put(tmp_path, {"a.ts": "mine\n"})
    write(tmp_path, output({"a.ts": "2\n"}))
    assert only(tmp_path, {"a.ts": "2\n"}).pending


def test_a_file_edited_after_its_diff_was_shown_counts_as_merged_by_hand(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n"}))
    put(tmp_path, {"a.ts": "mine\n"})
    write(tmp_path, output({"a.ts": "2\n"}))
    put(tmp_path, {"a.ts": "mine and 2\n"})
    assert only(tmp_path, {"a.ts": "2\n"}).kept is Kept.EDITED


def test_a_file_merged_by_hand_is_reported_when_the_next_change_comes(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n"}))
    put(tmp_path, {"a.ts": "mine\n"})
    write(tmp_path, output({"a.ts": "2\n"}))
    put(tmp_path, {"a.ts": "mine and 2\n"})
    write(tmp_path, output({"a.ts": "2\n"}))
    assert only(tmp_path, {"a.ts": "3\n"}).kept is Kept.OUTDATED


def test_a_dry_run_does_not_count_as_showing_the_diff(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n"}))
    put(tmp_path, {"a.ts": "mine\n"})
    write(tmp_path, output({"a.ts": "2\n"}), dry_run=True)
    put(tmp_path, {"a.ts": "mine again\n"})
    assert only(tmp_path, {"a.ts": "2\n"}).pending


def test_an_edited_file_put_back_as_it_was_written_is_updated(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n"}))
    put(tmp_path, {"a.ts": "mine\n"})
    write(tmp_path, output({"a.ts": "2\n"}))
    put(tmp_path, {"a.ts": "1\n"})
    assert only(tmp_path, {"a.ts": "2\n"}).state is FileState.UPDATED


def test_a_file_of_the_users_is_never_overwritten(tmp_path: Path) -> None:
    put(tmp_path, {"a.ts": "mine\n"})
    change = only(tmp_path, {"a.ts": "1\n"})
    assert (change.kept, (tmp_path / "a.ts").read_text()) == (Kept.FOREIGN, "mine\n")


def test_a_deleted_file_is_created_again(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n"}))
    (tmp_path / "a.ts").unlink()
    assert only(tmp_path, {"a.ts": "1\n"}).state is FileState.CREATED


def test_a_merged_file_is_replaced_when_it_was_merged_from_what_is_on_disk(tmp_path: Path) -> None:
    put(tmp_path, {"package.json": "{mine}\n"})
    change = only(tmp_path, {"package.json": "{mine, ours}\n"}, based_on={"package.json": "{mine}\n"})
    assert change.state is FileState.UPDATED


def test_a_merged_file_is_kept_when_it_was_merged_from_something_else(tmp_path: Path) -> None:
    put(tmp_path, {"package.json": "{newer}\n"})
    change = only(tmp_path, {"package.json": "{mine, ours}\n"}, based_on={"package.json": "{mine}\n"})
    assert change.state is FileState.KEPT


def test_a_merged_file_is_never_removed(tmp_path: Path) -> None:
    write(tmp_path, output({"package.json": "{}\n"}, based_on={"package.json": ""}))
    write(tmp_path, output({"a.ts": "1\n"}))
    assert (tmp_path / "package.json").exists()


def test_a_file_that_is_no_longer_generated_is_removed(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n", "b/c.ts": "2\n"}))
    changes = {change.path: change.state for change in write(tmp_path, output({"a.ts": "1\n"})).changes}
    assert changes == {"a.ts": FileState.UNCHANGED, "b/c.ts": FileState.REMOVED}


def test_a_folder_that_becomes_empty_is_removed(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n", "b/c.ts": "2\n"}))
    write(tmp_path, output({"a.ts": "1\n"}))
    assert not (tmp_path / "b").exists()


def test_an_edited_file_that_is_no_longer_generated_is_kept(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n"}))
    put(tmp_path, {"a.ts": "mine\n"})
    (change,) = write(tmp_path, output({})).changes
    assert (change.kept, (tmp_path / "a.ts").read_text()) == (Kept.OBSOLETE, "mine\n")


def test_line_ends_of_a_windows_checkout_are_no_edit(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n2\n"}))
    (tmp_path / "a.ts").write_bytes(b"1\r\n2\r\n")
    assert only(tmp_path, {"a.ts": "1\n3\n"}).state is FileState.UPDATED


def test_line_ends_are_written_as_given(tmp_path: Path) -> None:
    write(tmp_path, output({"a.txt": "1\r\n2\n"}))
    assert (tmp_path / "a.txt").read_bytes() == b"1\r\n2\n"


def test_a_changed_security_rule_beneath_an_edit_is_said(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n"}, security={"a.ts": "owner reads"}))
    put(tmp_path, {"a.ts": "mine\n"})
    assert only(tmp_path, {"a.ts": "2\n"}, security={"a.ts": "nobody reads"}).security


def test_an_unchanged_security_rule_beneath_an_edit_is_not_said(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n"}, security={"a.ts": "owner reads"}))
    put(tmp_path, {"a.ts": "mine\n"})
    assert not only(tmp_path, {"a.ts": "2\n"}, security={"a.ts": "owner reads"}).security


def test_features_accumulate(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n"}, features=("auth",)))
    assert write(tmp_path, output({"a.ts": "1\n"}, features=("data",))).features == ("auth", "data")


def test_options_are_there_for_the_next_slice(tmp_path: Path) -> None:
    options = Options("dev", ("auth",), {"prod": "main"}, "abc", "sdl")
    write(tmp_path, output({"a.ts": "1\n"}, options=options))
    assert read_manifest(tmp_path).options == options


def test_the_manifest_holds_no_absolute_path(tmp_path: Path) -> None:
    put(tmp_path / "gen1", {"index.js": "x\n"})
    write(tmp_path / "out", output({"f/index.js": tmp_path / "gen1/index.js"}))
    assert str(tmp_path) not in (tmp_path / "out/.migrate/manifest.json").read_text()


def test_a_dry_run_gives_the_same_changes(tmp_path: Path) -> None:
    write(tmp_path, output({"a.ts": "1\n", "b.ts": "1\n"}))
    put(tmp_path, {"b.ts": "mine\n"})
    wanted = output({"a.ts": "2\n", "b.ts": "2\n", "c.ts": "2\n"})
    assert write(tmp_path, wanted, dry_run=True) == write(tmp_path, wanted)


def test_a_dry_run_touches_nothing(tmp_path: Path) -> None:
    write(tmp_path / "out", output({"a.ts": "1\n"}), dry_run=True)
    assert not tree(tmp_path)


def test_the_diff_shows_created_updated_removed_and_kept_files(tmp_path: Path) -> None:
    write(tmp_path, output({"edited": "1\n", "gone": "1\n", "updated": "1\n"}))
    put(tmp_path, {"edited": "mine\n"})
    text = diff(tmp_path, output({"edited": "2\n", "new": "2\n", "updated": "2\n"}))
    heads = [line for line in text.splitlines() if line.startswith(("---", "+++")) and ".migrate" not in line]
    assert heads == [
        *("--- a/edited", "+++ b/edited", "--- a/gone", "+++ /dev/null"),
        *("--- /dev/null", "+++ b/new", "--- a/updated", "+++ b/updated"),
    ]


def test_the_diff_of_a_file_without_a_last_line_end_says_so(tmp_path: Path) -> None:
    assert "+1\n\\ No newline at end of file\n" in diff(tmp_path, output({"a": "1"}))


def test_the_diff_of_a_binary_file_shows_no_bytes(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\0\xff")
    assert (
        diff(tmp_path / "out", output({"x.zip": tmp_path / "x.zip"})) == "Binary files /dev/null and b/x.zip differ\n"
    )


def test_a_folder_is_copied_without_node_modules(tmp_path: Path) -> None:
    put(tmp_path / "src", {"index.js": "x\n", "lib/a.js": "y\n", "node_modules/p/index.js": "z\n"})
    write(tmp_path / "out", output({"f": tmp_path / "src"}))
    assert {path for path in user_tree(tmp_path / "out") if not path.endswith("/")} == {"f/index.js", "f/lib/a.js"}


def test_a_link_in_a_copied_folder_that_leaves_it_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, {"src/index.js": "x\n", "secret.txt": "s\n"})
    (tmp_path / "src/link.txt").symlink_to(tmp_path / "secret.txt")
    assert write(tmp_path / "out", output({"f": tmp_path / "src"})).left_out == ("f/link.txt",)


def test_a_source_outside_the_project_is_refused(tmp_path: Path) -> None:
    put(tmp_path, {"project/x": "", "secret.txt": "s\n"})
    with pytest.raises(ConversionError, match="copied from outside the project"):
        write(tmp_path / "out", output({"a": tmp_path / "secret.txt"}, source_root=tmp_path / "project"))


@pytest.mark.parametrize("path", ["/etc/x", "../x", "a/../../x", "a//b", "C:/x", "a\\b", "", ".", ".git/hooks/x"])
def test_a_path_that_is_not_plainly_inside_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ConversionError):
        write(tmp_path, output({path: "1\n"}))


def test_a_manifest_that_names_a_path_outside_is_refused(tmp_path: Path) -> None:
    manifest = '{"schema": "migrate/manifest/1", "version": "1", "files": {"../x": {"sha256": "00"}}}'
    put(tmp_path, {".migrate/manifest.json": manifest})
    with pytest.raises(ConversionError, match="no path inside the output folder"):
        write(tmp_path, output({}))


def test_a_linked_folder_that_leaves_the_output_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/amplify").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConversionError, match="amplify is a link that leads out"):
        write(tmp_path / "out", output({"amplify/a.ts": "1\n"}))


def test_a_linked_state_folder_that_leaves_the_output_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/.migrate").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConversionError, match=r"\.migrate is a link that leads out"):
        write(tmp_path / "out", output({"a.ts": "1\n"}))


def test_a_link_inside_the_output_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    put(tmp_path, {"real.ts": "mine\n"})
    (tmp_path / "a.ts").symlink_to("real.ts")
    assert only(tmp_path, {"a.ts": "1\n"}).state is FileState.KEPT


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.ts").mkdir()
    with pytest.raises(ConversionError, match=r"a\.ts is a folder"):
        write(tmp_path, output({"a.ts": "1\n"}))


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    put(tmp_path, {"amplify": "mine\n"})
    with pytest.raises(ConversionError, match="amplify is a file"):
        write(tmp_path, output({"amplify/a.ts": "1\n"}))


def test_a_file_needed_as_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConversionError, match="a is meant to be a file"):
        write(tmp_path, output({"a": "1\n", "a/b": "1\n"}))


def test_two_contents_for_one_path_are_refused(tmp_path: Path) -> None:
    twice = Output((OutputFile("a", "1", ("auth",)), OutputFile("a", "2", ("data",))))
    with pytest.raises(ConversionError, match="two different contents"):
        write(tmp_path, twice)


def test_names_that_differ_in_case_only_are_reported(tmp_path: Path) -> None:
    (clash,) = write(tmp_path, output({"f/Echo/x.ts": "1\n", "f/echo/y.ts": "1\n"})).clashes
    assert (clash.first, clash.second) == ("f/Echo", "f/echo")


def test_a_name_that_differs_in_case_from_one_on_disk_is_reported(tmp_path: Path) -> None:
    put(tmp_path, {"Amplify.yml": "x\n"})
    assert len(write(tmp_path, output({"amplify.yml": "1\n"})).clashes) == 1


def test_names_on_disk_that_clash_with_each_other_are_not_reported(tmp_path: Path) -> None:
    put(tmp_path, {"readme": "x\n", "README": "x\n"})
    assert not write(tmp_path, output({"a.ts": "1\n"})).clashes


@pytest.mark.parametrize("text", ["{", '{"schema": "migrate/manifest/9", "version": "9"}', "<<<<<<< HEAD\n"])
def test_a_damaged_manifest_is_an_error_with_its_place(tmp_path: Path, text: str) -> None:
    put(tmp_path, {".migrate/manifest.json": text})
    with pytest.raises(ArtifactError) as caught:
        write(tmp_path, output({"a.ts": "1\n"}))
    assert str(caught.value.location) == ".migrate/manifest.json"


def test_a_file_as_output_folder_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, {"out": "x\n"})
    with pytest.raises(ConversionError, match="is a file"):
        write(tmp_path / "out", output({"a.ts": "1\n"}))


def test_the_mode_of_a_replaced_file_stays(tmp_path: Path) -> None:
    write(tmp_path, output({"run.sh": "1\n"}))
    (tmp_path / "run.sh").chmod(0o755)
    write(tmp_path, output({"run.sh": "2\n"}))
    assert (tmp_path / "run.sh").stat().st_mode & 0o777 == 0o755
