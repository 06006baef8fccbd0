"""What custom stacks deploy, seen in both generations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from migrator.categories.custom.model import CustomStack, Form, StackName
from migrator.categories.custom.observe import OBSERVER
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.observed import Declared, Generation, Side
from migrator.gen1.graph import Evidence, Fact, Resource, ResourceGraph
from migrator.gen1.project import discover
from tests.categories.observing import differing

QUEUE = "AWS::SQS::Queue"
REF = ResourceRef("custom", "quay")


def context(folder: Path, form: Form = Form.TEMPLATE, *names: StackName) -> Context:
    (folder / "amplify/backend/custom/quay").mkdir(parents=True, exist_ok=True)
    (folder / "amplify/backend/custom/quay/quay-cloudformation-template.json").write_text("{}")
    (folder / "amplify/team-provider-info.json").write_text('{"main": {}}')
    facts: tuple[Fact[Any], ...] = (
        Fact(REF, "quay", CustomStack(form)),
        *(Fact(REF, "Q", replace(name, form=form)) for name in names),
    )
    graph = ResourceGraph((Resource(REF, "customCloudformation", Evidence.SOURCE, facts),))
    return Context(graph, discover(folder).apps[0], selection=frozenset((REF,)))


def compared(one: Context, left: Declared, right: Declared) -> list[str]:
    sides = (named(Side.GEN1, left, one), named(Side.GEN2, right, one))
    return [found[1] for found in differing(OBSERVER, *sides)]


def named(side: Side, declared: Declared, one: Context) -> Generation:
    generation = Generation(side, (declared,), one)
    return replace(generation, resources=(replace(declared, name=OBSERVER.name(declared, generation)),))


def old(type: str = QUEUE, id: str = "Q", **properties: Any) -> Declared:
    return Declared(f"custom/quay#{id}", type, properties, stack="custom/quay", owner=REF)


def new(type: str = QUEUE, id: str = "Q", policies: dict[str, str] | None = None, **properties: Any) -> Declared:
    return Declared(
        f"custom-quay#{id}",
        type,
        properties,
        stack="custom-quay",
        path=f"custom-quay/quay/{id}",
        policies=policies or {},
    )


def test_a_resource_keeps_its_logical_id(tmp_path: Path) -> None:
    one = context(tmp_path)
    assert OBSERVER.name(old(), Generation(Side.GEN1, (), one)) == "custom quay Q"
    assert OBSERVER.name(new(), Generation(Side.GEN2, (), one)) == "custom quay Q"


def test_what_is_the_same_is_the_same(tmp_path: Path) -> None:
    assert compared(context(tmp_path), old(DelaySeconds=3), new(DelaySeconds=3)) == []


def test_another_setting_is_a_difference(tmp_path: Path) -> None:
    assert compared(context(tmp_path), old(DelaySeconds=3), new(DelaySeconds=4)) == ["DelaySeconds"]


def test_a_policy_that_says_the_default_says_nothing(tmp_path: Path) -> None:
    assert compared(context(tmp_path), old(), new(policies={"DeletionPolicy": "Delete"})) == []


def test_a_table_of_a_template_has_to_outlive_its_stack(tmp_path: Path) -> None:
    type = "AWS::DynamoDB::Table"
    assert compared(context(tmp_path), old(type), new(type)) == ["DeletionPolicy", "UpdateReplacePolicy"]


def test_a_table_of_code_keeps_the_policy_of_the_code(tmp_path: Path) -> None:
    type = "AWS::DynamoDB::Table"
    assert compared(context(tmp_path, Form.CODE), old(type), new(type)) == []


@pytest.mark.parametrize(("name", "differences"), [("jobs-main-gen2", []), ("jobs-main", ["QueueName"])])
def test_a_name_of_the_live_resource_has_to_be_another(tmp_path: Path, name: str, differences: list[str]) -> None:
    told = StackName("QueueName", "jobs-${env}")
    assert (
        compared(context(tmp_path, Form.TEMPLATE, told), old(QueueName="jobs-main"), new(QueueName=name)) == differences
    )
