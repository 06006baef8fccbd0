"""The tables of models, in both generations.

Gen 1 makes DynamoDB tables. Gen 2 makes custom resources, of which a function (the table manager) makes the tables; the
names of their properties begin with small letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.data.environments import api_ids
from migrator.categories.data.model import GraphqlSchema
from migrator.core.errors import UsageError
from migrator.engine.flatten import SET, Shape, by
from migrator.engine.observed import Aspect, Declared, Default, Generation, Observed, Side
from migrator.engine.observing import defaults, observed

TABLE = "AWS::DynamoDB::Table"
MADE = "Custom::AmplifyDynamoDBTable"
IMPORTED = "Custom::ImportedAmplifyDynamoDBTable"
ON_DEMAND = "PAY_PER_REQUEST"
PROVISIONED = "PROVISIONED"

SHAPES: dict[str, Shape] = {
    "AttributeDefinitions": by("AttributeName"),
    "KeySchema": by("KeyType"),
    "GlobalSecondaryIndexes": by("IndexName"),
    "GlobalSecondaryIndexes[*].KeySchema": by("KeyType"),
    "GlobalSecondaryIndexes[*].Projection.NonKeyAttributes": SET,
    "LocalSecondaryIndexes": by("IndexName"),
    "LocalSecondaryIndexes[*].KeySchema": by("KeyType"),
    "LocalSecondaryIndexes[*].Projection.NonKeyAttributes": SET,
}
_NAMES = {
    "sseSpecification": "SSESpecification",
    "sseEnabled": "SSEEnabled",
    "sseType": "SSEType",
    "kmsMasterKeyId": "KMSMasterKeyId",
}
_UNUSED = ("localSecondaryIndexes", "tableClass")
_SWITCHES = ("ServiceToken", "isImported")


def observe(generation: Generation) -> Iterator[Observed]:
    """The table of each model; of one that is taken over also what the importer compares."""
    for table in generation.of(TABLE, MADE, IMPORTED):
        if not table.name.startswith("model "):
            continue
        said = _gen1(table, generation) if generation.side is Side.GEN1 else _gen2(table)
        yield observed(
            table.name, table, generation, SHAPES, kind=TABLE, properties=without_capacity(said), aspect=Aspect.TABLES
        )
        if said.get("TakenOver"):
            compared = _described(said) if generation.side is Side.GEN1 else _expected(said)
            yield observed(
                table.name, table, generation, SHAPES, kind=IMPORTED, properties=compared, aspect=Aspect.TABLES
            )


def _gen1(table: Declared, generation: Generation) -> dict[str, Any]:
    """A table of Gen 1; one that is kept has a known name."""
    said = dict(table.properties)
    context = generation.context
    if table.owner is None or not context.reused(table.owner):
        return said
    said["TakenOver"] = True
    known = _api_id(table, generation)
    if known and isinstance(said.get("TableName"), str):
        env = context.app.env or ""
        name = said["TableName"].replace("${GraphQL API.ApiId}", known)
        said["TableName"] = name.removesuffix(f"-{generation.branch}") + f"-{env}"
    return said


def _api_id(table: Declared, generation: Generation) -> str:
    """The id of the live API; empty when nothing says it."""
    facts = generation.context.graph.facts(GraphqlSchema, table.owner) if table.owner else ()
    for fact in facts:
        try:
            return api_ids(fact, generation.context).get(generation.context.app.env or "", "")
        except UsageError:
            return ""
    return ""


def _gen2(table: Declared) -> dict[str, Any]:
    """What the table manager makes of a custom resource (normalisation `table-manager`).

    It takes no local indexes, no table class and no key of its own for the encryption: these are left out, so that they
    are missed where Gen 1 has them. Point-in-time recovery is on or off, without a number of days.
    """
    said = {key: value for key, value in table.properties.items() if key not in (*_SWITCHES, *_UNUSED)}
    made: dict[str, Any] = capitalized(said)
    encryption = made.get("SSESpecification")
    if isinstance(encryption, Mapping):
        made["SSESpecification"] = {"SSEEnabled": encryption.get("SSEEnabled", False)}
    recovery = made.get("PointInTimeRecoverySpecification")
    if isinstance(recovery, Mapping):
        enabled = recovery.get("PointInTimeRecoveryEnabled", False)
        made["PointInTimeRecoverySpecification"] = {"PointInTimeRecoveryEnabled": enabled}
    if table.type == IMPORTED:
        made["TakenOver"] = True
    return made


def capitalized(value: Any) -> Any:
    """Properties by the names that they have in CloudFormation (normalisation `capital-letters`)."""
    if isinstance(value, Mapping):
        return {_NAMES.get(key, key[:1].upper() + key[1:]): capitalized(item) for key, item in value.items()}
    if isinstance(value, list):
        return [capitalized(item) for item in value]
    return value


def without_capacity(said: Mapping[str, Any]) -> dict[str, Any]:
    """A table without capacity where it is on demand, for which it has no effect (normalisation `on-demand`).

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html
    """
    table = dict(said)
    if table.get("BillingMode") != ON_DEMAND:
        return table
    table.pop("ProvisionedThroughput", None)
    indexes = table.get("GlobalSecondaryIndexes")
    if isinstance(indexes, list):
        table["GlobalSecondaryIndexes"] = [
            {key: value for key, value in index.items() if key != "ProvisionedThroughput"}
            for index in indexes
            if isinstance(index, Mapping)
        ]
    return table


# ---- what the importer compares


def _described(said: Mapping[str, Any]) -> dict[str, Any]:
    """What DynamoDB says of the live table, as far as the importer compares it.

    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html
    """
    on_demand = said.get("BillingMode") == ON_DEMAND
    encryption = _encryption(said)
    return {
        **_keys(said),
        "BillingModeSummary": {"BillingMode": ON_DEMAND if on_demand else "not said"},
        "ProvisionedThroughput": _units(said, on_demand),
        "StreamSpecification": _stream(said),
        "SSEDescription": {"SSEType": encryption.get("SSEType", "KMS")} if encryption else {},
        "DeletionProtectionEnabled": is_on(said.get("DeletionProtectionEnabled")),
    }


def _expected(said: Mapping[str, Any]) -> dict[str, Any]:
    """What the importer expects. Of an encrypted table it expects a status that it does not read, so it refuses it."""
    on_demand = said.get("BillingMode") == ON_DEMAND
    encryption = _encryption(said)
    return {
        **_keys(said),
        "BillingModeSummary": {"BillingMode": said.get("BillingMode", PROVISIONED)},
        "ProvisionedThroughput": _units(said, on_demand),
        "StreamSpecification": _stream(said),
        "SSEDescription": {"SSEType": "KMS", "Status": "ENABLED"} if encryption else {},
        "DeletionProtectionEnabled": is_on(said.get("DeletionProtectionEnabled")),
    }


def _encryption(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """How a table is encrypted with KMS; empty when it is not."""
    found = said.get("SSESpecification")
    return found if isinstance(found, Mapping) and is_on(found.get("SSEEnabled")) else {}


def _keys(said: Mapping[str, Any]) -> dict[str, Any]:
    compared = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    return {key: value for key, value in without_capacity(said).items() if key in compared}


def _units(said: Mapping[str, Any], on_demand: bool) -> Any:
    none = {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0}
    return none if on_demand else said.get("ProvisionedThroughput", none)


def _stream(said: Mapping[str, Any]) -> Mapping[str, Any]:
    stream = said.get("StreamSpecification")
    view = stream.get("StreamViewType") if isinstance(stream, Mapping) else None
    return {"StreamEnabled": True, "StreamViewType": view} if view else {}


def is_on(value: Any) -> bool:
    """Whether a switch of a template is on."""
    return value is True or value == "true"


DEFAULTS: tuple[Default, ...] = defaults(IMPORTED, "aws-resource-dynamodb-table", {})
"""Those of DynamoDB tables are known to the storage category."""
