"""The template that the Gen 1 CLI builds of `cli-inputs.json`, for projects that hold only what it is built of.

https://docs.amplify.aws/gen1/javascript/tools/cli/restapi/restapi/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from migrator.categories.rest_api.model import HEADERS, METHODS

ADMIN_QUERIES = "AdminQueries"
"""The API by which a group of administrators manages users; the CLI knows it by its name."""
TEMPLATE = "build/cloudformation-template.json"
ANY = "x-amazon-apigateway-any-method"
INTEGRATION = "x-amazon-apigateway-integration"
SCOPE = "aws.cognito.signin.user.admin"
VERBS = {"create": ("POST",), "read": ("GET",), "update": ("PUT", "PATCH"), "delete": ("DELETE",)}
"""What the CLI calls verbs."""
_EVERYTHING = tuple(verb for verbs in VERBS.values() for verb in verbs)
_PARAMETER = re.compile(r"\{[a-zA-Z0-9-]+\}")
_ERROR_HEADERS = {
    "Origin": "'*'",
    "Headers": "'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token'",
    "Methods": f"'{','.join(METHODS)}'",
}
_STAGE = {"Fn::If": ["ShouldNotCreateEnvResources", "Prod", {"Ref": "env"}]}


def built(inputs: Mapping[str, Any], name: str, pool: str, *, users: bool) -> dict[str, Any]:
    """The template of an API. `pool` is the auth resource of the project; with `users` the rights of users and guests
    are in it, which newer CLIs keep in a stack for all APIs."""
    said = inputs.get("paths")
    paths = {path: body for path, body in said.items() if isinstance(body, dict)} if isinstance(said, dict) else {}
    functions = dict.fromkeys(str(body.get("lambdaFunction", "")) for body in paths.values())
    parameters = {f"function{one}{output}": _text(f"function{one}{output}") for one in functions for output in _GIVEN}
    if pool:
        parameters[f"auth{pool}UserPoolId"] = _text(f"auth{pool}UserPoolId")
    resources = dict(_resources(paths, name, pool, list(functions)))
    if users and name != ADMIN_QUERIES:
        resources |= dict(_user_policies(paths, name))
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Parameters": {"env": _text(), "authRoleName": _text(), "unauthRoleName": _text(), **parameters},
        "Conditions": {"ShouldNotCreateEnvResources": {"Fn::Equals": [{"Ref": "env"}, "NONE"]}},
        "Resources": resources,
        "Outputs": {"RootUrl": {"Value": _url(name)}, "ApiName": {"Value": name}, "ApiId": {"Value": {"Ref": name}}},
    }


_GIVEN = ("Name", "Arn")


def _text(default: str = "") -> dict[str, str]:
    return {"Type": "String", "Default": default} if default else {"Type": "String"}


def _url(name: str) -> dict[str, Any]:
    return _joined("https://", {"Ref": name}, ".execute-api.", {"Ref": "AWS::Region"}, ".amazonaws.com/", _STAGE)


def _joined(*parts: Any) -> dict[str, Any]:
    return {"Fn::Join": ["", list(parts)]}


def _resources(
    paths: Mapping[str, Mapping[str, Any]], name: str, pool: str, functions: list[str]
) -> Iterator[tuple[str, Any]]:
    admin = name == ADMIN_QUERIES
    body = {"paths": dict(_paths(paths, admin)), "securityDefinitions": _security(pool if admin else "")}
    api = {"Name": name, "Description": "", "Body": body}
    yield name, {"Type": "AWS::ApiGateway::RestApi", "Properties": api if admin else {**api, "FailOnWarnings": True}}
    for number in () if admin else ("4XX", "5XX"):
        headers = {f"gatewayresponse.header.Access-Control-Allow-{key}": text for key, text in _ERROR_HEADERS.items()}
        headers["gatewayresponse.header.Access-Control-Expose-Headers"] = "'Date,X-Amzn-ErrorType'"
        said = {"ResponseType": f"DEFAULT_{number}", "RestApiId": {"Ref": name}, "ResponseParameters": headers}
        yield f"{name}Default{number}Response", {"Type": "AWS::ApiGateway::GatewayResponse", "Properties": said}
    for function in functions:
        yield f"function{function}Permission{name}", _permission(function, name)
    stage = {"RestApiId": {"Ref": name}, "StageName": _STAGE}
    yield f"DeploymentAPIGW{name}", {"Type": "AWS::ApiGateway::Deployment", "Properties": stage}
    yield from _group_policies(paths, name, pool) if pool and not admin else ()


def _permission(function: str, name: str) -> dict[str, Any]:
    here = ("arn:aws:execute-api:", {"Ref": "AWS::Region"}, ":", {"Ref": "AWS::AccountId"}, ":")
    said = {
        "FunctionName": {"Ref": f"function{function}Name"},
        "Action": "lambda:InvokeFunction",
        "Principal": "apigateway.amazonaws.com",
        "SourceArn": _joined(*here, {"Ref": name}, "/*/*/*"),
    }
    return {"Type": "AWS::Lambda::Permission", "Properties": said}


def _security(pool: str) -> dict[str, Any]:
    key = {"type": "apiKey", "name": "Authorization", "in": "header"}
    if not pool:
        return {"sigv4": {**key, "x-amazon-apigateway-authtype": "awsSigv4"}}
    here = ("arn:aws:cognito-idp:", {"Ref": "AWS::Region"}, ":", {"Ref": "AWS::AccountId"}, ":userpool/")
    arns = [_joined(*here, {"Ref": f"auth{pool}UserPoolId"})]
    authorizer = {"type": "cognito_user_pools", "providerARNs": arns}
    authtype = {"x-amazon-apigateway-authtype": "cognito_user_pools"}
    return {"Cognito": {**key, **authtype, "x-amazon-apigateway-authorizer": authorizer}}


def _paths(paths: Mapping[str, Mapping[str, Any]], admin: bool) -> Iterator[tuple[str, Any]]:
    for path, said in paths.items():
        function = str(said.get("lambdaFunction", ""))
        if admin:
            yield "/{proxy+}", path_item(function, [{"Cognito": [SCOPE]}], admin=True)
            continue
        permissions = said.get("permissions")
        setting = permissions.get("setting") if isinstance(permissions, dict) else None
        security: list[Any] = [] if setting == "open" else [{"sigv4": []}]
        yield path, path_item(function, security)
        yield below(path), path_item(function, security)


def below(path: str, rest: str = "{proxy+}") -> str:
    """Everything below a path."""
    return f"{path.removesuffix('/')}/{rest}"


def path_item(function: str, security: list[Any], *, admin: bool = False) -> dict[str, Any]:
    """A path as the CLI writes it, as far as it decides something."""
    place = ("arn:aws:apigateway:", {"Ref": "AWS::Region"}, ":lambda:path/2015-03-31/functions/")
    integration = {
        "type": "aws_proxy",
        "httpMethod": "POST",
        "uri": _joined(*place, {"Ref": f"function{function}Arn"}, "/invocations"),
    }
    method: dict[str, Any] = {INTEGRATION: integration}
    if security:
        method["security"] = security
    headers = HEADERS[:-1] if admin else HEADERS
    answer = {
        "statusCode": "200",
        "responseParameters": {
            "method.response.header.Access-Control-Allow-Origin": "'*'",
            "method.response.header.Access-Control-Allow-Methods": f"'{','.join(METHODS)}'",
            "method.response.header.Access-Control-Allow-Headers": f"'{','.join(headers)}'",
        },
    }
    mock = {"type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200}'}}
    return {"options": {INTEGRATION: {**mock, "responses": {"default": answer}}}, ANY: method}


def _group_policies(paths: Mapping[str, Mapping[str, Any]], name: str, pool: str) -> Iterator[tuple[str, Any]]:
    for path, said in paths.items():
        groups = _permitted(said).get("groups")
        for group, words in groups.items() if isinstance(groups, dict) else ():
            role = {"Fn::Join": ["-", [{"Ref": f"auth{pool}UserPoolId"}, f"{group}GroupRole"]]}
            letters = re.sub("[^-a-z0-9]", "", path)
            yield f"{group}Group{letters}Policy", _policy("AWS::IAM::Policy", role, name, [(path, _verbs(words))])


def _user_policies(paths: Mapping[str, Mapping[str, Any]], name: str) -> Iterator[tuple[str, Any]]:
    for who, role, id in (("auth", "authRoleName", "Auth"), ("guest", "unauthRoleName", "Unauth")):
        rights = [(path, _short(_verbs(words))) for path, said in paths.items() if (words := _permitted(said).get(who))]
        if rights:
            yield f"PolicyAPIGW{id}1", _policy("AWS::IAM::ManagedPolicy", {"Ref": role}, name, rights)


def _permitted(said: Mapping[str, Any]) -> Mapping[str, Any]:
    found = said.get("permissions")
    return found if isinstance(found, dict) else {}


def _verbs(words: object) -> list[str]:
    listed = words if isinstance(words, list) else []
    return [verb for word in listed for verb in VERBS.get(str(word), ())]


def _short(verbs: list[str]) -> list[str]:
    return ["*"] if set(_EVERYTHING) <= set(verbs) else verbs


def _policy(type: str, role: Any, name: str, rights: Iterable[tuple[str, list[str]]]) -> dict[str, Any]:
    here = ("arn:aws:execute-api:", {"Ref": "AWS::Region"}, ":", {"Ref": "AWS::AccountId"}, ":", {"Ref": name}, "/")
    places = (
        f"/{verb}{one}"
        for path, verbs in rights
        for verb in verbs
        for one in (below(_PARAMETER.sub("*", path), "*"), _PARAMETER.sub("*", path))
    )
    resources = [_joined(*here, _STAGE, place) for place in places]
    statement = {"Effect": "Allow", "Action": ["execute-api:Invoke"], "Resource": resources}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    return {"Type": type, "Properties": {"Roles": [role], "PolicyDocument": document}}
