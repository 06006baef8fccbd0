"""Every resource of the feature's stacks has to be there; what is missing or failed is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from migrator.aws.session import Session
from migrator.deploy.checks.interface import Deployed, Outcome, Status, checks_for
from migrator.deploy.checks.resources import resources
from migrator.verify.assembly import Assembly, Stack
from tests.aws.stubbed import Stubbed

NESTED = "AWS::CloudFormation::Stack"
MAP, STREAM = {"Type": "AWS::Location::Map"}, {"Type": "AWS::Kinesis::Stream"}


def _stack(name: str, **bodies: dict[str, Any]) -> Stack:
    return Stack(f"{name}.json", {"Resources": bodies}, "root.json", f"{name}Nested", name)


def _listed(*resources: tuple[str, str, str]) -> dict[str, Any]:
    return {
        "StackResourceSummaries": [
            {
                "LogicalResourceId": name,
                "PhysicalResourceId": f"{name}-1",
                "ResourceType": type_,
                "ResourceStatus": status,
                "LastUpdatedTimestamp": 0,
            }
            for name, type_, status in resources
        ]
    }


def _outcomes(feature: str, stacks: tuple[Stack, ...], *answers: dict[str, Any]) -> list[Outcome]:
    stubbed = Stubbed()
    nested = {one.logical_id: {"Type": NESTED} for one in stacks}
    root = _listed(*((name, NESTED, "CREATE_COMPLETE") for name in nested))
    for answer in (root, *answers):
        stubbed.answers("cloudformation", "list_stack_resources", answer)
    assembly = Assembly(Path(), (Stack("root.json", {"Resources": nested}), *stacks), {})
    return list(resources(Deployed(cast("Session", stubbed), "app", feature, None, assembly, Path())))


def test_what_is_there_is_counted() -> None:
    found = _outcomes("geo", (_stack("geo", Map=MAP),), _listed(("Map", "AWS::Location::Map", "UPDATE_COMPLETE")))
    assert found == [Outcome("resources", "geo", Status.PASSED, "1 resources are there")]


def test_what_is_missing_is_named() -> None:
    (found,) = _outcomes("geo", (_stack("geo", Map=MAP, Other=MAP),), _listed(("Map", "x", "CREATE_COMPLETE")))
    assert (found.status, found.reason) == (Status.FAILED, "Other (AWS::Location::Map) is not there")


def test_what_cloudformation_could_not_finish_is_named() -> None:
    (found,) = _outcomes("geo", (_stack("geo", Map=MAP),), _listed(("Map", "AWS::Location::Map", "UPDATE_FAILED")))
    assert (found.status, found.reason) == (Status.FAILED, "Map (AWS::Location::Map) is UPDATE_FAILED")


def test_stacks_of_other_features_are_theirs() -> None:
    stacks = (_stack("rest-api-orders", Api=MAP), _stack("analytics", Stream=STREAM))
    found = _outcomes("analytics", stacks, _listed(), _listed(("Stream", "x", "CREATE_COMPLETE")))
    assert [(one.subject, one.status) for one in found] == [("analytics", Status.PASSED)]


def test_a_broken_stack_of_the_projects_own_is_told_with_any_feature() -> None:
    found = _outcomes("geo", (_stack("billing", Stream=STREAM),), _listed(("Stream", "x", "CREATE_FAILED")))
    assert [(one.subject, one.status) for one in found] == [("stack billing", Status.FAILED)]


def test_what_a_condition_decides_need_not_be_there() -> None:
    assert _outcomes("geo", (_stack("geo", Map={**MAP, "Condition": "Wanted"}),), _listed())[0].status is Status.PASSED


def test_every_feature_has_its_resources_looked_at() -> None:
    for feature in ("auth", "rest-api", "geo", "custom", "notifications"):
        assert resources in checks_for(feature, local=False)
