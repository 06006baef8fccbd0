"""The sample projects convert to exactly what stands beside them; `--update` writes that anew."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from migrator.commands.convert import Conversion, Request, convert
from migrator.commands.scan import scan
from migrator.commands.selection import CONVERTED
from migrator.output.plan import FileState
from migrator.report.scan_json import scan_document
from tests.projects import SAMPLES, settings

PARAMETERS = [pytest.param(sample, id=sample.name) for sample in SAMPLES]


def converted(sample: Path, out: Path, *features: str) -> Conversion:
    return convert(Request(sample / "gen1", out, features, settings(sample).get("env")))[0]


def tree(folder: Path) -> dict[str, str]:
    files = (p for p in sorted(folder.rglob("*")) if p.is_file())
    shown = {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in files}
    return {path: text for path, text in shown.items() if not path.startswith((".migrate/undo/", "node_modules/"))}


def report(sample: Path) -> dict[str, Any]:
    document = scan_document(scan(sample / "gen1", settings(sample).get("env")))
    document["project"]["root"] = "gen1"
    return document


@pytest.mark.parametrize("sample", PARAMETERS)
def test_a_sample_converts_to_its_golden_project(sample: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    converted(sample, tmp_path / "gen2")
    if request.config.getoption("--update"):
        shutil.rmtree(sample / "gen2", ignore_errors=True)
        shutil.copytree(tmp_path / "gen2", sample / "gen2", ignore=shutil.ignore_patterns("undo"))
    assert tree(tmp_path / "gen2") == tree(sample / "gen2")


@pytest.mark.parametrize("sample", PARAMETERS)
def test_a_sample_scans_to_its_golden_report(sample: Path, request: pytest.FixtureRequest) -> None:
    found = json.loads(json.dumps(report(sample)))
    if request.config.getoption("--update"):
        (sample / "report.json").write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    assert found == json.loads((sample / "report.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("sample", PARAMETERS)
def test_converting_twice_changes_nothing(sample: Path, tmp_path: Path) -> None:
    converted(sample, tmp_path / "gen2")
    again = converted(sample, tmp_path / "gen2")
    assert {change.state for change in again.written.changes} == {FileState.UNCHANGED}


@pytest.mark.parametrize("sample", PARAMETERS)
def test_slices_one_by_one_end_where_the_whole_does(sample: Path, tmp_path: Path) -> None:
    whole = converted(sample, tmp_path / "whole")
    for feature in CONVERTED:
        if feature in whole.features:
            converted(sample, tmp_path / "slices", feature)
    assert tree(tmp_path / "slices") == tree(tmp_path / "whole")
