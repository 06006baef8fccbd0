"""REST APIs of the local AWS answer, and refuse who does not say who calls."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from migrator.aws.rest_api import call, methods, stages
from migrator.local.process import LocalAws
from tests.local.templates import deploy, resources

pytestmark = pytest.mark.local


def _method(verb: str, asks: str, status: str) -> dict[str, Any]:
    integration = {
        "Type": "MOCK",
        "RequestTemplates": {"application/json": json.dumps({"statusCode": int(status)})},
        "IntegrationResponses": [{"StatusCode": status, "ResponseTemplates": {"application/json": "{}"}}],
    }
    place = {"RestApiId": {"Ref": "Api"}, "ResourceId": {"Ref": "Orders"}, "HttpMethod": verb}
    properties = {**place, "AuthorizationType": asks, "Integration": integration}
    return {
        "Type": "AWS::ApiGateway::Method",
        "Properties": {**properties, "MethodResponses": [{"StatusCode": status}]},
    }


@pytest.fixture(scope="module")
def api(local_tools: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LocalAws, str]]:
    root = {"Fn::GetAtt": ["Api", "RootResourceId"]}
    template = resources(
        Api={"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "orders"}},
        Orders={
            "Type": "AWS::ApiGateway::Resource",
            "Properties": {"RestApiId": {"Ref": "Api"}, "ParentId": root, "PathPart": "orders"},
        },
        List=_method("GET", "AWS_IAM", "200"),
        Make=_method("POST", "NONE", "200"),
        Deployed={
            "Type": "AWS::ApiGateway::Deployment",
            "Properties": {"RestApiId": {"Ref": "Api"}},
            "DependsOn": ["List", "Make"],
        },
        Stage={
            "Type": "AWS::ApiGateway::Stage",
            "Properties": {"RestApiId": {"Ref": "Api"}, "DeploymentId": {"Ref": "Deployed"}, "StageName": "main"},
        },
    )
    with LocalAws.start(tmp_path_factory.mktemp("rest"), node=False, install=False) as local:
        assert deploy(local, "rest", template) == "CREATE_COMPLETE"
        yield local, local.session.client("apigateway").get_rest_apis()["items"][0]["id"]


def test_its_methods_and_stages_are_read(api: tuple[LocalAws, str]) -> None:
    local, name = api
    assert methods(local.session, name) == {"GET /orders": "AWS_IAM", "POST /orders": "NONE"}
    assert stages(local.session, name) == ("main",)


@pytest.mark.parametrize(("verb", "sign", "status"), [
    ("GET", True, 200),
    ("GET", False, 403),
    ("POST", False, 200),
    ("DELETE", True, 403),
])  # fmt: skip
def test_who_may_call_is_answered(api: tuple[LocalAws, str], verb: str, sign: bool, status: int) -> None:
    local, name = api
    assert call(local.session, name, "main", verb, "/orders", sign=sign)[0] == status


def test_an_api_that_is_not_there_has_no_methods(api: tuple[LocalAws, str]) -> None:
    assert methods(api[0].session, "0123456789") is None
