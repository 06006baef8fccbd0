"""Converting inside the project, with real git repositories."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from migrator.core.errors import ConversionError, UsageError
from migrator.output.in_place import git_state, live_branches, prepare
from migrator.output.write import Move, undo, write
from tests.output.disk import output, put, tree

MOVES = (Move("amplify", "amplify-gen1"),)


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(("git", *identity, "-C", str(folder), *arguments), check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A committed Gen 1 project on the branch `feature`."""
    root = tmp_path / "project"
    put(root, {"amplify/backend/backend-config.json": "{}\n", "package.json": "{}\n"})
    git(root, "init", "-b", "feature")
    git(root, "add", "-A")
    git(root, "commit", "-m", "first")
    return root


def test_the_gen1_folder_is_renamed(project: Path) -> None:
    assert prepare(project, ("dev",), {}) == MOVES


def test_uncommitted_changes_are_refused_and_named(project: Path) -> None:
    put(project, {"package.json": "{ }\n", "new.txt": "x\n"})
    with pytest.raises(UsageError, match=r"uncommitted changes: new\.txt, package\.json$"):
        prepare(project, (), {})


def test_force_goes_on_with_uncommitted_changes(project: Path) -> None:
    put(project, {"new.txt": "x\n"})
    assert prepare(project, (), {}, force=True) == MOVES


def test_changes_outside_the_project_do_not_count(project: Path) -> None:
    put(project, {"packages/app/amplify/backend/backend-config.json": "{}\n"})
    git(project, "add", "-A")
    git(project, "commit", "-m", "second")
    put(project, {"package.json": "{ }\n"})
    assert prepare(project / "packages/app", (), {}) == MOVES


def test_a_project_without_git_is_refused(tmp_path: Path) -> None:
    put(tmp_path, {"amplify/backend/backend-config.json": "{}\n"})
    with pytest.raises(UsageError, match="in no git repository"):
        prepare(tmp_path, (), {})


def test_force_goes_on_without_git(tmp_path: Path) -> None:
    put(tmp_path, {"amplify/backend/backend-config.json": "{}\n"})
    assert prepare(tmp_path, (), {}, force=True) == MOVES


def test_a_branch_with_the_name_of_an_environment_is_refused(project: Path) -> None:
    with pytest.raises(UsageError, match="the live environment feature deploys from it"):
        prepare(project, ("dev", "feature"), {})


def test_force_does_not_allow_a_live_branch(project: Path) -> None:
    with pytest.raises(UsageError, match="the live environment feature"):
        prepare(project, ("feature",), {}, force=True)


def test_a_branch_that_an_environment_is_mapped_to_is_refused(project: Path) -> None:
    with pytest.raises(UsageError, match="the live environment prod"):
        prepare(project, ("prod",), {"prod": "feature"})


@pytest.mark.parametrize("branch", ["main", "master", "production"])
def test_the_main_branch_is_refused_when_there_is_an_environment_for_production(project: Path, branch: str) -> None:
    git(project, "switch", "-c", branch)
    with pytest.raises(UsageError, match="the live environment prod"):
        prepare(project, ("dev", "prod"), {})


def test_the_main_branch_is_free_when_production_deploys_from_another(project: Path) -> None:
    git(project, "switch", "-c", "main")
    assert prepare(project, ("prod",), {"prod": "release"}) == MOVES


def test_the_hint_proposes_a_branch(project: Path) -> None:
    with pytest.raises(UsageError) as caught:
        prepare(project, ("feature",), {})
    assert caught.value.hint.endswith("git switch -c gen2")


def test_the_proposed_branch_is_a_new_one(project: Path) -> None:
    git(project, "branch", "gen2")
    with pytest.raises(UsageError) as caught:
        prepare(project, ("feature", "feature-gen2"), {})
    assert caught.value.hint.endswith("git switch -c feature-gen2-2")


def test_an_environment_deploys_from_the_branch_of_its_name() -> None:
    assert live_branches(("dev",), {}) == {"dev": "dev"}


def test_no_branch_checked_out_is_no_live_branch(project: Path) -> None:
    git(project, "switch", "--detach")
    assert prepare(project, ("feature",), {}) == MOVES


def test_a_repository_without_commits_has_its_branch(tmp_path: Path) -> None:
    git(tmp_path, "init", "-b", "main")
    state = git_state(tmp_path)
    assert state is not None
    assert state.branch == "main"


def test_a_renamed_file_is_listed_by_its_new_name(project: Path) -> None:
    git(project, "mv", "package.json", "renamed.json")
    state = git_state(project)
    assert state is not None
    assert state.changed == ("renamed.json",)


def test_a_monitor_that_the_repository_names_is_not_run(project: Path) -> None:
    script = project.parent / "monitor.sh"
    script.write_text(f"#!/bin/sh\ntouch {project.parent}/ran\n")
    script.chmod(0o755)
    git(project, "config", "core.fsmonitor", str(script))
    prepare(project, (), {})
    assert not (project.parent / "ran").exists()


def test_a_kept_folder_in_the_way_is_an_error(project: Path) -> None:
    put(project, {"amplify-gen1/backend/backend-config.json": "{}\n"})
    with pytest.raises(ConversionError, match="amplify-gen1 is there already"):
        prepare(project, (), {}, force=True)


def test_nothing_is_renamed_a_second_time(project: Path) -> None:
    write(project, output({"amplify/backend.ts": "x\n"}, moves=prepare(project, (), {})))
    assert prepare(project, (), {}, force=True) == ()


def test_a_project_without_gen1_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConversionError, match="no Gen 1 backend"):
        prepare(tmp_path, (), {}, force=True)


def test_undo_brings_the_project_back(project: Path) -> None:
    before = tree(project)
    files = {"amplify/backend.ts": "x\n", "amplify/auth/resource.ts": "y\n", "package.json": "{}\n\n"}
    write(project, output(files, moves=prepare(project, (), {}), based_on={"package.json": "{}\n"}))
    undo(project)
    assert tree(project) == before


def test_git_sees_a_clean_tree_after_undo(project: Path) -> None:
    write(project, output({"amplify/backend.ts": "x\n"}, moves=prepare(project, (), {})))
    undo(project)
    state = git_state(project)
    assert state is not None
    assert state.changed == ()


def test_a_committed_conversion_leaves_no_untracked_journal(project: Path) -> None:
    write(project, output({"amplify/backend.ts": "x\n"}, moves=prepare(project, (), {})))
    git(project, "add", "-A")
    git(project, "commit", "-m", "convert")
    tracked = subprocess.run(("git", "-C", str(project), "ls-files", ".migrate"), capture_output=True, check=True)
    assert tracked.stdout.split() == [b".migrate/.gitignore", b".migrate/manifest.json"]
