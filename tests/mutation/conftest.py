"""The assemblies of the samples, each synthesized once for all processes of a test run."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def assemblies(node_tools: None, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder that keeps them; processes that run tests together share it."""
    own = tmp_path_factory.getbasetemp()
    return (own if worker_id == "master" else own.parent) / "assemblies"
