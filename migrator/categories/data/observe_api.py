"""The API and its final schema, in both generations: who may call it, and every type, field and argument."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from migrator.categories.data.model import AuthMode, GraphqlApi
from migrator.categories.data.observe_datastore import of_datastore
from migrator.categories.data.sdl import Definition, Directive, Field, SdlError, merged, parse
from migrator.engine.flatten import SET, Shape, by
from migrator.engine.observed import Aspect, Declared, Default, Generation, Observed, Side
from migrator.engine.observing import defaults, observed

API = "AWS::AppSync::GraphQLApi"
KEY = "AWS::AppSync::ApiKey"
SCHEMA = "AWS::AppSync::GraphQLSchema"
FUNCTION = "AWS::Lambda::Function"
EVERY_FIELD = "every field"
_BUILT = re.compile(r"/((?:schema\.graphql)|(?:(?:resolvers|pipelineFunctions|functions)/[^/]+))$")
_FILTER = re.compile(r"ModelSubscription(\w+)FilterInput")
_INVOKED = re.compile(r"^arn:[^:]+:lambda:.*:function:([^:$]+)$")
_ALWAYS = ("and", "or")
"""What every filter has."""
_SCHEMA = "build/schema.graphql"
_DAY = 24 * 60 * 60

_CONFIGURED = {
    "UserPoolConfig": AuthMode.USER_POOL,
    "CognitoUserPoolConfig": AuthMode.USER_POOL,
    "OpenIDConnectConfig": AuthMode.OIDC,
    "LambdaAuthorizerConfig": AuthMode.LAMBDA,
}
_MODES = {
    "aws_api_key": AuthMode.API_KEY,
    "aws_iam": AuthMode.IAM,
    "aws_oidc": AuthMode.OIDC,
    "aws_lambda": AuthMode.LAMBDA,
    "aws_cognito_user_pools": AuthMode.USER_POOL,
    "aws_auth": AuthMode.USER_POOL,
}
"""What lets callers of a mode in; `@aws_auth` counts where user pools are the only mode.

https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
"""
_SHAPES: dict[str, Shape] = {
    "Fields": by("Name"),
    "Fields[*].Arguments": by("Name"),
    "Fields[*].Arguments[*].Directives": by("Name"),
    "Fields[*].Directives": by("Name"),
    "Fields[*].Directives[*].mutations": SET,
    "DataStore": SET,
    "StrayFields": by("Name"),
    "Directives": by("Name"),
    "Values": by("Name"),
    "Values[*].Directives": by("Name"),
    "Interfaces": SET,
    "Members": SET,
}


def observe(generation: Generation) -> Iterator[Observed]:
    """The API, its key, and every definition of its schema; nothing where the schema that Gen 1 built is not there."""
    if not any(entry.text(_SCHEMA) for entry in generation.context.app.of("api", "AppSync")):
        return
    for api in generation.of(API):
        if api.name == "GraphQL API":
            said = api_properties(_called(api.properties, generation))
            yield observed(api.name, api, generation, properties=said, aspect=Aspect.API)
    for key in generation.of(KEY):
        if key.name == "key of the GraphQL API":
            said = _lifetime(key, generation)
            yield observed(key.name, key, generation, properties=said, aspect=Aspect.API)
    for schema in generation.of(SCHEMA):
        if schema.properties.get("ApiId") == "${GraphQL API.ApiId}":
            yield from _schema(schema, generation)


def api_properties(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The API with every mode under its name, the default one and the additional ones (normalisation `modes`)."""
    said = {key: value for key, value in properties.items() if key not in _CONFIGURED}
    default = str(said.get("AuthenticationType", ""))
    more = said.pop("AdditionalAuthenticationProviders", None)
    modes: dict[str, Any] = {default: True}
    configured = dict(_configured(properties))
    for provider in more if isinstance(more, list) else ():
        if isinstance(provider, Mapping):
            modes[str(provider.get("AuthenticationType", ""))] = True
            configured |= dict(_configured(provider))
    return {**said, "Modes": modes, "Configured": configured}


