"""`migrate verify` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from migrator.cli.main import migrate
from migrator.cli.outcome import FOUND, OK, USAGE, run
from tests.projects import ROOT

SHOP = ROOT / "sample_projects" / "shop"


@pytest.fixture
def gen2(tmp_path: Path) -> Path:
    """The sample as it was converted, with its schema as SDL."""
    out = tmp_path / "gen2"
    options = ["--env", "main", "--out", str(out), "--schema", "sdl", "--no-proof", "--quiet"]
    assert run(migrate, ["convert", str(SHOP / "gen1"), *options]) == OK
    return out


def verify(gen2: Path, *options: str) -> int:
    given = ["--gen2", str(gen2), "--only", "schema", "--quiet", *options]
    return run(migrate, ["verify", str(SHOP / "gen1"), *given])


def test_a_check_that_does_not_exist_is_wrong_usage(gen2: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(gen2, "--only", "spelling") == USAGE
    assert "schema" in capsys.readouterr().err


def test_an_environment_that_does_not_exist_is_wrong_usage(gen2: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(gen2, "--env", "nowhere") == USAGE
    assert "has no environment 'nowhere'; it has main" in capsys.readouterr().err


@pytest.mark.node
def test_a_schema_that_is_gen1s_is_clean(gen2: Path, capsys: pytest.CaptureFixture[str], pinned_packages: None) -> None:
    assert verify(gen2) == OK
    assert capsys.readouterr().out.startswith("ok      schema")


@pytest.mark.node
def test_a_schema_that_was_opened_is_a_difference(
    gen2: Path, capsys: pytest.CaptureFixture[str], pinned_packages: None
) -> None:
    schema = gen2 / "amplify/data/schema.graphql"
    schema.write_text(schema.read_text().replace("operations: [read] }, { allow: private }", "operations: [read] }", 1))
    assert verify(gen2, "--format", "json") == FOUND
    document = json.loads(capsys.readouterr().out)
    assert [one["attribute"] for one in document["differences"]] == ["Category @auth"]
    assert document["summary"]["unexplained"] == 1
