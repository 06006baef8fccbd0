"""Options and paths that all tests share."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the expected output of the sample projects anew")


@pytest.fixture(scope="session")
def node_tools() -> None:
    """Skips, saying so, where Node is missing."""
    from migrator.core.errors import MigratorError
    from migrator.node.runtime import find_node

    try:
        find_node()
    except MigratorError as error:
        pytest.skip(f"needs Node: {error}")


@pytest.fixture(scope="session")
def pinned_packages(node_tools: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The pinned Node packages in the user's cache; the first run downloads them."""
    from migrator.node.toolchain import find_toolchain

    find_toolchain(tmp_path_factory.mktemp("no-project"), install=True, progress=print)
