"""When a rehearsal does not begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.commands.deploy_request import Request
from migrator.commands.rehearse import rehearse
from migrator.core.errors import DeployError, UsageError

SHOP = Path(__file__).parents[2] / "sample_projects" / "shop" / "gen1"


@pytest.mark.parametrize("consent", [None, False])
def test_no_function_runs_without_consent(consent: bool | None, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="runs the functions") as told:
        rehearse(Request(SHOP, tmp_path, env="main", consent=consent))
    assert "--run-functions" in told.value.hint


def test_without_a_gen1_project_there_is_nothing_to_rehearse(tmp_path: Path) -> None:
    with pytest.raises(DeployError, match="no Gen 1 project"):
        rehearse(Request(tmp_path, tmp_path, consent=True))


def test_nothing_is_written_then(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        rehearse(Request(SHOP, tmp_path, env="main"))
    assert not list(tmp_path.iterdir())
