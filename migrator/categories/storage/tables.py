"""DynamoDB tables as CDK code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.storage.model import ImportedStorage, Index, Key, TableNode
from migrator.categories.storage.targets import FEATURE, table_name
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact, LinkKind
from migrator.gen2.backend import Piece, Reference, Wiring
from migrator.gen2.cdk import property_name, property_value
from migrator.typescript.build import arr, assign, call, const, member, new, obj
from migrator.typescript.nodes import As, Do, Expr, Lit, Member, Name, Stmt, TypeName

DYNAMODB = "aws-cdk-lib/aws-dynamodb"
_NO_STREAM = "arn:aws:dynamodb:us-east-1:000000000000:table/unknown/stream/unknown"
_TYPES = {"S": "STRING", "N": "NUMBER", "B": "BINARY"}


def table(fact: Fact[TableNode], context: Context) -> Iterator[Piece]:
    """The table in a stack of its own, with its indexes."""
    node, name = fact.node, table_name(fact.resource)
    stack = call(member("backend", "createStack"), f"storage-{fact.resource.name}")
    made = const(name, new(Name("Table", DYNAMODB), stack, fact.resource.name, obj(dict(_properties(node)), True)))
    body: list[Stmt] = [made]
    body += [_index(name, "addGlobalSecondaryIndex", index, node) for index in node.indexes]
    body += [_index(name, "addLocalSecondaryIndex", index, node) for index in node.local_indexes]
    body += _other(name, node)
    yield Wiring(FEATURE, tuple(body), "STO100", order=20, exports=(name,), owner=fact.resource)


def _properties(node: TableNode) -> Iterator[tuple[str, Expr]]:
    yield "partitionKey", _key(node.partition)
    if node.sort:
        yield "sortKey", _key(node.sort)
    yield "billingMode", _word("BillingMode", "PAY_PER_REQUEST" if node.on_demand else "PROVISIONED")
    if not node.on_demand:
        yield "readCapacity", Lit(node.read_capacity)
        yield "writeCapacity", Lit(node.write_capacity)
    if node.stream:
        yield "stream", _word("StreamViewType", node.stream)
    if node.ttl:
        yield "timeToLiveAttribute", Lit(node.ttl)
    if node.point_in_time_recovery:
        yield "pointInTimeRecoverySpecification", obj({"pointInTimeRecoveryEnabled": True})
    yield "removalPolicy", Member(Name("RemovalPolicy", "aws-cdk-lib"), "RETAIN")


def _key(key: Key) -> Expr:
    return obj({"name": key.name, "type": _word("AttributeType", _TYPES.get(key.type, key.type))})


def _word(enum: str, word: str) -> Expr:
    return Member(Name(enum, DYNAMODB), word)


def _index(table: str, method: str, index: Index, node: TableNode) -> Stmt:
    is_global = method == "addGlobalSecondaryIndex"
    properties: dict[str, Any] = {"indexName": index.name}
    if is_global:
        properties["partitionKey"] = _key(index.partition)
    if index.sort:
        properties["sortKey"] = _key(index.sort)
    properties["projectionType"] = _word("ProjectionType", index.projection)
    if index.projected:
        properties["nonKeyAttributes"] = arr(index.projected)
    if is_global and not node.on_demand:
        properties |= {"readCapacity": Lit(index.read_capacity), "writeCapacity": Lit(index.write_capacity)}
    return Do(call(Member(Name(table), method), obj(properties, True)))


def _other(name: str, node: TableNode) -> Iterator[Stmt]:
    """What the construct has no argument for is set on the CloudFormation resource."""
    cfn = As(member(Name(name), "node.defaultChild"), TypeName("CfnTable", DYNAMODB))
    for key, value in node.other.items():
        yield assign(Member(cfn, property_name(key)), property_value(value))


def live_table(fact: Fact[TableNode], context: Context) -> Iterator[Piece]:
    """The live Gen 1 table, referred to by name (`--reuse storage`)."""
    yield _reference(fact.resource, bool(fact.node.stream), "STO110")


def imported_table(fact: Fact[ImportedStorage], context: Context) -> Iterator[Piece]:
    """A table that Gen 1 had imported, referred to by name."""
    streams = context.graph.links(target=fact.resource, kind=LinkKind.STREAM)
    yield _reference(fact.resource, bool(streams), "STO091")


def _reference(ref: ResourceRef, stream: bool, rule: str) -> Wiring:
    attributes = {"tableName": Reference(ref, "Name", stand_in="unknown-table")}
    if stream:
        attributes["tableStreamArn"] = Reference(ref, "StreamArn", stand_in=_NO_STREAM)
    stack = call(member("backend", "createStack"), f"storage-{ref.name}")
    factory = member(Name("Table", DYNAMODB), "fromTableAttributes")
    name = table_name(ref)
    made = const(name, call(factory, stack, ref.name, obj(attributes)))
    return Wiring(FEATURE, (made,), rule, order=20, exports=(name,), owner=ref)
