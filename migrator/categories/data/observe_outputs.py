"""What clients find of the API: its address, its modes, its key, and the models that code is generated from.

The layout is that of Gen 2's `amplify_outputs.json`: https://docs.amplify.aws/react/reference/amplify_outputs/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from migrator.categories.data.flags import flag
from migrator.categories.data.model import GraphqlApi, GraphqlSchema
from migrator.engine.context import Context
from migrator.engine.flatten import EACH, SET, Shape, by
from migrator.engine.observed import Aspect, ClientSchema, Declared, Generation, Observed, Side
from migrator.engine.observing import observed
from migrator.engine.outputs import REGION, front_end, region, section, told_by, told_otherwise
from migrator.gen1.entries import Entry

KIND = "AWS::Amplify::GraphQL"
"""The key under which Gen 2's root stack lists these outputs."""
_FOR_TOOLS = {
    "api_id": ("awsAppsyncApiId", r"\$\{GraphQL API\.ApiId\}"),
    "model_schema": ("amplifyApiModelSchemaS3Uri", r"s3://\$\{.*AmplifyCodegenAssets.*\}/model-schema\.graphql"),
}
"""What code is generated from, which is no part of `amplify_outputs.json`: outputs, and what they should say."""
_KEY_FIELDS = "respectprimarykeyattributesonconnectionfield"
_SHAPES: dict[str, Shape] = {"authorization_types": EACH}
_OUTLINES = {"models": "model", "nonModels": "type", "enums": "enum", "inputs": "input"}
_OPERATIONS = {"queries": "query", "mutations": "mutation", "subscriptions": "subscription"}
_MODEL_SHAPES: dict[str, Shape] = {"values": SET, "keys": by("name"), "key_fields": by("name")}


def observe(generation: Generation) -> Iterator[Observed]:
    """What clients find of the API and of each model."""
    entry = next(iter(generation.context.app.of("api", "AppSync")), None)
    said = section(generation, "data")
    told = Declared("outputs of data", KIND, stack="data")
    model = (said or {}).get("model_introspection")
    if generation.side is Side.GEN1 and entry is not None:
        told, said = told_by(entry, KIND), _gen1(entry, generation)
    if said is None or (generation.side is Side.GEN1 and entry is None):
        return
    own = {key: value for key, value in said.items() if key != "model_introspection"}
    if generation.side is Side.GEN2:
        own |= {key: told_otherwise(generation, output, meant) for key, (output, meant) in _FOR_TOOLS.items()}
    yield observed("GraphQL API", told, generation, _SHAPES, properties=own, aspect=Aspect.OUTPUTS)
    if isinstance(model, Mapping):
        yield from _models(model, told, generation)


def schema(context: Context) -> ClientSchema:
    """The schema that Gen 1 generates code from; empty for one of the first transformer, which is read otherwise."""
    for entry in context.app.of("api", "AppSync"):
        for fact in context.graph.facts(GraphqlSchema, entry.ref):
            if fact.node.transformer == 2:
                text = "\n".join(file.text for file in fact.node.files)
                return ClientSchema(text, flag(context.app, _KEY_FIELDS, False).value)
    return ClientSchema()


def _gen1(entry: Entry, generation: Generation) -> dict[str, Any]:
    """The address and the key by name (normalisation `ids-by-name`); further modes, of which `aws-exports.js` has no
    word, are those that the API is deployed with (normalisation `modes`)."""
    context = generation.context
    files = front_end(entry, context.app)
    api = next((fact.node for fact in context.graph.facts(GraphqlApi, entry.ref)), GraphqlApi())
    modes = [str(api.default_mode), *map(str, api.more_modes)]
    default = files.graphql_authentication_type.value or modes[0]
    key = files.graphql_api_key.value or entry.output("GraphQLAPIKeyOutput").present or "API_KEY" in modes
    return {
        "url": "${GraphQL API.GraphQLUrl}",
        "aws_region": region(files.graphql_region, generation) if files.graphql_region.present else REGION,
        "default_authorization_type": default,
        "authorization_types": [mode for mode in modes if mode != default],
        "api_key": "${key of the GraphQL API.ApiKey}" if key else None,
    }


# ---- models


def _models(said: Mapping[str, Any], told: Declared, generation: Generation) -> Iterator[Observed]:
    """Each type, enum and operation that clients get functions for."""
    for part, word in (_OUTLINES | _OPERATIONS).items():
        for name, one in (said.get(part) or {}).items():
            own = _outline(one) if part in _OUTLINES else one
            yield observed(f"{word} {name}", told, generation, _MODEL_SHAPES, properties=own, aspect=Aspect.OUTPUTS)


def _outline(said: Mapping[str, Any]) -> dict[str, Any]:
    """A type with its fields and indexes, without rules of authorization (normalisation `rules-of-models`): the checks
    `api` and `resolvers` compare these. An input has its fields under `attributes`."""
    attributes = said.get("attributes")
    fields = attributes if isinstance(attributes, Mapping) else said.get("fields") or {}
    related = {name for field in fields.values() for name in _targets(field)}
    return {
        **{key: value for key, value in said.items() if key not in ("attributes", "fields")},
        "fields": {name: _without_rules(field) for name, field in fields.items() if name not in related},
        "key_fields": [_without_rules(field) for name, field in fields.items() if name in related],
        "keys": list(_keys(attributes)),
    }


def _targets(field: Any) -> Iterable[str]:
    """The fields that hold the key of what a field relates to (normalisation `key-fields`)."""
    relation = field.get("association") if isinstance(field, Mapping) else None
    if not isinstance(relation, Mapping) or relation.get("connectionType") != "BELONGS_TO":
        return ()
    return tuple(map(str, relation.get("targetNames") or ()))


def _without_rules(field: Any) -> Any:
    return {key: value for key, value in field.items() if key != "attributes"} if isinstance(field, Mapping) else field


def _keys(attributes: Any) -> Iterable[dict[str, Any]]:
    for one in attributes if isinstance(attributes, list) else ():
        if one.get("type") == "key":
            own = one.get("properties") or {}
            yield {**own, "name": own.get("name", "primary key")}
