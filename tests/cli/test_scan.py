"""`migrate scan` at the command line: exit codes, formats, and what is said when something is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import ROOT, gen1_project, migrate
from tests.report.shape import problems


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return gen1_project(tmp_path)


def test_a_gap_alone_is_no_failure(project: Path) -> None:
    assert migrate("scan", project).returncode == 0


def test_fail_on_gap_fails_for_a_gap(project: Path) -> None:
    assert migrate("scan", project, "--fail-on", "gap").returncode == 1


def test_fail_on_never_never_fails(tmp_path: Path) -> None:
    assert migrate("scan", tmp_path, "--fail-on", "never").returncode == 0


def test_a_folder_without_amplify_fails_with_a_next_step(tmp_path: Path) -> None:
    done = migrate("scan", tmp_path)
    assert done.returncode == 1
    assert "GEN007" in done.stdout
    assert "Name the folder that holds `amplify/backend`" in done.stdout


def test_a_front_end_alone_says_where_the_backend_is_to_be_found(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/aws-exports.js").write_text('export default {"aws_project_region": "eu-west-1"};')
    done = migrate("scan", tmp_path)
    assert done.returncode == 0
    assert "GEN008" in done.stdout


def test_a_missing_folder_cannot_be_scanned(tmp_path: Path) -> None:
    done = migrate("scan", tmp_path / "nowhere")
    assert done.returncode == 3
    assert "There is no folder" in done.stderr
    assert "hint:" in done.stderr


def test_a_file_is_no_project(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    done = migrate("scan", tmp_path / "a.txt")
    assert done.returncode == 3
    assert "is a file, not a folder" in done.stderr


def test_an_error_of_the_json_format_is_json(tmp_path: Path) -> None:
    done = migrate("scan", tmp_path / "nowhere", "--format", "json")
    assert json.loads(done.stdout)["error"]["exit"] == 3


def test_an_unreadable_index_blocks_and_names_the_place(project: Path) -> None:
    (project / "amplify/backend/backend-config.json").write_text('{"kms": {"vault": [}')
    done = migrate("scan", project)
    assert done.returncode == 1
    assert "amplify/backend/backend-config.json" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_folder_in_place_of_a_file_is_no_traceback(project: Path) -> None:
    (project / "amplify/backend/backend-config.json").unlink()
    (project / "amplify/backend/backend-config.json").mkdir()
    done = migrate("scan", project)
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stdout + done.stderr


def test_an_unknown_environment_is_wrong_usage(project: Path) -> None:
    done = migrate("scan", project, "--env", "nope")
    assert done.returncode == 2
    assert "--env dev" in done.stderr


def test_an_unknown_app_is_wrong_usage_and_names_the_known(project: Path) -> None:
    done = migrate("scan", project, "--app", "nope")
    assert done.returncode == 2
    assert "There are:" in done.stderr


def test_an_unknown_feature_is_wrong_usage(project: Path) -> None:
    assert migrate("scan", project, "--feature", "nope").returncode == 2


def test_json_fits_its_schema(project: Path) -> None:
    schema = json.loads((ROOT / "docs/schemas/scan-1.json").read_text())
    assert problems(json.loads(migrate("scan", project, "--format", "json").stdout), schema) == []


def test_an_unknown_resource_is_listed_as_a_gap(project: Path) -> None:
    scanned = json.loads(migrate("scan", project, "--format", "json").stdout)
    listed = [(r["category"], r["name"], r["effort"]) for r in scanned["resources"]]
    assert ("kms", "vault", "assisted") in listed


def test_the_project_itself_is_listed(project: Path) -> None:
    scanned = json.loads(migrate("scan", project, "--format", "json").stdout)
    assert [r["effort"] for r in scanned["resources"] if r["category"] == "project"] == ["automatic"]


def test_settings_of_a_project_add_up(project: Path) -> None:
    settings = json.loads(migrate("scan", project, "--format", "json").stdout)["summary"]["settings"]
    assert settings.pop("total") == sum(settings.values())


def test_what_is_dropped_is_dropped_by_a_rule(project: Path) -> None:
    one = json.loads(migrate("scan", project, "--format", "json").stdout)["resources"][0]
    assert sum(drop["leaves"] for drop in one["dropped"]) == one["settings"]["dropped"] == 2
    assert {drop["rule"] for drop in one["dropped"]} == {"PRJ001"}


def test_a_failing_scan_in_json_says_why_on_standard_error(tmp_path: Path) -> None:
    done = migrate("scan", tmp_path, "--format", "json")
    assert done.stderr.startswith("migrate: blocker GEN007:")


def test_the_result_goes_whole_into_a_file(project: Path, tmp_path: Path) -> None:
    done = migrate("scan", project, "--format", "markdown", "--output", tmp_path / "scan.md")
    assert done.stdout == ""
    assert (tmp_path / "scan.md").read_text(encoding="utf-8").startswith("# Amplify Gen 1 backend")


def test_a_file_that_cannot_be_written_leaves_nothing(project: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    done = migrate("scan", project, "--output", tmp_path / "taken")
    assert done.returncode == 3
    assert "cannot be written" in done.stderr
    assert not (tmp_path / ".taken.part").exists()


def test_a_pipe_gets_no_colours(project: Path) -> None:
    assert "\x1b" not in migrate("scan", project).stdout


@pytest.mark.parametrize("format_", ["json", "text", "markdown"])
def test_a_report_for_a_file_needs_no_heavy_package(project: Path, format_: str) -> None:
    migrate("scan", project)  # compiles the rules of a checkout, which needs YAML once
    code = (
        "import sys; from migrator.cli.main import migrate; from migrator.cli.outcome import run;"
        f"run(migrate, ['scan', {str(project)!r}, '--format', {format_!r}, '--output', {str(project / 'o.json')!r}]);"
        "print(sorted({'rich', 'yaml', 'boto3', 'graphql', 'libcst'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a thing of Unix")
@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colours_unless_they_are_not_wanted(
    project: Path, environment: dict[str, str], coloured: bool
) -> None:
    import os
    import pty

    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    subprocess.run(
        [sys.executable, "-m", "migrator", "scan", "-q", str(project)],
        stdout=theirs,
        check=True,
        cwd=ROOT,
        env={**kept, "TERM": "xterm-256color", **environment},
    )
    assert (b"\x1b[" in os.read(ours, 65536)) is coloured
    os.close(ours)
    os.close(theirs)
