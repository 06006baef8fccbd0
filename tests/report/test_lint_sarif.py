"""Lint as SARIF: what the specification asks for, and what code scanning relies on."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from migrator.commands.baseline import updated, write_baseline
from migrator.commands.lint import lint
from migrator.report.lint_sarif import FINGERPRINT, lint_sarif
from tests.projects import ROOT

OFFICIAL = os.environ.get("SARIF_SCHEMA", "")
SHOP = ROOT / "tests/fixtures/lint/shop"


def log(folder: Path, baseline: Path | None = None) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(lint_sarif(lint((folder,), baseline=baseline))))
    return made


def results(folder: Path, baseline: Path | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = log(folder, baseline)["runs"][0]["results"]
    return found


def problems(value: Any, schema: dict[str, Any]) -> list[str]:
    kind = jsonschema.Draft4Validator if "draft-04" in schema["$schema"] else jsonschema.Draft202012Validator
    checker = jsonschema.FormatChecker()
    return [f"{error.json_path}: {error.message}" for error in kind(schema, format_checker=checker).iter_errors(value)]


@pytest.mark.parametrize("folder", [SHOP, SHOP.parent / "native", SHOP.parent / "gen2"])
def test_it_fits_the_part_of_the_schema_that_we_use(folder: Path) -> None:
    schema = json.loads((ROOT / "tests/report/sarif_part.json").read_text(encoding="utf-8"))
    assert problems(log(folder), schema) == []


@pytest.mark.skipif(not OFFICIAL, reason="SARIF_SCHEMA does not name the schema of OASIS (sarif-schema-2.1.0.json)")
@pytest.mark.parametrize("folder", [SHOP, SHOP.parent / "native", SHOP.parent / "gen2"])
def test_it_fits_the_whole_schema(folder: Path) -> None:
    assert problems(log(folder), json.loads(Path(OFFICIAL).read_text(encoding="utf-8"))) == []


def test_every_result_names_its_rule_by_id_and_index() -> None:
    run = log(SHOP)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [r["ruleId"] for r in run["results"]]


def test_a_fingerprint_stays_when_the_line_moves(tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_text("amplify push\n")
    before = results(tmp_path)[0]["partialFingerprints"][FINGERPRINT]
    (tmp_path / "a.sh").write_text("set -e\n\n  amplify push\n")
    after = results(tmp_path)[0]
    assert after["partialFingerprints"][FINGERPRINT] == before
    assert after["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


def test_fingerprints_of_a_repository_are_all_different() -> None:
    marks = [result["partialFingerprints"][FINGERPRINT] for result in results(SHOP)]
    assert len(set(marks)) == len(marks) > 0


def test_a_path_is_a_relative_address(tmp_path: Path) -> None:
    (tmp_path / "a b#c.sh").write_text("amplify push\n")
    assert results(tmp_path)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b%23c.sh"


def test_a_finding_about_a_path_has_no_region(tmp_path: Path) -> None:
    (tmp_path / "aws-exports.js").write_text("export default {};\n")
    assert "region" not in results(tmp_path)[0]["locations"][0]["physicalLocation"]


def test_a_known_finding_is_unchanged_and_another_is_new(tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_text("amplify push\n")
    baseline = tmp_path / "known.json"
    write_baseline(baseline, updated(lint((tmp_path,)).flags, None, grow=False))
    (tmp_path / "a.sh").write_text("amplify push\namplify pull\n")
    assert [result["baselineState"] for result in results(tmp_path, baseline)] == ["unchanged", "new"]


def test_a_secret_is_not_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_text("AWS_SECRET_ACCESS_KEY=k4hDs9aLq2ZxMw8BvNc7RtYu1PoIe3Wq amplify push\n")
    assert "k4hDs9aLq2" not in json.dumps(log(tmp_path))
