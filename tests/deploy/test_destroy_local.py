"""A backend on the local AWS is deleted after it was looked at, and the project forgets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.aws.stacks import StackResult
from migrator.commands.destroy import Doomed
from migrator.deploy.journal import Journal
from migrator.deploy.record import read_record
from tests.deploy.driver import deploy, target

pytestmark = pytest.mark.local


def test_what_holds_rows_is_listed_and_everything_goes(local_tools: None, tmp_path: Path) -> None:
    place = target(tmp_path)
    with place.opened(lambda line: None):
        deploy(place, tmp_path)
        work = Doomed(place, tmp_path, lambda line: None)  # type: ignore[arg-type]
        found = work.look()
        assert found is not None
        assert found.lost or found.kept
        outcome = work.destroy()
        assert outcome.result is StackResult.DELETED
        assert work.look() is None
    assert read_record(tmp_path).deployed.features == ()
    run = Journal(tmp_path).last()
    assert run is not None
    assert run.finished
