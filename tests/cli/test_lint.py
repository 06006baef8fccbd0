"""`migrate lint` at the command line: exit codes, formats, and what is said when something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.terminal import ROOT, migrate
from tests.report.shape import problems


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "deploy.sh").write_text("set -e\namplify push --yes\n")
    (tmp_path / "README.md").write_text("Run `amplify push`.\n")
    return tmp_path


def test_a_clean_folder_is_no_failure(tmp_path: Path) -> None:
    done = migrate("lint", tmp_path)
    assert (done.returncode, done.stdout) == (0, "No Gen 1 patterns; 0 files looked at.\n")


def test_an_error_fails(project: Path) -> None:
    assert migrate("lint", project).returncode == 1


def test_a_warning_alone_is_no_failure(project: Path) -> None:
    assert migrate("lint", project / "README.md").returncode == 0


def test_fail_on_warning_fails_for_a_warning(project: Path) -> None:
    assert migrate("lint", project / "README.md", "--fail-on", "warning").returncode == 1


def test_fail_on_never_never_fails(project: Path) -> None:
    assert migrate("lint", project, "--fail-on", "never").returncode == 0


def test_select_and_ignore_take_comma_lists(project: Path) -> None:
    assert migrate("lint", project, "--ignore", "JS,CI010").returncode == 0


def test_a_wrong_word_is_wrong_usage(project: Path) -> None:
    done = migrate("lint", project, "--select", "NOPE")
    assert done.returncode == 2
    assert "`migrate rules` lists all" in done.stderr


def test_a_missing_path_cannot_be_linted(tmp_path: Path) -> None:
    done = migrate("lint", tmp_path / "nowhere")
    assert done.returncode == 3
    assert "There is no file or folder" in done.stderr


def test_an_error_of_the_json_format_is_json(tmp_path: Path) -> None:
    done = migrate("lint", tmp_path / "nowhere", "--format", "json")
    assert json.loads(done.stdout)["error"]["exit"] == 3


def test_json_fits_its_schema(project: Path) -> None:
    schema = json.loads((ROOT / "docs/schemas/lint-1.json").read_text())
    assert problems(json.loads(migrate("lint", project, "--format", "json").stdout), schema) == []


def test_json_fails_with_a_sentence_for_people(project: Path) -> None:
    done = migrate("lint", project, "--format", "json")
    assert "migrate: error CI010: deploy.sh:2:1: `amplify push`" in done.stderr


def test_the_result_can_be_written_to_a_file(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("result") / "lint.json"
    migrate("lint", project, "--format", "json", "--output", target)
    assert json.loads(target.read_text())["summary"]["error"] == 1


def test_a_secret_beside_a_finding_is_not_shown(project: Path) -> None:
    (project / "deploy.sh").write_text("AWS_SECRET_ACCESS_KEY=k4hDs9aLq2ZxMw8BvNc7RtYu1PoIe3Wq amplify push\n")
    for format_ in ("text", "json"):
        assert "k4hDs9aLq2" not in migrate("lint", project, "--format", format_).stdout


def test_nothing_heavy_is_imported_for_a_front_end(tmp_path: Path) -> None:
    (tmp_path / "App.js").write_text("import './aws-exports'\n")
    done = migrate("lint", tmp_path, PYTHONPROFILEIMPORTTIME="1")
    heavy = ("yaml", "graphql", "rich", "boto3", "libcst")
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert loaded.isdisjoint(heavy)
