"""What pools are written as: clients with validities of their own, and pools that Gen 2 cannot refer to."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.commands.convert import Conversion, Request, convert
from tests.projects import ROOT

FIXTURES = ROOT / "tests/fixtures/gen1"


def run(name: str, out: Path) -> Conversion:
    return convert(Request(FIXTURES / name, out))[0]


@pytest.fixture
def timed(tmp_path: Path) -> str:
    """The wiring of a pool whose override sets validities."""
    run("pool-with-token-times", tmp_path)
    return " ".join((tmp_path / "amplify/auth/wiring.ts").read_text(encoding="utf-8").split())


def test_the_web_client_keeps_the_validities_of_an_override(timed: str) -> None:
    units = "{ refreshToken: 'hours', accessToken: 'minutes', idToken: 'hours', }"
    assert f"cfnUserPoolClient.tokenValidityUnits = {units};" in timed
    assert "cfnUserPoolClient.accessTokenValidity = 20;" in timed


def test_the_native_client_keeps_them_too(timed: str) -> None:
    assert "refreshTokenValidity: 12, accessTokenValidity: 20, idTokenValidity: 2," in timed


def test_a_unit_that_is_no_unit_is_reported_for_each_client(tmp_path: Path) -> None:
    found = [finding for finding in run("scrubbed-pool", tmp_path).findings if finding.rule == "AUTH102"]
    assert len(found) == 2


def test_a_pool_imported_without_an_identity_pool_blocks_the_deployment(tmp_path: Path) -> None:
    assert run("imported-pool-alone", tmp_path).blocked
