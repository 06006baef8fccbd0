"""REST APIs as both generations deploy them."""

from __future__ import annotations

from typing import Any

import pytest

from migrator.categories.rest_api.observe import OBSERVER
from migrator.engine.observed import Declared, Generation, Side
from tests.categories import observing
from tests.categories.observing import differing, generation, seen

ANY = "x-amazon-apigateway-any-method"
INTEGRATION = "x-amazon-apigateway-integration"
CALL = "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
ARN = "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${function resize}"
HEADER = "method.response.header.Access-Control-Allow-"


def document(security: Any = None, **more: Any) -> dict[str, Any]:
    method = {INTEGRATION: {"type": "aws_proxy", "uri": f"{CALL}{ARN}/invocations", **more}}
    if security:
        method["security"] = security
    answer = {
        "statusCode": "200",
        "responseParameters": {f"{HEADER}Methods": "'GET,POST'", f"{HEADER}Origin": "'*'"},
    }
    mock = {"type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200}'}}
    options = {INTEGRATION: {**mock, "responses": {"default": answer}}}
    schemes = {
        "sigv4": {"x-amazon-apigateway-authtype": "awsSigv4"},
        "Cognito": {
            "name": "Authorization",
            "x-amazon-apigateway-authtype": "cognito_user_pools",
            "x-amazon-apigateway-authorizer": {"type": "cognito_user_pools", "providerARNs": ["pool"]},
        },
    }
    return {"paths": {"/rooms/{room}": {ANY: method, "options": options}}, "securityDefinitions": schemes}


def gen1(security: Any = None, **more: Any) -> Generation:
    api = {"Name": "museum", "Description": "", "FailOnWarnings": True, "Body": document(security, **more)}
    return generation(
        Side.GEN1,
        observing.gen1("api/museum#museum", "AWS::ApiGateway::RestApi", api),
        observing.gen1(
            "api/museum#Deployment",
            "AWS::ApiGateway::Deployment",
            {"RestApiId": "${api/museum#museum}", "StageName": "main", "StageDescription": {"ThrottlingRateLimit": 5}},
        ),
    )


API = "rest-api-museum/museum"


def ref(path: str) -> str:
    return f"${{{path}#R}}"


def made(path: str, type: str, properties: dict[str, Any]) -> Declared:
    return observing.gen2(path, f"AWS::ApiGateway::{type}", {"RestApiId": ref(API), **properties})


def gen2(method: dict[str, Any], *more: Declared, methods: str = "'POST,GET'") -> Generation:
    rooms, room = f"{API}/Default/rooms", f"{API}/Default/rooms/room"
    answer = {
        "StatusCode": "200",
        "ResponseParameters": {f"{HEADER}Origin": "'*'", f"{HEADER}Methods": methods},
    }
    mock = {
        "Type": "MOCK",
        "RequestTemplates": {"application/json": "{ statusCode: 200 }"},
        "IntegrationResponses": [answer],
    }
    integration = {"Type": "AWS_PROXY", "IntegrationHttpMethod": "POST", "Uri": f"{CALL}{ARN}/invocations"}
    throttled = [{"HttpMethod": "*", "ResourcePath": "/*", "DataTraceEnabled": False, "ThrottlingRateLimit": 5}]
    return generation(
        Side.GEN2,
        observing.gen2(API, "AWS::ApiGateway::RestApi", {"Name": "museum"}),
        made(rooms, "Resource", {"ParentId": f"${{{API}#R.RootResourceId}}", "PathPart": "rooms"}),
        made(room, "Resource", {"ParentId": ref(rooms), "PathPart": "{room}"}),
        made(
            f"{room}/ANY",
            "Method",
            {"HttpMethod": "ANY", "ResourceId": ref(room), "Integration": integration, **method},
        ),
        made(
            f"{room}/OPTIONS",
            "Method",
            {"HttpMethod": "OPTIONS", "ResourceId": ref(room), "AuthorizationType": "NONE", "Integration": mock},
        ),
        made(f"{API}/DeploymentStage.main", "Stage", {"StageName": "main", "MethodSettings": throttled[:]}),
        *more,
    )


IAM = {"AuthorizationType": "AWS_IAM"}
NONE = {"AuthorizationType": "NONE"}


def test_a_method_is_known_by_its_verb_and_path() -> None:
    assert "/rooms/{room} ANY of rest api museum" in seen(OBSERVER, gen2(IAM))


@pytest.mark.parametrize(("security", "method"), [(None, NONE), ([{"sigv4": []}], IAM)])
def test_both_forms_of_one_api_are_the_same(security: Any, method: dict[str, Any]) -> None:
    assert differing(OBSERVER, gen1(security), gen2(method)) == []


def test_a_path_that_is_open_now_differs() -> None:
    expected = ("/rooms/{room} ANY of rest api museum", "AuthorizationType", "AWS_IAM", "NONE")
    assert expected in differing(OBSERVER, gen1([{"sigv4": []}]), gen2(NONE))


def test_another_function_differs() -> None:
    other = {"Integration": {"Type": "AWS_PROXY", "Uri": f"{CALL}{ARN.replace('resize', 'other')}/invocations"}, **NONE}
    found = {(one[1], one[3]) for one in differing(OBSERVER, gen1(), gen2(other))}
    assert ("Integration.Uri", "function other") in found


def test_fewer_methods_for_browsers_differ() -> None:
    found = [one[1] for one in differing(OBSERVER, gen1(), gen2(NONE, methods="'GET'"))]
    assert f"Integration.IntegrationResponses[0].ResponseParameters.{HEADER}Methods" in found


def test_scopes_of_tokens_are_compared() -> None:
    authorizer = made(
        "rest-api-museum/Cognito",
        "Authorizer",
        {"ProviderARNs": ["pool"], "IdentitySource": "method.request.header.Authorization"},
    )
    method = {"AuthorizationType": "COGNITO_USER_POOLS", "AuthorizerId": ref("rest-api-museum/Cognito")}
    found = differing(OBSERVER, gen1([{"Cognito": ["admin"]}]), gen2(method, authorizer))
    assert ("/rooms/{room} ANY of rest api museum", "AuthorizationScopes", ("admin",), None) in found


def test_an_authorizer_of_another_pool_differs() -> None:
    authorizer = made(
        "rest-api-museum/Cognito",
        "Authorizer",
        {"ProviderARNs": ["other"], "IdentitySource": "method.request.header.Authorization"},
    )
    method = {
        "AuthorizationType": "COGNITO_USER_POOLS",
        "AuthorizerId": ref("rest-api-museum/Cognito"),
        "AuthorizationScopes": ["admin"],
    }
    found = differing(OBSERVER, gen1([{"Cognito": ["admin"]}]), gen2(method, authorizer))
    assert [one[1] for one in found] == ["Authorizer.ProviderARNs"]


def test_how_bodies_are_converted_means_nothing_without_binary_types() -> None:
    found = differing(OBSERVER, gen1(contentHandling="CONVERT_TO_TEXT"), gen2(NONE))
    assert "Integration.ContentHandling" not in [one[1] for one in found]


def test_a_time_limit_differs() -> None:
    found = [one[1] for one in differing(OBSERVER, gen1(timeoutInMillis=5000), gen2(NONE))]
    assert "Integration.TimeoutInMillis" in found


@pytest.mark.parametrize("body", [3, {"paths": {"/a": 3}}, {"paths": {"/a": {"get": 3}}, "securityDefinitions": 2}])
def test_odd_documents_are_no_exception(body: Any) -> None:
    api = observing.gen1("api/museum#museum", "AWS::ApiGateway::RestApi", {"Name": "museum", "Body": body})
    assert "rest api museum" in seen(OBSERVER, generation(Side.GEN1, api))
