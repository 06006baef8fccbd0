"""Local AWSes for tests: one with all patches for the whole run, and ones that lack a patch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from migrator.local.environment import environment_installed
from migrator.local.packages import packages_installed
from migrator.local.process import LocalAws

Lacking = Callable[..., LocalAws]


@pytest.fixture(scope="session")
def installed() -> None:
    """Skips, saying so, where the local AWS is not installed."""
    if not environment_installed():
        pytest.skip("needs the local AWS: python -m migrator.local")


@pytest.fixture(scope="session")
def with_node(installed: None, node_tools: None) -> None:
    """Skips, saying so, where its Node packages are not installed."""
    if not packages_installed():
        pytest.skip("needs the Node packages of the local AWS: python -m migrator.local")


@pytest.fixture(scope="session")
def local(with_node: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    """A local AWS with all patches. Tests share it: they use names of their own."""
    with LocalAws.start(tmp_path_factory.mktemp("local"), install=False) as running:
        yield running


@pytest.fixture
def lacking(installed: None, tmp_path: Path) -> Iterator[Lacking]:
    """Starts a local AWS that lacks the patches that are named."""
    with ExitStack() as stack:

        def start(*names: str, node: bool = False) -> LocalAws:
            running = LocalAws.start(tmp_path / "-".join(names), without=names, node=node, install=False)
            return stack.enter_context(running)

        yield start
