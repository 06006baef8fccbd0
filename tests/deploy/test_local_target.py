"""Deployments onto one stack of the local AWS: what fails is rolled back, what holds data keeps its identity."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from migrator.aws.cloudformation import delete_stack, settle, stack_status
from migrator.core.errors import DeployError
from migrator.deploy.backend_names import stack_name
from migrator.deploy.changes import Action
from migrator.deploy.execute import execute
from migrator.deploy.journal import Journal
from migrator.deploy.plan import Wanted
from migrator.deploy.record import physical_ids
from migrator.deploy.site import Site
from migrator.deploy.steps import Step, StepStatus
from migrator.deploy.targets.interface import BackendIdentity
from tests.deploy.assemblies import FEATURES, IDENTITY, broken, parameter, table
from tests.deploy.driver import HandmadeTarget, deploy, planned, state, target

pytestmark = pytest.mark.local


@pytest.fixture
def place(local_tools: None, tmp_path: Path) -> Iterator[HandmadeTarget]:
    found = target(tmp_path)
    with found.opened(lambda line: None):
        yield found


def _failed(steps: tuple[Step, ...]) -> Step:
    return next(step for step in steps if step.status is StepStatus.FAILED)


def _ids(place: HandmadeTarget) -> dict[str, str]:
    return {key: value for key, value in physical_ids(place.current()).items() if "/" in key or "#" in key}


def _of_tables(place: HandmadeTarget) -> dict[str, str]:
    return {key: value for key, value in _ids(place).items() if key.endswith(("#Users", "#Rows"))}


def test_tables_keep_their_identity_through_every_step(place: HandmadeTarget, tmp_path: Path) -> None:
    deploy(place, tmp_path, {"one": FEATURES["one"]})
    first = _of_tables(place)
    deploy(place, tmp_path)
    assert _of_tables(place).items() >= first.items()
    assert len(_of_tables(place)) == 2


def test_deploying_again_changes_nothing(place: HandmadeTarget, tmp_path: Path) -> None:
    deploy(place, tmp_path)
    before = _ids(place)
    steps = deploy(place, tmp_path)
    assert steps[0].reason.startswith("unchanged")
    assert _ids(place) == before


def test_a_feature_that_fails_at_first_leaves_nothing(place: HandmadeTarget, tmp_path: Path) -> None:
    steps = deploy(place, tmp_path, {"one": {"Bad": broken(), **FEATURES["one"]}})
    failed = _failed(steps)
    assert failed.failures[0].logical_id == "Bad"
    assert failed.failures[0].stack == "one"
    assert place.session.client("iam").list_roles()["Roles"] == []


def test_after_a_failed_creation_the_next_deployment_works(place: HandmadeTarget, tmp_path: Path) -> None:
    deploy(place, tmp_path, {"one": {"Bad": broken(), **FEATURES["one"]}})
    assert "deleted first" in planned(place, tmp_path).current.way
    steps = deploy(place, tmp_path)
    assert all(step.status is StepStatus.DONE for step in steps)


def test_a_feature_that_fails_later_leaves_the_others_as_they_were(place: HandmadeTarget, tmp_path: Path) -> None:
    deploy(place, tmp_path, {"one": FEATURES["one"]})
    before, ids = state(place), _ids(place)
    steps = deploy(place, tmp_path, {"one": FEATURES["one"], "two": {"Rows": table("Delete"), "Bad": broken()}})
    failed = _failed(steps)
    assert (failed.failures[0].stack, failed.failures[0].logical_id) == ("two", "Bad")
    assert failed.undone == "the stack is as it was before"
    assert (state(place), _ids(place)) == (before, ids)


def test_a_resource_that_fails_inside_a_feature_that_is_there_is_rolled_back(
    place: HandmadeTarget, tmp_path: Path
) -> None:
    deploy(place, tmp_path)
    before, ids = state(place), _ids(place)
    worse = FEATURES | {"two": {**FEATURES["two"], "Bad": broken()}}
    failed = _failed(deploy(place, tmp_path, worse))
    assert failed.failures[0].logical_id == "Bad"
    assert (state(place), _ids(place)) == (before, ids)


def test_after_a_rollback_the_next_deployment_works(place: HandmadeTarget, tmp_path: Path) -> None:
    deploy(place, tmp_path, {"one": FEATURES["one"]})
    deploy(place, tmp_path, {"one": FEATURES["one"], "two": {"Bad": broken()}})
    assert all(step.status is StepStatus.DONE for step in deploy(place, tmp_path))


def test_a_failure_leaves_the_steps_after_it_alone(place: HandmadeTarget, tmp_path: Path) -> None:
    steps = deploy(place, tmp_path, {"one": {"Bad": broken()}, "two": FEATURES["two"]})
    assert next(step.name for step in steps if step.status is StepStatus.PENDING) == "outputs one"
    assert place.current() is None or "two" not in place.current().children  # type: ignore[union-attr]


def test_a_feature_without_data_goes_and_comes_again(place: HandmadeTarget, tmp_path: Path) -> None:
    deploy(place, tmp_path)
    before, tables = state(place), _of_tables(place)
    deploy(place, tmp_path, wanted=Wanted(("one", "two"), ("three",)))
    assert "three" not in place.current().children  # type: ignore[union-attr]
    deploy(place, tmp_path)
    assert (state(place), _of_tables(place)) == (before, tables)


def test_a_table_that_is_retained_stays_behind_with_its_rows(place: HandmadeTarget, tmp_path: Path) -> None:
    features: dict[str, Any] = {"one": FEATURES["one"], "two": {"Rows": table()}}
    deploy(place, tmp_path, features)
    name = _of_tables(place)["two#Rows"]
    database = place.session.client("dynamodb")
    database.put_item(TableName=name, Item={"id": {"S": "kept"}})
    plan = planned(place, tmp_path, features, Wanted(("one",), ("two",)))
    left = [change for one in plan.slices for change in one.changes if change.action is Action.LEAVE]
    assert [(change.label, change.physical_id) for change in left] == [("two/Rows", name)]
    deploy(place, tmp_path, features, Wanted(("one",), ("two",)))
    assert database.get_item(TableName=name, Key={"id": {"S": "kept"}})["Item"]["id"]["S"] == "kept"


def test_what_was_left_behind_is_beside_the_new_one_when_the_feature_comes_again(
    place: HandmadeTarget, tmp_path: Path
) -> None:
    bucket = {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain"}
    features: dict[str, Any] = {"one": FEATURES["three"], "two": {"Rows": table(), "Files": bucket}}
    deploy(place, tmp_path, features)
    before = _ids(place)
    deploy(place, tmp_path, features, Wanted(("one",), ("two",)))
    steps = deploy(place, tmp_path, features)
    assert {step.status for step in steps} == {StepStatus.DONE}
    after = _ids(place)
    assert {before[key] != after[key] for key in ("two#Rows", "two#Files")} == {True}
    assert len(place.session.client("dynamodb").list_tables()["TableNames"]) == 2


def test_a_table_that_would_be_replaced_is_refused(place: HandmadeTarget, tmp_path: Path) -> None:
    deploy(place, tmp_path, {"one": FEATURES["one"]})
    keys = {"AttributeDefinitions": [{"AttributeName": "sku", "AttributeType": "S"}]}
    other = {"one": {"Users": table(KeySchema=[{"AttributeName": "sku", "KeyType": "HASH"}], **keys)}}
    plan = planned(place, tmp_path, other)
    assert [change.label for change in plan.refused] == ["one/Users"]
    allowed = planned(place, tmp_path, other, Wanted(allow=frozenset({"one/Users"})))
    assert (allowed.refused, len(allowed.allowed)) == ((), 1)


def test_a_template_that_cannot_be_asked_for_is_no_step_half_done(place: HandmadeTarget, tmp_path: Path) -> None:
    plan = planned(place, tmp_path)
    (plan.operations[0].assembly.folder / "manifest.json").unlink()  # type: ignore[union-attr]
    journal = Journal(tmp_path)
    journal.begin({})
    with pytest.raises(DeployError, match="is gone"):
        execute(plan.operations, Site(place, tmp_path, lambda one, two: one), journal)
    assert place.current() is None


def test_a_dead_stack_is_settled_by_deleting_it(place: HandmadeTarget, tmp_path: Path) -> None:
    deploy(place, tmp_path, {"one": {"Bad": broken()}})
    name = stack_name(IDENTITY)
    assert stack_status(place.session, name) in ("ROLLBACK_COMPLETE", "CREATE_FAILED")
    assert settle(place.session, name, pause=0.1) is None
    assert stack_status(place.session, name) is None


def test_a_stack_can_be_deleted(place: HandmadeTarget, tmp_path: Path) -> None:
    deploy(place, tmp_path)
    outcome = delete_stack(place.session, stack_name(IDENTITY), pause=0.1)
    assert (outcome.result, place.current()) == ("deleted", None)


def test_another_backend_of_the_same_project_is_another_stack(place: HandmadeTarget, tmp_path: Path) -> None:
    deploy(place, tmp_path, {"three": {"Setting": parameter("x")}})
    other = BackendIdentity(IDENTITY.mode, IDENTITY.namespace, "feature")
    assert stack_status(place.session, stack_name(other)) is None
