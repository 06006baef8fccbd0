"""The golden projects pass the real TypeScript compiler and CDK, and their functions load."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.verify import verify
from migrator.verify.results import Status
from tests.projects import SAMPLES


@pytest.mark.node
@pytest.mark.parametrize("sample", [pytest.param(sample, id=sample.name) for sample in SAMPLES])
def test_a_golden_project_is_proven(sample: Path, node_tools: None) -> None:
    proof = verify(sample / "gen2", install=True)
    assert [(c.name, c.reason, c.details) for c in proof.checks if c.status is not Status.PASSED] == []
