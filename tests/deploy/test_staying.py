"""What of the live Gen 1 backend stays behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from migrator.commands.assessment import Assessment
from migrator.deploy.staying import staying
from migrator.engine.context import Context, Options
from migrator.gen1.project import discover

SHOP = Path(__file__).parents[2] / "sample_projects" / "shop" / "gen1"
ALL = ("auth", "data", "storage", "function")


@pytest.fixture(scope="module")
def context() -> Context:
    return Assessment(discover(SHOP, "main").apps[0]).context


def _kinds(context: Context, features: tuple[str, ...] = ALL) -> list[str]:
    return [one.kind for one in staying(context, features, ("Order",))]


def test_whatever_holds_data_stays_behind(context: Context) -> None:
    assert sorted(_kinds(context)) == ["bucket", "identity pool", "table", "table", "user pool"]


def test_tables_of_models_have_their_live_names(context: Context) -> None:
    names = [one.name for one in staying(context, ("data",), ("Order",))]
    assert names == ["Order-fakepapershopapi0000000001-main"]


def test_what_is_kept_does_not_stay_behind(context: Context) -> None:
    kept = replace(context, options=Options(reuse=frozenset({"auth", "data"})))
    assert sorted(_kinds(kept)) == ["bucket", "table"]


def test_features_that_are_not_deployed_are_left_out(context: Context) -> None:
    assert sorted(_kinds(context, ("auth",))) == ["identity pool", "user pool"]
