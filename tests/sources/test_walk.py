"""Which files of a repository are looked at."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from migrator.sources.walk import Walk, is_generated


def write(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return folder


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(("git", "-C", str(folder), *arguments), check=True, capture_output=True)


def listed(root: Path, *paths: Path) -> list[str]:
    return list(Walk(root).files(paths or (root,)))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet")
    return tmp_path


def test_ignored_files_are_not_looked_at(repository: Path) -> None:
    write(repository, "a.js", "secret/b.js")
    (repository / ".gitignore").write_text("secret/\n")
    assert listed(repository) == [".gitignore", "a.js"]


def test_tracked_files_are_looked_at_although_they_are_ignored(repository: Path) -> None:
    write(repository, "a.js")
    git(repository, "add", "a.js")
    (repository / ".git/info/exclude").write_text("a.js\n")
    assert listed(repository) == ["a.js"]


def test_ignore_files_count_outside_a_repository_too(tmp_path: Path) -> None:
    write(tmp_path, "a.js", "out/b.js")
    (tmp_path / ".gitignore").write_text("out\n")
    assert listed(tmp_path) == [".gitignore", "a.js"]


def test_a_folder_that_its_repository_ignores_is_looked_at_when_it_is_named(repository: Path) -> None:
    write(repository, "gen2/a.js")
    (repository / ".gitignore").write_text("gen2\n")
    assert listed(repository, repository / "gen2") == ["gen2/a.js"]


def test_a_file_that_is_named_is_looked_at_although_it_is_ignored(repository: Path) -> None:
    write(repository, "a.js")
    (repository / ".gitignore").write_text("a.js\n")
    assert listed(repository, repository / "a.js") == ["a.js"]


@pytest.mark.parametrize("folder", ["node_modules", "a/node_modules/b", "vendor", "dist", ".next", "cdk.out"])
def test_what_others_wrote_or_tools_made_is_not_looked_at(repository: Path, folder: str) -> None:
    write(repository, f"{folder}/a.js", "b.js")
    assert listed(repository) == ["b.js"]


def test_a_repository_within_a_repository_is_looked_at(repository: Path) -> None:
    write(repository, "inner/a.js", "b.js")
    git(repository / "inner", "init", "--quiet")
    assert listed(repository) == ["b.js", "inner/a.js"]


def test_a_link_to_a_file_is_not_followed(repository: Path) -> None:
    write(repository, "a.js")
    (repository / "b.js").symlink_to("a.js")
    assert listed(repository) == ["a.js"]


def test_a_folder_that_became_a_link_is_not_followed(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(repository, "src/a.js", "b.js")
    git(repository, "add", ".")
    outside = write(tmp_path_factory.mktemp("outside"), "a.js")
    (repository / "src/a.js").unlink()
    (repository / "src").rmdir()
    (repository / "src").symlink_to(outside)
    assert listed(repository) == ["b.js"]


def test_a_loop_of_links_ends(repository: Path) -> None:
    write(repository, "a.js")
    (repository / "loop").symlink_to(".")
    assert listed(repository) == ["a.js"]


def test_a_tracked_file_that_is_gone_is_no_matter(repository: Path) -> None:
    write(repository, "a.js", "b.js")
    git(repository, "add", ".")
    (repository / "a.js").unlink()
    assert listed(repository) == ["b.js"]


def test_a_pipe_is_not_read(repository: Path) -> None:
    write(repository, "a.js")
    os.mkfifo(repository / "pipe.js")
    assert listed(repository) == ["a.js"]


def test_names_that_are_not_ascii_are_kept(repository: Path) -> None:
    write(repository, "ä b.js")
    assert listed(repository) == ["ä b.js"]


def test_a_program_that_the_repository_names_is_not_run(repository: Path) -> None:
    marker = repository / "ran"
    git(repository, "config", "core.fsmonitor", f"touch {marker}")
    write(repository, "a.js")
    listed(repository)
    assert not marker.exists()


def test_a_file_that_is_named_twice_is_looked_at_once(repository: Path) -> None:
    write(repository, "src/a.js")
    assert listed(repository, repository, repository / "src", repository / "src/a.js") == ["src/a.js"]


def test_without_git_the_folder_is_searched_and_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.js", "node_modules/b.js", "build/c.js")
    monkeypatch.setenv("PATH", "")
    walk = Walk(tmp_path)
    assert list(walk.files((tmp_path,))) == ["a.js"]
    assert [skipped.reason for skipped in walk.skipped] == ["git is not installed: ignore files were not honoured"]


@pytest.mark.parametrize("path", ["src/a.js", "build/webpack.js", "amplify/backend/function/a/src/index.js", "mini.js"])
def test_written_by_hand(path: str) -> None:
    assert not is_generated(path)


@pytest.mark.parametrize(
    "path",
    [
        "amplify/#current-cloud-backend/function/a/src/index.js",
        "amplify/backend/api/shop/build/schema.graphql",
        "amplify/backend/awscloudformation/build/root.yml",
        "public/jquery.min.js",
    ],
)
def test_generated(path: str) -> None:
    assert is_generated(path)
