"""What the tests of deployments share."""

from __future__ import annotations

import pytest

from migrator.local.environment import environment_installed


@pytest.fixture(scope="session")
def local_tools() -> None:
    """Skips, saying so, where the local AWS is not installed."""
    if not environment_installed():
        pytest.skip("needs the local AWS: python -m migrator.local")
