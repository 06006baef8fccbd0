"""The golden projects pass the real compiler and CDK, their functions load, and their schemas are those of Gen 1."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from migrator.commands.verify import verify
from migrator.verify.deployed import ASPECTS
from migrator.verify.results import Check, Status
from tests.projects import SAMPLES


@pytest.mark.node
@pytest.mark.parametrize("sample", [pytest.param(sample, id=sample.name) for sample in SAMPLES])
def test_a_golden_project_is_proven(sample: Path, tmp_path: Path, node_tools: None) -> None:
    gen2 = shutil.copytree(sample / "gen2", tmp_path / "gen2")
    proof = verify(sample / "gen1", gen2, install=True, acknowledge=["iam-is-added"])
    assert [(c.name, c.reason, c.details) for c in proof.checks if c.status is Status.FAILED] == []
    lacking = set(ASPECTS) if (gen2 / "amplify" / "data").exists() else {*ASPECTS, Check.SCHEMA}
    assert {c.name for c in proof.checks if c.status is Status.SKIPPED} <= lacking  # no template says it, or no schema
    assert proof.summary.unexplained == 0
