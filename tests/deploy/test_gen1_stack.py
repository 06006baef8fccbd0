"""A Gen 1 backend on the local AWS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from migrator.aws.lambda_ import invoke
from migrator.core.errors import DeployError
from migrator.core.ref import ResourceRef
from migrator.deploy.gen1_stack import Gen1Stack, deploy_gen1
from migrator.gen1.app import App
from migrator.gen1.project import discover
from migrator.local.packages import packages_installed
from migrator.local.process import LocalAws
from tests.verify.deployments import FUNCTION

_BUCKET = "amplify-small-main-12345-deployment"
_PROVIDER = {
    "AuthRoleName": "amplify-small-main-12345-authRole",
    "UnauthRoleName": "amplify-small-main-12345-unauthRole",
    "AuthRoleArn": "arn:aws:iam::111122223333:role/amplify-small-main-12345-authRole",
    "UnauthRoleArn": "arn:aws:iam::111122223333:role/amplify-small-main-12345-unauthRole",
    "DeploymentBucketName": _BUCKET,
    "StackName": "amplify-small-main-12345",
    "Region": "eu-west-1",
}
_TRUST = {
    "Statement": [{"Effect": "Deny", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]
}
_KEY = "amplify-builds/resize-build.zip"
_ROOT = {
    "Parameters": {name: {"Type": "String"} for name in ("DeploymentBucketName", "AuthRoleName", "UnauthRoleName")},
    "Resources": {
        "DeploymentBucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Ref": "DeploymentBucketName"}}},
        "AuthRole": {
            "Type": "AWS::IAM::Role",
            "Properties": {"RoleName": {"Ref": "AuthRoleName"}, "AssumeRolePolicyDocument": _TRUST},
        },
        "UnauthRole": {
            "Type": "AWS::IAM::Role",
            "Properties": {"RoleName": {"Ref": "UnauthRoleName"}, "AssumeRolePolicyDocument": _TRUST},
        },
        "functionresize": {
            "Type": "AWS::CloudFormation::Stack",
            "Properties": {
                "TemplateURL": f"https://s3.amazonaws.com/{_BUCKET}/amplify-cfn-templates/function/resize.json",
                "Parameters": {"env": "main", "deploymentBucketName": _BUCKET, "s3Key": _KEY},
            },
        },
    },
}


def _template(handler: str = "index.handler") -> dict[str, Any]:
    """The function's own template, with code and a role."""
    made: dict[str, Any] = json.loads(json.dumps(FUNCTION))
    properties = made["Resources"]["LambdaFunction"]["Properties"]
    code = {"S3Bucket": {"Ref": "deploymentBucketName"}, "S3Key": {"Ref": "s3Key"}}
    properties |= {"Code": code, "Handler": handler, "Role": {"Fn::GetAtt": ["LambdaExecutionRole", "Arn"]}}
    made["Resources"]["LambdaExecutionRole"] = {
        "Type": "AWS::IAM::Role",
        "Properties": {"AssumeRolePolicyDocument": _TRUST},
    }
    made["Parameters"] = {name: {"Type": "String"} for name in ("env", "deploymentBucketName", "s3Key")}
    return made


def _project(folder: Path, *, with_root: bool = True) -> App:
    """A Gen 1 project with one function, as the CLI leaves it after a push."""
    config = {"function": {"resize": {"service": "Lambda", "build": True, "providerPlugin": "awscloudformation"}}}
    meta = {
        "providers": {"awscloudformation": _PROVIDER},
        "function": {"resize": {**config["function"]["resize"], "lastPushTimeStamp": "2026-01-01T00:00:00.000Z"}},
    }
    for place in ("backend", "#current-cloud-backend"):
        own = folder / "amplify" / place / "function" / "resize"
        (own / "src").mkdir(parents=True)
        (own / "src" / "index.js").write_text("exports.handler = async (event) => ({ seen: event });\n")
        (own / "resize-cloudformation-template.json").write_text(json.dumps(_template()))
        (folder / "amplify" / place / "backend-config.json").write_text(json.dumps(config))
        (folder / "amplify" / place / "amplify-meta.json").write_text(json.dumps(meta))
    if with_root:
        build = folder / "amplify" / "#current-cloud-backend" / "awscloudformation" / "build"
        build.mkdir(parents=True)
        (build / "root-cloudformation-stack.json").write_text(json.dumps(_ROOT))
    team = {"main": {"awscloudformation": _PROVIDER}}
    (folder / "amplify" / "team-provider-info.json").write_text(json.dumps(team))
    return discover(folder, "main").apps[0]


@pytest.fixture(scope="module")
def local(local_tools: None, node_tools: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    if not packages_installed():
        pytest.skip("needs the Node packages of the local AWS: python -m migrator.local")
    with LocalAws.start(tmp_path_factory.mktemp("local"), install=False) as running:
        yield running


@pytest.fixture(scope="module")
def made(local: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Gen1Stack:
    return deploy_gen1(local, _project(tmp_path_factory.mktemp("gen1")))


@pytest.mark.local
@pytest.mark.node
def test_outputs_are_known_by_resource(made: Gen1Stack) -> None:
    assert made.outputs[ResourceRef("function", "resize")]["Name"] == "resize-main"
    assert made.of("function", "Name") == "resize-main"


@pytest.mark.local
@pytest.mark.node
def test_functions_run_with_the_sources_of_the_deployed_copy(local: LocalAws, made: Gen1Stack) -> None:
    assert invoke(local.session, "resize-main", {"a": 1}).payload == {"seen": {"a": 1}}


@pytest.mark.local
@pytest.mark.node
def test_roles_are_those_of_the_local_account(local: LocalAws, made: Gen1Stack) -> None:
    assert made.roles["AuthRoleArn"] == f"arn:aws:iam::{local.account}:role/amplify-small-main-12345-authRole"


@pytest.mark.local
@pytest.mark.node
def test_without_the_root_stack_there_is_a_way_on(local: LocalAws, tmp_path: Path) -> None:
    with pytest.raises(DeployError, match="does not hold the root stack") as told:
        deploy_gen1(local, _project(tmp_path, with_root=False))
    assert "amplify pull" in told.value.hint
