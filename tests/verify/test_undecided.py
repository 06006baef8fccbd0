"""Conditions of Gen 1's templates that no file decides, and stacks whose template is not there."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from migrator.documents.document import Document
from migrator.gen1.template import Template
from migrator.verify.results import Check, CheckResult, Status
from tests.verify.deployments import FUNCTION, RESIZE, assembly, checked, project

WHERE = {"Conditions": {"IsLarge": {"Fn::Equals": [{"Ref": "size"}, "large"]}}}


def result(folder: Path, *, check: Check = Check.SETTINGS, condition: str = "", **properties: Any) -> CheckResult:
    """What a check says of a function with other properties in Gen 1; the parameter `size` is in no file."""
    template: Any = deepcopy({**FUNCTION, **WHERE})
    template["Parameters"]["size"] = {"Type": "String"}
    template["Resources"]["LambdaFunction"]["Properties"] |= properties
    if condition:
        template["Resources"]["LambdaFunction"]["Condition"] = condition
    made = assembly({"function": {"Resources": {"resizelambda": deepcopy(dict(RESIZE))}}})
    return checked(project(folder, {"resize": template}), made, check)


def test_a_setting_that_hangs_on_a_condition_that_nothing_decides_is_told(tmp_path: Path) -> None:
    found = result(tmp_path, Timeout={"Fn::If": ["IsLarge", 25, 90]})
    assert found.status is Status.SKIPPED
    assert "Timeout: hangs on IsLarge of function/resize" in found.reason


def test_the_branch_that_holds_is_compared_all_the_same(tmp_path: Path) -> None:
    assert result(tmp_path, Timeout={"Fn::If": ["IsLarge", 90, 25]}).status is Status.FAILED


def test_a_condition_that_changes_nothing_is_not_told(tmp_path: Path) -> None:
    found = result(tmp_path, Timeout={"Fn::If": ["IsLarge", 25, 25]})
    assert found.status is Status.PASSED
    assert not any("hangs on" in one.message for one in found.details)


def test_a_resource_that_hangs_on_such_a_condition_is_told(tmp_path: Path) -> None:
    assert "whether there is one: hangs on IsLarge" in result(tmp_path, condition="IsLarge").reason


def test_a_variable_that_hangs_on_such_a_condition_is_told_by_the_check_of_variables(tmp_path: Path) -> None:
    variables = {"ENV": {"Fn::If": ["IsLarge", {"Ref": "env"}, "none"]}, "REGION": {"Ref": "AWS::Region"}}
    found = result(tmp_path, check=Check.ENVIRONMENT, Environment={"Variables": variables})
    assert "Variables[ENV]: hangs on IsLarge" in found.reason


@pytest.mark.parametrize(("assumed", "taken"), [(True, ["A", "large"]), (False, ["small"])])
def test_a_template_can_be_read_with_such_conditions_either_way(assumed: bool, taken: list[str]) -> None:
    resources = {
        "A": {"Type": "AWS::SNS::Topic", "Condition": "IsLarge"},
        "B": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": {"Fn::If": ["IsLarge", "large", "small"]}}},
    }
    root: Any = {**WHERE, "Parameters": {"size": {"Type": "String"}}, "Resources": resources}
    template = Template(Document(Path("t.json"), "t.json", root), assumed=assumed)
    named = template.resource("B")
    assert named is not None
    optional = [one.logical_id for one in template.resources() if one is not named]
    assert [*optional, named.properties.get("TopicName").text().value] == taken
    assert template.undecided() == ("IsLarge",)


def test_a_nested_stack_whose_template_is_not_there_is_listed(tmp_path: Path) -> None:
    template: Any = deepcopy(dict(FUNCTION))
    template["Resources"]["Queues"] = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": "https://s3.amazonaws.com/elsewhere/queues.json"},
    }
    made = assembly({"function": {"Resources": {"resizelambda": deepcopy(dict(RESIZE))}}})
    found = checked(project(tmp_path, {"resize": template}), made)
    told = [(one.resource, one.gen1, one.gen2, one.rule) for one in found.differences if one.kind.endswith("::Stack")]
    assert told == [("function/resize: function/resize Queues", "present", None, told[0][3])]
