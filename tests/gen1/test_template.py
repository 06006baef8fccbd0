"""Templates: which resources and outputs exist, and what stands around their properties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.core.finding import Finding
from migrator.documents.document import Document, format_pointer
from migrator.gen1.template import Template

ROOT: Any = {
    "AWSTemplateFormatVersion": "2010-09-09",
    "Description": "x",
    "Parameters": {"env": {"Type": "String", "Default": "dev"}},
    "Conditions": {"Dev": {"Fn::Equals": [{"Ref": "env"}, "dev"]}, "Prod": {"Fn::Equals": [{"Ref": "env"}, "prod"]}},
    "Resources": {
        "Table": {
            "Type": "AWS::DynamoDB::Table",
            "Condition": "Dev",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": {"Fn::If": ["Dev", "Delete", "Retain"]},
            "DependsOn": "Role",
            "Metadata": {"note": {"Ref": "env"}},
            "Properties": {"TableName": {"Fn::Sub": "pets-${env}"}},
        },
        "Role": {"Type": "AWS::IAM::Role"},
        "Replica": {"Type": "AWS::DynamoDB::Table", "Condition": "Prod"},
    },
    "Outputs": {
        "Name": {"Value": {"Ref": "Table"}},
        "Arn": {"Condition": "Dev", "Value": {"Fn::GetAtt": ["Table", "Arn"]}},
        "Gone": {"Condition": "Prod", "Value": "x"},
    },
}


def template(root: Any = ROOT, findings: list[Finding] | None = None) -> Template:
    return Template(Document(Path("t.json"), "t.json", root), {}, findings)


def test_resources_whose_condition_fails_do_not_exist() -> None:
    assert [r.logical_id for r in template().resources()] == ["Table", "Role"]
    assert template().resource("Replica") is None


def test_resources_are_found_by_type() -> None:
    assert [r.logical_id for r in template().resources("AWS::IAM::Role")] == ["Role"]


def test_a_resource_tells_its_policies_and_order() -> None:
    table = template().resource("Table")
    assert table is not None
    assert table.deletion_policy.value == "Retain"
    assert table.update_replace_policy.value == "Delete"
    assert table.depends_on.value == ("Role",)
    assert table.attribute("Metadata").get("note").text().value == "dev"


def test_a_resource_without_properties_has_an_empty_cursor() -> None:
    role = template().resource("Role")
    assert role is not None
    assert not role.properties.present
    assert role.properties.get("RoleName").text("none").value == "none"


def test_the_type_of_a_resource_knows_what_decided_that_it_exists() -> None:
    table = template().resource("Table")
    assert table is not None
    assert {format_pointer(s.pointer) for s in table.declared.sources} == {
        "/Resources/Table/Type",
        "/Resources/Table/Condition",
        "/Conditions/Dev",
        "/Parameters/env/Type",
        "/Parameters/env/Default",
    }


def test_outputs_whose_condition_fails_do_not_exist() -> None:
    assert [name for name, _ in template().outputs()] == ["Name", "Arn"]
    assert not template().output("Gone").present


def test_what_is_left_out_is_accounted_for() -> None:
    inactive = template().inactive()
    assert inactive.value == ("Replica", "Outputs.Gone")
    assert ("Resources", "Replica") in [s.pointer for s in inactive.sources]


def test_what_is_removed_from_what_exists_is_accounted_for() -> None:
    gone = {"Fn::If": ["Prod", {"Fn::If": ["Dev", 1, 2]}, {"Ref": "AWS::NoValue"}]}
    kept = {"Fn::If": ["Dev", [gone, {"Ref": "AWS::NoValue"}], "x"]}
    root = {**ROOT, "Outputs": {}, "Resources": {"A": {"Type": "T", "Properties": {"P": gone, "Q": kept, "R": 1}}}}
    sources = template(root).inactive().sources
    assert {format_pointer(s.pointer) for s in sources if s.pointer[0] == "Resources"} == {
        "/Resources/A/Properties/P",
        "/Resources/A/Properties/Q/Fn::If/1/0",
        "/Resources/A/Properties/Q/Fn::If/1/1",
    }


def test_the_declarations_around_are_accounted_for() -> None:
    assert [s.pointer[0] for s in template().plumbing().sources] == [
        "AWSTemplateFormatVersion",
        "Description",
        "Parameters",
        "Conditions",
    ]


@pytest.mark.parametrize(
    "root", [None, [], "x", {}, {"Resources": []}, {"Resources": {"A": 1}}, {"Resources": {"A": {}}}]
)
def test_a_template_of_the_wrong_shape_is_empty_or_half_empty(root: Any) -> None:
    findings: list[Finding] = []
    found = list(template(root, findings).resources())
    assert [r.type for r in found] in ([], [""])
    assert list(template(root, findings).outputs()) == []


def test_a_resource_that_is_no_object_is_said() -> None:
    findings: list[Finding] = []
    list(template({"Resources": {"A": [1]}}, findings).resources())
    assert [f.rule for f in findings] == ["GEN011"]


def test_a_missing_parameter_is_no_parameter() -> None:
    assert template().parameter("nothing").value is None
    assert template().parameter("env").value == "dev"


@pytest.mark.parametrize(
    ("said", "found"), [({"a": 1}, [{"a": 1}]), ([{"a": 1}, {"b": 2}], [{"a": 1}, {"b": 2}]), ([], [])]
)
def test_a_statement_may_stand_alone(said: object, found: list[object]) -> None:
    resources = {"Resources": {"Policy": {"Type": "AWS::IAM::Policy", "Properties": {"Statement": said}}}}
    policy = template(resources).resource("Policy")
    assert policy is not None
    assert [one.whole().value for one in policy.properties.get("Statement").one_or_more()] == found
