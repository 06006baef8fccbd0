"""`migrate convert` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from migrator.cli.main import migrate
from migrator.cli.outcome import FOUND, OK, USAGE, run

SHOP = str(Path(__file__).resolve().parent.parent.parent / "sample_projects" / "shop" / "gen1")


def test_a_conversion_that_leaves_only_warnings_is_clean(tmp_path: Path) -> None:
    assert run(migrate, ["convert", SHOP, "--env", "main", "--out", str(tmp_path / "gen2")]) == OK


def test_quiet_says_the_totals_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(migrate, ["convert", SHOP, "--env", "main", "--out", str(tmp_path / "gen2"), "--quiet"])
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_the_json_lists_every_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(migrate, ["convert", SHOP, "--env", "main", "--out", str(tmp_path / "gen2"), "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "migrate/convert/1"
    assert {"path": "amplify/backend.ts", "state": "created"}.items() <= {
        key: value for file in document["files"] if file["path"] == "amplify/backend.ts" for key, value in file.items()
    }.items()


def test_an_environment_has_to_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    club = str(Path(SHOP).parent.parent / "club" / "gen1")
    assert run(migrate, ["convert", club, "--out", str(tmp_path / "gen2")]) == USAGE
    assert "--env" in capsys.readouterr().err


def test_a_branch_map_without_a_branch_is_wrong_usage(tmp_path: Path) -> None:
    assert run(migrate, ["convert", SHOP, "--branch-map", "main", "--out", str(tmp_path / "gen2")]) == USAGE


def test_a_proof_that_is_not_wanted_is_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--out", str(tmp_path / "gen2"), "--format", "json"]
    assert run(migrate, ["convert", SHOP, "--env", "main", *out, "--no-proof"]) == OK
    data = json.loads(capsys.readouterr().out)["data"]
    assert (data["proof"], data["reasons"]) == ("not-run", ["it was left out (--no-proof)"])


@pytest.mark.node
def test_the_json_says_that_the_schema_is_equal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], pinned_packages: None
) -> None:
    run(migrate, ["convert", SHOP, "--env", "main", "--out", str(tmp_path / "gen2"), "--format", "json"])
    data = json.loads(capsys.readouterr().out)["data"]
    assert (data["proof"], data["patches"]) == ("equal", sum(data["patchKinds"].values()))


def test_outputs_only_writes_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--out", str(tmp_path), "--no-proof"]
    assert run(migrate, ["convert", SHOP, "--env", "main", "--outputs-only", *out]) == OK
    assert "amplify_outputs.json: created: auth, data, storage" in capsys.readouterr().out
    assert not (tmp_path / "amplify").exists()


def test_outputs_only_shows_a_diff_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--out", str(tmp_path), "--no-proof", "--diff"]
    assert run(migrate, ["convert", SHOP, "--env", "main", "--outputs-only", *out]) == OK
    assert '+    "user_pool_id": "eu-west-1_FakePool1",' in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_outputs_only_can_be_undone(tmp_path: Path) -> None:
    out = ["--out", str(tmp_path), "--no-proof"]
    run(migrate, ["convert", SHOP, "--env", "main", "--outputs-only", *out])
    assert run(migrate, ["convert", SHOP, "--outputs-only", "--undo", *out]) == OK
    assert not (tmp_path / "amplify_outputs.json").exists()


def test_outputs_only_says_an_edited_file_with_its_exit_code(tmp_path: Path) -> None:
    (tmp_path / "amplify_outputs.json").write_text("{}")
    assert run(migrate, ["convert", SHOP, "--env", "main", "--outputs-only", "--out", str(tmp_path)]) == FOUND


def test_the_json_of_outputs_only_lists_the_sections(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--out", str(tmp_path), "--no-proof", "--format", "json"]
    run(migrate, ["convert", SHOP, "--env", "main", "--outputs-only", *out])
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "migrate/outputs/1"
    assert document["files"][0]["sections"] == ["auth", "data", "storage"]


@pytest.mark.parametrize("option", [["--in-place"], ["--reuse", "auth"], ["--feature", "auth"]])
def test_outputs_only_takes_no_options_of_a_conversion(option: list[str]) -> None:
    assert run(migrate, ["convert", SHOP, "--outputs-only", *option]) == USAGE
