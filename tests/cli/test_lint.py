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
    heavy = ("yaml", "graphql", "rich", "boto3", "libcst", "tomllib", "concurrent", "multiprocessing")
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert loaded.isdisjoint(heavy)


def test_sarif_is_json_of_its_version(project: Path) -> None:
    assert json.loads(migrate("lint", project, "--format", "sarif").stdout)["version"] == "2.1.0"


def test_github_annotations_are_lines(project: Path) -> None:
    assert "::error file=deploy.sh,line=2" in migrate("lint", project, "--format", "github").stdout


def test_a_diff_changes_nothing_and_fails(project: Path) -> None:
    (project / "package.json").write_text('{"devDependencies": {"@aws-amplify/cli": "^12.0.0"}}\n')
    done = migrate("lint", project, "--diff")
    assert (done.returncode, "+++ b/package.json" in done.stdout) == (1, True)
    assert "backend-cli" not in (project / "package.json").read_text()


def test_without_anything_to_fix_a_diff_is_empty(project: Path) -> None:
    done = migrate("lint", project, "--diff")
    assert (done.returncode, done.stdout) == (0, "")


def test_fix_changes_files_and_reports_what_is_left(project: Path) -> None:
    (project / "package.json").write_text('{"devDependencies": {"@aws-amplify/cli": "^12.0.0"}}\n')
    done = migrate("lint", project, "--fix")
    assert "backend-cli" in (project / "package.json").read_text()
    assert ("1 file changed" in done.stderr, "REPO031" in done.stdout, "CI010" in done.stdout) == (True, False, True)


def test_fix_and_diff_exclude_each_other(project: Path) -> None:
    assert migrate("lint", project, "--fix", "--diff").returncode == 2


def test_a_baseline_silences_what_it_knows(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    baseline = tmp_path_factory.mktemp("known") / "known.json"
    assert migrate("lint", project, "--baseline", baseline, "--update-baseline").returncode == 0
    done = migrate("lint", project, "--baseline", baseline, "--fail-on", "info")
    assert (done.returncode, "2 in the baseline" in done.stdout) == (0, True)


def test_a_new_finding_fails_beside_a_baseline(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    baseline = tmp_path_factory.mktemp("known") / "known.json"
    migrate("lint", project, "--baseline", baseline, "--update-baseline")
    (project / "new.sh").write_text("amplify pull\n")
    assert migrate("lint", project, "--baseline", baseline, "--update-baseline").returncode == 1
    assert "pull" not in baseline.read_text()
    assert migrate("lint", project, "--baseline", baseline, "--update-baseline", "--grow-baseline").returncode == 0


def test_growing_goes_with_updating(project: Path) -> None:
    assert migrate("lint", project, "--grow-baseline").returncode == 2


def test_the_baseline_of_the_settings_is_used(project: Path) -> None:
    (project / ".migrate.toml").write_text("[lint]\nbaseline = 'known.json'\nfail-on = 'info'\n")
    assert migrate("lint", project).returncode == 1
    assert migrate("lint", project, "--update-baseline").returncode == 0
    assert (project / "known.json").exists()
    assert migrate("lint", project).returncode == 0


def test_the_command_line_comes_before_the_settings(project: Path) -> None:
    (project / ".migrate.toml").write_text("[lint]\nfail-on = 'never'\n")
    assert (migrate("lint", project).returncode, migrate("lint", project, "--fail-on", "error").returncode) == (0, 1)


def test_wrong_settings_are_wrong_usage(project: Path) -> None:
    (project / ".migrate.toml").write_text("[lint]\nselct = []\n")
    done = migrate("lint", project)
    assert (done.returncode, ".migrate.toml" in done.stderr) == (2, True)


@pytest.mark.parametrize("name", ["a.js", "a.py", "a.yml", "a.vue", "package.json", "a.graphql", "a.swift", "a.dart"])
@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01aws-amplify amplify push",
        b"\xff\xfea\x00w\x00s\x00-\x00a\x00m\x00p\x00l\x00i\x00f\x00y\x00",
        b"import {Auth from 'aws-amplify' \xc3\x28 os.environ['REGION' subprocess.run(['amplify' , @model",
        b"{{{{((((<<<<'aws-amplify'" * 500,
    ],
)
def test_bad_input_is_no_traceback(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    done = migrate("lint", tmp_path, "--fix", "--format", "json")
    assert (done.returncode in (0, 1), "unexpected" in done.stderr) == (True, False)


def test_a_file_that_cannot_be_read_is_noted(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("import './aws-exports'\n")
    (tmp_path / "a.js").chmod(0)
    done = migrate("lint", tmp_path, "--format", "json")
    skipped = json.loads(done.stdout)["skipped"]
    assert skipped == [{"file": "a.js", "reason": "Permission denied"}] or done.returncode == 1  # root reads all
