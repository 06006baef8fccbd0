"""Which slices are deployed onto what is there, and what a plan refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.core.errors import UsageError
from migrator.deploy.operations import CheckFeature, DeploySlice, KeepState, WriteOutputs
from migrator.deploy.plan import Current, Plan, Wanted, make_plan, steps_of
from migrator.deploy.targets.interface import TargetName
from migrator.deploy.trees import synthesized as tree_of
from tests.deploy.assemblies import FEATURES, slices, synthesized, table

ORDER = ("auth", "data", "storage", "function")


def _steps(current: tuple[str, ...] = (), features: tuple[str, ...] = (), remove: tuple[str, ...] = ()) -> list[str]:
    return ["+".join(step) for step in steps_of(ORDER, current, Wanted(features, remove))]


def test_onto_nothing_features_come_one_by_one() -> None:
    assert _steps() == ["auth", "auth+data", "auth+data+storage", "auth+data+storage+function"]


def test_what_is_deployed_is_the_first_slice() -> None:
    assert _steps(("auth", "data")) == ["auth+data", "auth+data+storage", "auth+data+storage+function"]


def test_features_are_added_to_what_is_deployed() -> None:
    assert _steps(("auth", "function"), ("data",)) == ["auth+function", "auth+data+function"]


def test_naming_fewer_features_removes_none() -> None:
    assert _steps(ORDER, ("auth",)) == ["auth+data+storage+function"]


def test_a_feature_goes_when_it_is_named() -> None:
    assert _steps(ORDER, (), ("function",)) == ["auth+data+storage"]


def test_a_feature_that_is_removed_is_not_deployed_again() -> None:
    assert _steps(("auth", "function"), ("auth",), ("function",)) == ["auth"]


def test_a_deployed_feature_that_the_project_lost_has_to_be_named() -> None:
    with pytest.raises(UsageError, match="geo is deployed") as caught:
        _steps(("auth", "geo"))
    assert "--remove geo" in caught.value.hint


def test_a_deployed_feature_that_the_project_lost_may_be_removed() -> None:
    assert _steps(("auth", "geo"), ("auth",), ("geo",)) == ["auth"]


def test_a_feature_that_the_project_does_not_have_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="no geo"):
        _steps((), ("geo",))


def test_removing_everything_is_another_command() -> None:
    with pytest.raises(UsageError) as caught:
        _steps(("auth",), ("auth",), ("auth",))
    assert "--destroy" in caught.value.hint


def _plan(folder: Path, current: Current, features: dict[str, Any], wanted: Wanted, target: TargetName) -> Plan:
    return make_plan(target, "app", current, slices(folder, features), wanted, folder)


def _planned(folder: Path, features: dict[str, Any] = FEATURES, target: TargetName = TargetName.LOCAL) -> Plan:
    return _plan(folder, Current(), features, Wanted(), target)


def test_each_slice_is_deployed_then_checked_then_saved(tmp_path: Path) -> None:
    plan = _planned(tmp_path, {"one": FEATURES["one"]})
    assert [type(one) for one in plan.operations] == [DeploySlice, WriteOutputs, CheckFeature, KeepState]


def test_aws_keeps_its_own_state(tmp_path: Path) -> None:
    plan = _planned(tmp_path, {"one": FEATURES["one"]}, TargetName.BRANCH)
    assert KeepState not in [type(one) for one in plan.operations]


def test_a_later_slice_knows_what_to_go_back_to(tmp_path: Path) -> None:
    deploys = [one for one in _planned(tmp_path).operations if isinstance(one, DeploySlice)]
    assert [one.before and one.before[0].feature for one in deploys] == [None, "one", "two"]


def test_the_changes_of_a_slice_are_those_beyond_the_one_before(tmp_path: Path) -> None:
    plan = _planned(tmp_path)
    assert [{change.stack for change in one.changes} for one in plan.slices] == [{"one"}, {"two"}, {"three"}]


def _onto(folder: Path, allow: frozenset[str] = frozenset()) -> Plan:
    """A table with a name instead of one without."""
    before = synthesized(folder / "before", {"one": {"Rows": table(TableName="a")}}, ("one",))
    assert before.assembly is not None
    current = Current(("one",), tree_of(before.assembly), {"one#Rows": "a"}, "CREATE_COMPLETE", True)
    after = {"one": {"Rows": table(TableName="b")}}
    return _plan(folder, current, after, Wanted(allow=allow), TargetName.LOCAL)


def test_what_takes_data_is_refused(tmp_path: Path) -> None:
    assert [(change.label, change.holds) for change in _onto(tmp_path).refused] == [("one/Rows", "rows")]


@pytest.mark.parametrize("name", ["one/Rows", "Rows", "a"])
def test_what_takes_data_is_allowed_by_name(tmp_path: Path, name: str) -> None:
    plan = _onto(tmp_path, frozenset({name}))
    assert (plan.refused, [change.label for change in plan.allowed]) == ((), ["one/Rows"])


def test_another_name_allows_nothing(tmp_path: Path) -> None:
    assert _onto(tmp_path, frozenset({"one/Users"})).refused


def test_a_state_that_blocks_is_told_with_the_first_step(tmp_path: Path) -> None:
    current = Current(status="ROLLBACK_COMPLETE", asked=True, way="it is deleted first")
    plan = _plan(tmp_path, current, FEATURES, Wanted(), TargetName.LOCAL)
    ways = [one.way for one in plan.operations if isinstance(one, DeploySlice)]
    assert ways == ["it is deleted first", "", ""]
