"""Reading the tables of models: what holds for all, and what the deployed templates say of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from migrator.categories.data.api import parameter
from migrator.categories.data.model import ModelTable, Throughput
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Traced, absent, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Evidence, Fact, fact
from migrator.gen1.template import Template, TemplateResource

EVERY = "*"
"""Key of the fact that holds for the tables of all models."""
_READ = frozenset(
    {
        "AttributeDefinitions",
        "BillingMode",
        "DeletionProtectionEnabled",
        "GlobalSecondaryIndexes",
        "KeySchema",
        "LocalSecondaryIndexes",
        "PointInTimeRecoverySpecification",
        "ProvisionedThroughput",
        "SSESpecification",
        "StreamSpecification",
        "TableName",
        "TimeToLiveSpecification",
    }
)


def table_facts(entry: Entry, models: Iterable[str]) -> Iterator[Fact[ModelTable]]:
    """One fact for all tables; and one for each table that a template shows."""
    common = _common(entry)
    yield common
    if entry.evidence is Evidence.SOURCE:
        return
    for model in models:
        template = entry.template(f"build/stacks/{model}.json")
        table = _table(template) if template else None
        if template and table:
            yield _of_template(entry, model, table, common.node)


def _common(entry: Entry) -> Fact[ModelTable]:
    read, write = (parameter(entry, f"DynamoDBModelTable{way}IOPS") for way in ("Read", "Write"))
    values: dict[str, Traced[Any]] = {
        "on_demand": parameter(entry, "DynamoDBBillingMode").map(lambda mode: mode != "PROVISIONED"),
        "capacity": traced(Throughput(_number(read.value), _number(write.value)), read, write),
        "point_in_time_recovery": parameter(entry, "DynamoDBEnablePointInTimeRecovery").map(_is_true),
        "encrypted": parameter(entry, "DynamoDBEnableServerSideEncryption").map(lambda v: v is None or _is_true(v)),
    }
    return fact(ModelTable, entry.ref, EVERY, values)


def _is_true(value: object) -> bool:
    return value is True or str(value).lower() == "true"


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | str) and str(value).isdigit() else 5


def _table(template: Template) -> TemplateResource | None:
    return next(template.resources("AWS::DynamoDB::Table"), None)


def _of_template(entry: Entry, model: str, table: TemplateResource, common: ModelTable) -> Fact[ModelTable]:
    """A table as its nested stack declares it. The stack's parameters are the API's, handed on under the same names."""
    properties = table.properties
    throughput = _throughput(properties.get("ProvisionedThroughput"))
    provisioned = properties.get("BillingMode").text(_billing(common)).map(lambda mode: mode != "PAY_PER_REQUEST")
    encryption = properties.get("SSESpecification")
    recovery = properties.get("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled")
    values: dict[str, Traced[Any]] = {
        "model": absent(model),
        "name": properties.get("TableName").text().map(lambda said: _name(entry, said.partition("-${")[0] or model)),
        "on_demand": provisioned.map(lambda value: not value),
        "capacity": throughput if provisioned.value else absent(Throughput()),
        "index_capacity": _index_capacity(properties, throughput.value) if provisioned.value else absent({}),
        "point_in_time_recovery": recovery.flag(),
        "encrypted": encryption.get("SSEEnabled").flag(),
        "key": encryption.get("KMSMasterKeyId").text(),
        "stream": properties.get("StreamSpecification", "StreamViewType").text(),
        "protected": properties.get("DeletionProtectionEnabled").flag(),
        "ttl": _ttl(properties.get("TimeToLiveSpecification")),
        "retained": table.deletion_policy.map(lambda policy: policy == "Retain"),
        "indexes": _names(properties.get("GlobalSecondaryIndexes")),
        "local_indexes": _names(properties.get("LocalSecondaryIndexes")),
        "other": _other(properties),
    }
    return fact(ModelTable, entry.ref, model, values)


def _billing(common: ModelTable) -> str:
    return "PAY_PER_REQUEST" if common.on_demand else "PROVISIONED"


def _throughput(cursor: Cursor) -> Traced[Throughput]:
    read, write = cursor.get("ReadCapacityUnits").integer(5), cursor.get("WriteCapacityUnits").integer(5)
    return traced(Throughput(read.value, write.value), read, write)


def _index_capacity(properties: Cursor, own: Throughput) -> Traced[Mapping[str, Throughput]]:
    found = {
        index.get("IndexName").text().value: _throughput(index.get("ProvisionedThroughput"))
        for index in properties.get("GlobalSecondaryIndexes").elements()
    }
    return traced({name: value.value for name, value in found.items() if value.value != own}, *found.values())


def _name(entry: Entry, stem: str) -> str:
    """The live table's name. It begins with the model's, unless the schema says another (`@mapsTo`)."""
    return f"{stem}-{entry.output('GraphQLAPIIdOutput').value or '<API id>'}-{entry.app.env or '<environment>'}"


def _ttl(cursor: Cursor) -> Traced[str]:
    enabled = cursor.get("Enabled").flag()
    return cursor.get("AttributeName").text().map(lambda name: name if enabled.value else "").also(enabled)


def _names(indexes: Cursor) -> Traced[tuple[str, ...]]:
    names = [index.get("IndexName").text() for index in indexes.elements()]
    return traced(tuple(name.value for name in names), *names)


def _other(properties: Cursor) -> Traced[Mapping[str, Any]]:
    rest = {name: cursor.whole() for name, cursor in properties.items() if name not in _READ}
    return traced({name: value.value for name, value in rest.items()}, *rest.values())