def _configured(said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((mode, said[name]) for name, mode in _CONFIGURED.items() if name in said)


def _called(properties: Any, generation: Generation) -> Any:
    """Properties in which the function that lets callers in is named by reference (normalisation `function-names`)."""
    names = {str(one.properties.get("FunctionName")): one.name for one in generation.of(FUNCTION)}

    def written(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: written(item) for key, item in value.items()}
        if isinstance(value, list):
            return [written(item) for item in value]
        found = _INVOKED.search(value) if isinstance(value, str) else None
        known = names.get(found[1]) if found else None
        return f"{value[: found.start(1)]}${{{known}}}" if found and known else value

    return written(properties)


def _lifetime(key: Declared, generation: Generation) -> dict[str, Any]:
    """A key by how long it holds (normalisation `lifetime-of-the-key`): the templates say until when, counted from the
    day on which each was built."""
    said = {name: value for name, value in key.properties.items() if name != "ApiKeyId"}
    expires = said.pop("Expires", None)
    if generation.side is Side.GEN2:
        left = float(expires) - generation.made if expires is not None and str(expires).isdigit() else 0
        return {**said, "ExpiresAfterDays": round(left / _DAY)}
    facts = generation.context.graph.facts(GraphqlApi, key.owner) if key.owner else ()
    days = next((fact.node.api_key.days for fact in facts), None)
    return {**said, "ExpiresAfterDays": days}


# ---- the schema


def text_of(declared: Declared, location: Any, generation: Generation) -> str | None:
    """The text of the file that a location in S3 means; None when it is not there."""
    if not isinstance(location, str):
        return None
    if generation.side is Side.GEN2:
        return generation.asset(location)
    found = _BUILT.search(location)
    entry = generation.context.app.entry(declared.owner) if declared.owner else None
    return entry.text(f"build/{found[1]}") if entry and found else None


def _schema(schema: Declared, generation: Generation) -> Iterator[Observed]:
    text = schema.properties.get("Definition") or text_of(
        schema, schema.properties.get("DefinitionS3Location"), generation
    )
    api = next((one for one in generation.of(API) if one.name == "GraphQL API"), None)
    if not isinstance(text, str) or api is None:
        return
    try:
        definitions = merged(parse(text))
    except SdlError:
        return
    types = {one.name: one for one in definitions if one.kind == "type"}
    modes = api_properties(api.properties)["Modes"]
    default = str(api.properties.get("AuthenticationType", ""))
    for one in definitions:
        said = _definition(one, default, len(modes) == 1, types)
        key = f"{one.kind} {one.name}" if one.name != one.kind else one.kind
        yield observed(key, schema, generation, _SHAPES, kind=SCHEMA, properties=said, aspect=Aspect.API)


def _definition(one: Definition, default: str, only: bool, types: Mapping[str, Definition]) -> dict[str, Any]:
    model = types.get(found[1]) if (found := _FILTER.fullmatch(one.name)) else None
    stray = [field for field in one.fields if model and model.field(field.name) is None and field.name not in _ALWAYS]
    added = [field for field in one.fields if of_datastore(field, one)]
    fields = [_field(field, one, default, only) for field in one.fields if field not in stray and field not in added]
    told = [_field(field, one, default, only) for field in added]
    by_iam = _by_iam([*fields, *told])
    return {
        "DataStore": [_text(field) for field in told],
        "StrayFields": [_field(field, one, default, only) for field in stray],
        "Text": " ".join(one.text.split()) or None,
        "Description": "\n".join(one.notes) or None,
        "Directives": _directives(one.directives),
        "Interfaces": list(one.interfaces),
        "Members": list(one.members),
        "Values": [
            {"Name": v.name, "Description": "\n".join(v.notes) or None, "Directives": _directives(v.directives)}
            for v in one.values
        ],
        **by_iam,
        "Fields": fields,
    }


def _field(field: Field, of: Definition, default: str, only: bool) -> dict[str, Any]:
    arguments = [
        {"Name": a.name, "Type": a.type, "Default": a.default or None, "Directives": _directives(a.directives)}
        for a in field.arguments
    ]
    said: dict[str, Any] = {
        "Name": field.name,
        "Type": field.type,
        "Default": field.default or None,
        "Description": "\n".join(field.notes) or None,
        "Arguments": arguments,
        "Directives": _directives(field.directives),
    }
    if of.kind in ("type", "interface"):
        said["Authorization"] = admitted(field.directives, only) or admitted(of.directives, only) or {default: True}
    return said


def _text(field: Mapping[str, Any]) -> str:
    """A field in one line, with its arguments and those who get it."""
    arguments = ", ".join(f"{one['Name']}: {one['Type']}" for one in field["Arguments"])
    callers = ", ".join(sorted(field.get("Authorization", ())))
    return f"{field['Name']}({arguments}): {field['Type']} {callers}".strip()


def admitted(directives: Iterable[Directive], only: bool) -> dict[str, Any]:
    """The modes whose callers get in, each with its groups where it names any (normalisation `admitted`).

    Directives of a field stand in the place of those of its type; without any, the default mode gets in.
    """
    found: dict[str, Any] = {}
    for one in directives:
        if one.name in _MODES and (only or one.name != "aws_auth"):
            groups = one.arguments.get("cognito_groups")
            found[_MODES[one.name]] = sorted(map(str, groups)) if isinstance(groups, list) else True
    return found


def _by_iam(fields: list[dict[str, Any]]) -> dict[str, Any]:
    """The fields, and beside them which ones callers with IAM get (normalisation `iam-of-types`): Gen 2 opens all."""
    open_ = [one["Name"] for one in fields if one.get("Authorization", {}).pop(AuthMode.IAM, None)]
    if not open_:
        return {"Fields": fields}
    return {"Fields": fields, "Authorization": {AuthMode.IAM: EVERY_FIELD if len(open_) == len(fields) else open_}}


def _directives(directives: Iterable[Directive]) -> list[dict[str, Any]]:
    return [{"Name": one.name, **one.arguments} for one in directives if one.name not in _MODES]


DEFAULTS: tuple[Default, ...] = (
    *defaults(
        API,
        "aws-resource-appsync-graphqlapi",
        {
            "XrayEnabled": False,
            "Visibility": "GLOBAL",
            "ApiType": "GRAPHQL",
            "IntrospectionConfig": "ENABLED",
            "QueryDepthLimit": 0,
            "ResolverCountLimit": 0,
        },
    ),
    *defaults(KEY, "aws-resource-appsync-apikey", {}),
    *defaults(SCHEMA, "aws-resource-appsync-graphqlschema", {}),
)
