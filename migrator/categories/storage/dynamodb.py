"""Reading a table: from its template when there is one, else from what the user chose in the CLI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migrator.categories.storage.model import Index, Key, TableNode
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Traced, absent, gather, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.template import TemplateResource

TYPES = {"string": "S", "number": "N", "binary": "B", "boolean": "BOOL", "list": "L", "map": "M", "null": "NULL"}
_KNOWN_PROPERTIES = {
    "TableName",
    "AttributeDefinitions",
    "KeySchema",
    "GlobalSecondaryIndexes",
    "LocalSecondaryIndexes",
    "BillingMode",
    "ProvisionedThroughput",
    "StreamSpecification",
    "TimeToLiveSpecification",
    "PointInTimeRecoverySpecification",
}


def table_facts(entry: Entry) -> tuple[Fact[Any], ...]:
    """The table."""
    inputs = entry.cursor("cli-inputs.json")
    template = entry.template()
    table = next(iter(template.resources("AWS::DynamoDB::Table")), None) if template else None
    values = _from_template(table) if table else _from_inputs(entry, inputs)
    names = (inputs.get("tableName").text(), entry.cursor("parameters.json").get("tableName").text())
    values["resource"] = inputs.get("resourceName").text(entry.ref.name)
    values["name"] = entry.output("Name").or_else(names[0].or_else(names[1]))
    if table:
        values["name"] = values["name"].also(table.properties.get("TableName").text(), table.declared)
    values["partition"] = values["partition"].also(*_chosen(entry, inputs))
    return (fact(TableNode, entry.ref, "table", values),)


def _chosen(entry: Entry, inputs: Cursor) -> tuple[Traced[Any], ...]:
    """What the user chose; the template, where there is one, was made of it."""
    parameters = entry.cursor("parameters.json")
    keys = ("partitionKeyName", "partitionKeyType", "sortKeyName", "sortKeyType")
    said = [inputs.get(key).whole() for key in ("partitionKey", "sortKey", "gsi", "triggerFunctions")]
    return (*said, *(parameters.get(key).text() for key in keys))


def _from_template(table: TemplateResource) -> dict[str, Traced[Any]]:
    properties = table.properties
    types = {
        element.get("AttributeName").text().value: element.get("AttributeType").text("S").value
        for element in properties.get("AttributeDefinitions").elements()
    }
    definitions = properties.get("AttributeDefinitions").whole()
    partition, sort = _keys(properties.get("KeySchema"), types)
    throughput = properties.get("ProvisionedThroughput")
    ttl = properties.get("TimeToLiveSpecification")
    rest = {name: cursor.whole() for name, cursor in properties.items() if name not in _KNOWN_PROPERTIES}
    return {
        "partition": partition.also(definitions),
        "sort": sort,
        "indexes": _indexes(properties.get("GlobalSecondaryIndexes"), types),
        "local_indexes": _indexes(properties.get("LocalSecondaryIndexes"), types),
        "on_demand": properties.get("BillingMode").text().map(lambda mode: mode == "PAY_PER_REQUEST"),
        "read_capacity": throughput.get("ReadCapacityUnits").integer(0),
        "write_capacity": throughput.get("WriteCapacityUnits").integer(0),
        "stream": properties.get("StreamSpecification", "StreamViewType").text(),
        "ttl": traced(ttl.get("AttributeName").text().value if ttl.get("Enabled").flag().value else "", ttl.whole()),
        "point_in_time_recovery": properties.get(
            "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"
        ).flag(),
        "retained": table.deletion_policy.map(lambda policy: policy == "Retain").also(table.update_replace_policy),
        "other": traced({name: value.value for name, value in rest.items()}, *rest.values()),
    }


def _keys(schema: Cursor, types: Mapping[str, str]) -> tuple[Traced[Any], Traced[Any]]:
    by_kind = {e.get("KeyType").text().value: e for e in schema.elements()}
    found: list[Traced[Any]] = []
    for kind in ("HASH", "RANGE"):
        if element := by_kind.get(kind):
            name = element.get("AttributeName").text().value
            found.append(traced(Key(name, types.get(name, "S")), element.whole()))
        else:
            found.append(absent(None))
    return found[0], found[1]


def _indexes(listed: Cursor, types: Mapping[str, str]) -> Traced[tuple[Index, ...]]:
    return gather(traced(_index(element, types), element.whole()) for element in listed.elements())


def _index(element: Cursor, types: Mapping[str, str]) -> Index:
    partition, sort = _keys(element.get("KeySchema"), types)
    projection, throughput = element.get("Projection"), element.get("ProvisionedThroughput")
    return Index(
        element.get("IndexName").text().value,
        partition.value or Key(""),
        sort.value,
        projection.get("ProjectionType").text("ALL").value,
        projection.get("NonKeyAttributes").texts().value,
        throughput.get("ReadCapacityUnits").integer(0).value,
        throughput.get("WriteCapacityUnits").integer(0).value,
    )


def _from_inputs(entry: Entry, inputs: Cursor) -> dict[str, Traced[Any]]:
    """What the CLI would build: capacity 5, a stream of new images, every index with all attributes."""
    parameters = entry.cursor("parameters.json")
    partition = _input_key(inputs.get("partitionKey"))
    if not partition.present:
        name, kind = parameters.get("partitionKeyName").text(), parameters.get("partitionKeyType").text("S")
        partition = traced(Key(name.value, kind.value), name, kind)
    sort = _input_key(inputs.get("sortKey"))
    if not sort.present and (name := parameters.get("sortKeyName").text()).value:
        sort = traced(Key(name.value, parameters.get("sortKeyType").text("S").value), name)
    return {
        "partition": partition,
        "sort": sort,
        "indexes": gather(traced(_input_index(e), e.whole()) for e in inputs.get("gsi").elements()),
        "stream": traced("NEW_IMAGE", inputs.get("triggerFunctions").whole()),
        "read_capacity": absent(5),
        "write_capacity": absent(5),
    }


def _input_key(cursor: Cursor) -> Traced[Any]:
    if not cursor.present:
        return absent(None)
    kind = cursor.get("fieldType").text("string").value
    return traced(Key(cursor.get("fieldName").text().value, TYPES.get(kind, kind)), cursor.whole())


def _input_index(cursor: Cursor) -> Index:
    partition, sort = _input_key(cursor.get("partitionKey")), _input_key(cursor.get("sortKey"))
    return Index(
        cursor.get("name").text().value, partition.value or Key(""), sort.value, read_capacity=5, write_capacity=5
    )
