"""What is deployed of an API, in the words of Amplify's simulator."""

from __future__ import annotations

from typing import Any

from ..settings import Settings

NOTHING, RESULT = "$util.toJson({})", "$util.toJson($ctx.result)"
"""Templates that stand for empty ones: the simulator wants one each."""


def fingerprint(api_id: str) -> int:
    """Differs when anything that `configuration` gives does."""
    from ministack.services import appsync

    return hash(
        (
            (appsync._schemas.get(api_id) or {}).get("definition"),
            _frozen(appsync._data_sources.get(api_id)),
            _frozen(appsync._functions.get(api_id)),
            _frozen(appsync._resolvers.get(api_id)),
            _frozen(appsync._apis.get(api_id)),
        )
    )


def configuration(api_id: str, settings: Settings) -> dict[str, Any]:
    """Schema, data sources, functions and resolvers with their templates or code."""
    from ministack.services import appsync

    api = appsync._apis[api_id]
    resolvers = (appsync._resolvers.get(api_id) or {}).items()
    return {
        "schema": {"content": (appsync._schemas.get(api_id) or {}).get("definition", ""), "path": "schema.graphql"},
        "dataSources": [_source(one, settings) for one in (appsync._data_sources.get(api_id) or {}).values()],
        "functions": [_function(key, one) for key, one in (appsync._functions.get(api_id) or {}).items()],
        "resolvers": [_resolver(kind, name, one) for kind, fields in resolvers for name, one in fields.items()],
        "mappingTemplates": [],
        "environment": api.get("environmentVariables") or {},
        "appSync": {
            "name": api["name"],
            "accountId": settings.account,
            "defaultAuthenticationType": _provider(api),
            "additionalAuthenticationProviders": [
                _provider(one) for one in api.get("additionalAuthenticationProviders") or []
            ],
        },
    }


def _provider(place: dict[str, Any]) -> dict[str, Any]:
    return {"authenticationType": place.get("authenticationType") or "API_KEY", "cognitoUserPoolConfig": {}}


def _source(source: dict[str, Any], settings: Settings) -> dict[str, Any]:
    known: dict[str, Any] = {"name": source["name"], "type": source["type"]}
    if source["type"] == "AMAZON_DYNAMODB":
        config = source["dynamodbConfig"]
        known["config"] = {
            "endpoint": f"http://127.0.0.1:{settings.port}",
            "region": config.get("awsRegion") or settings.region,
            "tableName": config["tableName"],
            "credentials": {"accessKeyId": settings.account, "secretAccessKey": "local"},
        }
    elif source["type"] == "AWS_LAMBDA":
        known["functionArn"] = source["lambdaConfig"]["lambdaFunctionArn"]
    return known


def _function(key: str, function: dict[str, Any]) -> dict[str, Any]:
    return {"name": key, "dataSourceName": function.get("dataSourceName"), **_steps(function)}


def _resolver(kind: str, name: str, resolver: dict[str, Any]) -> dict[str, Any]:
    known = {"kind": resolver.get("kind") or "UNIT", "typeName": kind, "fieldName": name, **_steps(resolver)}
    if known["kind"] == "PIPELINE":
        return {**known, "functions": (resolver.get("pipelineConfig") or {}).get("functions") or []}
    return {**known, "dataSourceName": resolver.get("dataSourceName")}


def _steps(unit: dict[str, Any]) -> dict[str, Any]:
    if unit.get("code"):
        return {"code": unit["code"]}
    return {
        "requestMappingTemplate": unit.get("requestMappingTemplate") or NOTHING,
        "responseMappingTemplate": unit.get("responseMappingTemplate") or RESULT,
    }


def _frozen(value: Any) -> Any:
    """A value that can be hashed: texts keep their own hash, so this is quick for large templates."""
    if isinstance(value, dict):
        return tuple((key, _frozen(inner)) for key, inner in value.items())
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
