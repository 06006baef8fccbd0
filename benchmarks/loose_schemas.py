"""A schema without a project: the smallest Gen 1 project around it, so that it can be converted like any other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from migrator.categories.data.authorization import places
from migrator.categories.data.flags import rules
from migrator.categories.data.sdl import Definition, Field, SdlError, parse

NEW_PROJECT: Mapping[str, bool] = {
    "usesubusernamefordefaultidentityclaim": True,
    "populateownerfieldforstaticgroupauth": True,
    "secondarykeyasgsi": True,
    "enableautoindexquerynames": True,
    "respectprimarykeyattributesonconnectionfield": True,
    "shoulddeepmergedirectiveconfigdefaults": False,
    "subscriptionsinheritprimaryauth": False,
}
"""Flags of the transformer as the CLI 12 writes them into the `cli.json` of a new project."""
MODES = ("AMAZON_COGNITO_USER_POOLS", "API_KEY", "AWS_IAM", "OPENID_CONNECT", "AWS_LAMBDA")
_PROVIDERS = {"userPools": MODES[0], "apiKey": MODES[1], "iam": MODES[2], "oidc": MODES[3], "function": MODES[4]}
_STRATEGIES = {"public": MODES[1], "private": MODES[0], "owner": MODES[0], "groups": MODES[0], "custom": MODES[4]}
_DIRECTIVES = {
    "aws_cognito_user_pools": MODES[0],
    "aws_auth": MODES[0],
    "aws_api_key": MODES[1],
    "aws_iam": MODES[2],
    "aws_oidc": MODES[3],
    "aws_lambda": MODES[4],
}
_LEGACY = frozenset({"key", "connection", "versioned"})
_AUTHORIZER = "authorizer"
_API = "amplify/backend/api/x"
_SETTINGS: Mapping[str, Mapping[str, Any]] = {
    MODES[0]: {"cognitoUserPoolId": "authpeople"},
    MODES[1]: {"expirationTime": 30, "keyDescription": "visitors"},
    MODES[2]: {},
    MODES[3]: {
        "openIDProviderName": "others",
        "openIDIssuerURL": "https://oidc.example.com",
        "openIDClientID": "client",
        "openIDAuthTTL": "3600000",
        "openIDIatTTL": "3600000",
    },
    MODES[4]: {"lambdaFunction": _AUTHORIZER, "ttlSeconds": "300"},
}


def definitions_of(text: str) -> tuple[Definition, ...]:
    """The definitions; none when the text is no GraphQL."""
    try:
        return parse(text)
    except SdlError:
        return ()


def version_of(text: str) -> int:
    """The transformer that a schema was written for: 1 when it uses directives that only that one knows."""
    used = {d.name for one in definitions_of(text) for _, directives in places(one) for d in directives}
    return 1 if used & _LEGACY else 2


def modes_of(text: str) -> tuple[str, ...]:
    """The authorization modes that the rules need; the first is the default one."""
    found = set(_modes(definitions_of(text)))
    if "globalAuthRule" in text:
        return (MODES[1], *(mode for mode in MODES if mode in found and mode != MODES[1]))
    return tuple(mode for mode in MODES if mode in found) or (MODES[1],)


def _modes(definitions: Iterable[Definition]) -> Iterator[str]:
    for definition in definitions:
        holders: tuple[Definition | Field, ...] = (definition, *definition.fields)
        for holder in holders:
            for rule in rules(holder):
                mode = _PROVIDERS.get(str(rule.get("provider"))) or _STRATEGIES.get(str(rule.get("allow")))
                yield from (mode,) if mode else ()
        for _, directives in places(definition):
            yield from (_DIRECTIVES[d.name] for d in directives if d.name in _DIRECTIVES)


def wrapped(
    text: str,
    folder: Path,
    modes: tuple[str, ...] = (),
    flags: Mapping[str, bool] = NEW_PROJECT,
    version: int = 0,
) -> Path:
    """Writes a Gen 1 project around a schema; without `modes` those that its rules need, without `version` its own.

    Functions that the schema names are there as stubs.
    """
    modes = modes or modes_of(text)
    said = {"transformerversion": version or version_of(text), **flags}
    functions = dict(_functions(definitions_of(text)))
    if MODES[4] in modes:
        functions.setdefault(_AUTHORIZER, f"{_AUTHORIZER}-${{env}}")
    for path, content in _files(text, modes, said, functions):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content, indent=2), "utf-8")
    return folder


def _functions(definitions: Iterable[Definition]) -> Iterator[tuple[str, str]]:
    """Resource names of the functions, with their names in the schema."""
    for definition in definitions:
        for _, directives in places(definition):
            for directive in directives:
                name = directive.arguments.get("name")
                if directive.name != "function" or not isinstance(name, str):
                    continue
                resource = re.sub(r"[^A-Za-z0-9]", "", name.removesuffix("-${env}"))
                if resource and not {"region", "accountId"} & set(directive.arguments):
                    yield resource, name


def _files(
    text: str, modes: tuple[str, ...], flags: Mapping[str, bool | int], functions: Mapping[str, str]
) -> Iterator[tuple[str, Any]]:
    types = [{"mode": mode, **_SETTINGS[mode]} for mode in modes]
    service = {"apiName": "x", "serviceName": "AppSync", "defaultAuthType": types[0], "additionalAuthTypes": types[1:]}
    entry = {"providerPlugin": "awscloudformation", "dependsOn": []}
    config = {
        "auth": {"people": {"service": "Cognito", **entry}},
        "api": {"x": {"service": "AppSync", **entry}},
        "function": {name: {"build": True, "service": "Lambda", **entry} for name in functions},
    }
    sign_in = {"resourceName": "people", "userPoolName": "people", "authSelections": "identityPoolAndUserPool"}
    yield "amplify/.config/project-config.json", {"projectName": "x", "version": "3.1", "frontend": "javascript"}
    yield "amplify/.config/local-env-info.json", {"envName": "prod"}
    yield "amplify/team-provider-info.json", {"prod": {"awscloudformation": {"Region": "eu-west-1"}}}
    yield "amplify/cli.json", {"features": {"graphqltransformer": flags}}
    yield "amplify/backend/backend-config.json", config
    yield "amplify/backend/auth/people/cli-inputs.json", {"version": "1", "cognitoConfig": sign_in}
    yield f"{_API}/cli-inputs.json", {"version": 1, "serviceConfiguration": {**service, "conflictResolution": {}}}
    yield f"{_API}/parameters.json", {"AppSyncApiName": "x", "DynamoDBEnableServerSideEncryption": False}
    yield f"{_API}/transform.conf.json", {"Version": 5, "ElasticsearchWarning": True}
    yield f"{_API}/schema.graphql", text
    for name, said in functions.items():
        place = f"amplify/backend/function/{name}"
        yield f"{place}/{name}-cloudformation-template.json", _function_template(said)
        yield f"{place}/src/index.js", "exports.handler = async () => null;\n"
        yield f"{place}/src/package.json", {"name": name.lower(), "version": "1.0.0", "main": "index.js"}


def _function_template(said: str) -> dict[str, Any]:
    stem = said.removesuffix("-${env}")
    name: Any = said if stem == said else {"Fn::Join": ["", [stem, "-", {"Ref": "env"}]]}
    properties = {"Handler": "index.handler", "FunctionName": name, "Runtime": "nodejs20.x", "Timeout": 25}
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Parameters": {"env": {"Type": "String"}},
        "Resources": {"LambdaFunction": {"Type": "AWS::Lambda::Function", "Properties": properties}},
    }
