"""What AppSync refuses is refused: schemas that are wrong, resolvers of fields that do not exist."""

from __future__ import annotations

from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, Handler, handlers, replace

DEFECT = (
    "A schema is stored without being read, and a resolver is attached to any field, with any function. AppSync fails "
    "such a deployment, and the mistake would be met in an account."
)
REPLACES = {
    HANDLERS: "",
    "ministack.core.appsync_graphql:APPSYNC_PRELUDE": "",
    "ministack.core.appsync_graphql:build_api_schema": "api_id, sdl",
    "ministack.services.appsync:_schemas": "",
    "ministack.services.appsync:_functions": "",
}


def apply(settings: Settings) -> None:
    """Looks before the service stores."""
    _look_first("AWS::AppSync::GraphQLSchema", _check_schema)
    _look_first("AWS::AppSync::Resolver", _check_resolver)


def _look_first(resource_type: str, check: Any) -> None:
    create = handlers(resource_type)["create"]

    def checking(logical_id: str, properties: dict[str, Any], stack_name: str) -> Any:
        check(properties)
        return create(logical_id, properties, stack_name)

    replace(resource_type, create=checking, update=_again(checking))


def _again(create: Handler) -> Handler:
    return lambda physical_id, old, new, stack_name: create(physical_id, new, stack_name)


def _check_schema(properties: dict[str, Any]) -> None:
    from graphql import GraphQLError, build_schema
    from ministack.core.appsync_graphql import APPSYNC_PRELUDE

    try:
        build_schema(APPSYNC_PRELUDE + str(properties.get("Definition", "")))
    except (GraphQLError, TypeError) as problem:
        raise ValueError(f"Schema Creation Status is FAILED with details: {problem}") from problem


def _check_resolver(properties: dict[str, Any]) -> None:
    from ministack.core.appsync_graphql import build_api_schema
    from ministack.services import appsync

    api_id, kind, field = properties.get("ApiId"), properties.get("TypeName"), properties.get("FieldName")
    schema = (appsync._schemas.get(api_id) or {}).get("definition")
    if schema:
        fields = getattr(build_api_schema(api_id, schema).type_map.get(kind), "fields", {})
        if field not in fields:
            raise ValueError(f"No field named {field} found on type {kind}")
    for function in (properties.get("PipelineConfig") or {}).get("Functions", []):
        if function not in (appsync._functions.get(api_id) or {}):
            raise ValueError(f"Invalid function id {function}")
