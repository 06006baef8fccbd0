"""Resources of `stacks/`: what is carried over as code, in which order, and what is left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.categories.data.gen1_api import API, assess, project
from tests.categories.data.test_convert import files

SOURCE: dict[str, Any] = {
    "Type": "AWS::AppSync::DataSource",
    "Properties": {"ApiId": {"Ref": "AppSyncApiId"}, "Name": "weather", "Type": "NONE"},
}


def resolver(**properties: Any) -> dict[str, Any]:
    said = {"ApiId": {"Ref": "AppSyncApiId"}, "TypeName": "Query", "FieldName": "weather", **properties}
    return {"Type": "AWS::AppSync::Resolver", "Properties": {"ResponseMappingTemplate": "{}", **said}}


def with_stack(root: Path, **resources: Any) -> Path:
    stack = {
        "Parameters": {"AppSyncApiId": {"Type": "String"}, "S3DeploymentBucket": {"Type": "String"}},
        "Resources": resources,
    }
    return project(root, files={f"{API}/stacks/CustomResources.json": stack})


def wiring(root: Path, **resources: Any) -> str:
    return files(with_stack(root, **resources))["data/wiring.ts"]


def rules(root: Path, **resources: Any) -> set[str]:
    return {one.rule for one in assess(with_stack(root, **resources)).findings}


def test_a_variable_of_a_mapping_template_is_text(tmp_path: Path) -> None:
    made = wiring(tmp_path, Own=resolver(DataSourceName="NONE_DS", RequestMappingTemplate="${ctx.args.place}"))
    assert "requestMappingTemplate: '${ctx.args.place}'," in made


def test_a_text_that_looks_like_a_reference_is_none(tmp_path: Path) -> None:
    made = wiring(tmp_path, Own=resolver(DataSourceName="NONE_DS", RequestMappingTemplate="${AppSyncApiId}"))
    assert "requestMappingTemplate: '${AppSyncApiId}'," in made


def test_a_resolver_waits_for_the_source_that_it_names(tmp_path: Path) -> None:
    made = wiring(tmp_path, Own=resolver(DataSourceName="weather"), Place=SOURCE)
    assert "dataSourceName: place.attrName," in made
    assert made.index("const place = new CfnDataSource") < made.index("new CfnResolver")


def test_what_a_resource_depends_on_is_made_first(tmp_path: Path) -> None:
    topic = {"Type": "AWS::SNS::Topic", "DependsOn": ["Queue"]}
    made = wiring(tmp_path, Topic=topic, Queue={"Type": "AWS::SQS::Queue"})
    assert "const queue = new CfnResource(" in made
    assert ".addDependency(queue);" in made
    assert made.index("type: 'AWS::SQS::Queue'") < made.index("type: 'AWS::SNS::Topic'")


def test_attributes_of_any_resource_can_be_named(tmp_path: Path) -> None:
    noted = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": {"Fn::GetAtt": ["Queue", "Arn"]}}}
    made = wiring(tmp_path, Noted=noted, Queue={"Type": "AWS::SQS::Queue"})
    assert "Value: queue.getAtt('Arn').toString()" in made


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ({"Type": "AWS::DynamoDB::Table", "DeletionPolicy": "Delete"}, True),
        ({"Type": "AWS::SQS::Queue", "DeletionPolicy": "Retain"}, True),
        ({"Type": "AWS::SQS::Queue"}, False),
    ],
)
def test_what_holds_data_stays(said: dict[str, Any], stays: bool, tmp_path: Path) -> None:
    kept = "applyRemovalPolicy(RemovalPolicy.RETAIN"
    assert wiring(tmp_path, Own=said).count(kept) == (2 if stays else 1)  # the tables of models stay too


def test_what_needs_a_resource_that_is_left_is_left_too(tmp_path: Path) -> None:
    gone = {**SOURCE, "Properties": {**SOURCE["Properties"], "Description": {"Ref": "S3DeploymentBucket"}}}
    found = with_stack(tmp_path, Own=resolver(DataSourceName="weather"), Place=gone)
    assert "CfnResolver" not in files(found)["data/wiring.ts"]
    told = [one.message.split()[0] for one in assess(found).findings if one.rule == "DATA301"]
    assert told == ["Own", "Place"]


def test_a_name_of_which_there_is_one_in_an_account_is_told(tmp_path: Path) -> None:
    assert "DATA305" in rules(tmp_path / "named", Own={"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "late"}})
    assert "DATA305" not in rules(tmp_path / "source", Place=SOURCE)
