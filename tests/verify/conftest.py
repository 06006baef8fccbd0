"""The pinned Node tools for tests that run Node; the first run downloads them into the user's cache."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from migrator.node.runtime import Node, find_node
from migrator.node.toolchain import Toolchain, find_toolchain


@pytest.fixture(scope="session")
def node() -> Node:
    """Node itself; without it the test is skipped."""
    if shutil.which("node") is None:
        pytest.skip("Node is not installed")
    return find_node()


@pytest.fixture(scope="session")
def toolchain(node: Node, tmp_path_factory: pytest.TempPathFactory) -> Toolchain:
    """The pinned packages, installed when they are not there yet."""
    empty: Path = tmp_path_factory.mktemp("no-project")
    return find_toolchain(empty, install=True, progress=print)
