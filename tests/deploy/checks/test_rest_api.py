"""The methods of REST APIs, in the templates and as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from migrator.aws.rest_api import methods, stages
from migrator.aws.session import Session
from migrator.deploy.checks.rest_api import methods_of
from migrator.engine.observed import Declared, Generation, Side
from tests.aws.stubbed import Stubbed
from tests.verify.deployments import FUNCTION, project

API = "rest-api-orders#Api"


def _declared(name: str, kind: str, **properties: Any) -> Declared:
    return Declared(f"rest-api-orders#{name}", f"AWS::ApiGateway::{kind}", properties, "rest-api-orders")


def _part(name: str, part: str, parent: str) -> Declared:
    return _declared(name, "Resource", PathPart=part, ParentId=parent, RestApiId=f"${{{API}}}")


@pytest.fixture
def template(tmp_path: Path) -> Generation:
    orders, one = "${rest-api-orders#Orders}", "${rest-api-orders#One}"
    found = (
        _declared("Api", "RestApi", Name="orders"),
        _part("Orders", "orders", f"${{{API}.RootResourceId}}"),
        _part("One", "{id}", orders),
        _declared("List", "Method", HttpMethod="GET", ResourceId=orders, RestApiId=f"${{{API}}}"),
        _declared(
            "Read", "Method", HttpMethod="ANY", ResourceId=one, RestApiId=f"${{{API}}}", AuthorizationType="AWS_IAM"
        ),
        _declared("Root", "Method", HttpMethod="GET", ResourceId=f"${{{API}.RootResourceId}}", RestApiId=f"${{{API}}}"),
        _declared("Theirs", "Method", HttpMethod="GET", ResourceId=orders, RestApiId="${other#Api}"),
    )
    return Generation(Side.GEN2, found, project(tmp_path, {"resize": FUNCTION}).context)


def test_methods_have_the_whole_path(template: Generation) -> None:
    assert methods_of(template, template.resources[0]) == {
        "GET /orders": "NONE",
        "ANY /orders/{id}": "AWS_IAM",
        "GET /": "NONE",
    }


def test_methods_are_read_from_all_pages() -> None:
    method = {"GET": {"httpMethod": "GET", "authorizationType": "AWS_IAM"}}
    stubbed = Stubbed().answers("apigateway", "get_rest_api", {"id": "abc"})
    stubbed.answers("apigateway", "get_resources", {"items": [{"path": "/"}], "position": "2"})
    stubbed.answers("apigateway", "get_resources", {"items": [{"path": "/orders", "resourceMethods": method}]})
    assert methods(cast("Session", stubbed), "abc") == {"GET /orders": "AWS_IAM"}


def test_an_api_that_is_gone_has_no_methods() -> None:
    stubbed = Stubbed().fails("apigateway", "get_rest_api", "NotFoundException")
    assert methods(cast("Session", stubbed), "abc") is None


def test_a_stage_without_a_deployment_serves_nothing() -> None:
    said = {"item": [{"stageName": "old"}, {"stageName": "main", "deploymentId": "d1"}]}
    assert stages(cast("Session", Stubbed().answers("apigateway", "get_stages", said)), "abc") == ("main",)
