"""The tables of models as wiring code: what holds for all in a loop, what differs by itself."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.categories.data.model import GraphqlSchema, ModelTable, Throughput
from migrator.categories.data.observe_tables import IMPORTED
from migrator.categories.data.tables import EVERY
from migrator.categories.data.targets import FEATURE, local
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Piece, Wiring
from migrator.typescript.build import assign, call, const, member, obj
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import (
    As,
    Binary,
    Binding,
    Blank,
    Comment,
    Do,
    Expr,
    ForOf,
    If,
    Index,
    Lit,
    Member,
    Name,
    ObjPattern,
    Stmt,
    TypeName,
)

DYNAMODB = "aws-cdk-lib/aws-dynamodb"
GEN2 = ModelTable(encrypted=False)
"""The table of a model of which a Gen 2 project says nothing."""
_TABLES = "amplifyDynamoDbTables"
_KEYS = ("attributeDefinitions", "keySchema")


def tables(fact: Fact[ModelTable], context: Context) -> Iterator[Piece]:
    """What holds for the tables of all models. They outlive their stack, which Gen 1's did not."""
    table = Name("table")
    keep = call(Member(table, "applyRemovalPolicy"), Member(Name("RemovalPolicy", "aws-cdk-lib"), "RETAIN"))
    body = (Do(keep), *_settings(table, fact.node, GEN2))
    every = call(member("Object", "values"), local(_TABLES))
    loop = ForOf("table", every, body)
    yield Wiring(FEATURE, (*_capacity(fact.node), loop), "DATA200", order=20, owner=fact.resource)


def _capacity(node: ModelTable) -> Iterator[Stmt]:
    """Provisioned capacity for all tables and indexes: parameters of the stack, as in Gen 1."""
    if node.on_demand:
        return
    yield from _parameter("billingMode", "DynamoDBBillingMode", "PROVISIONED")
    if node.capacity.read != 5:
        yield from _parameter("readCapacity", "DynamoDBModelTableReadIOPS", node.capacity.read)
    if node.capacity.write != 5:
        yield from _parameter("writeCapacity", "DynamoDBModelTableWriteIOPS", node.capacity.write)
    yield Blank()


def _parameter(variable: str, name: str, value: str | int) -> Iterator[Stmt]:
    found = call(member("backend", "data.stack.node.findChild"), name)
    yield const(variable, As(found, TypeName("CfnParameter", "aws-cdk-lib")))
    yield assign(member(variable, "default"), value)


def table(fact: Fact[ModelTable], context: Context) -> Iterator[Piece]:
    """What a table has that the others do not."""
    name = identifier(f"{fact.node.model}-table")
    body = tuple(_settings(Name(name), fact.node, _common(fact, context)))
    if body:
        made = const(name, Index(local(_TABLES), Lit(fact.node.model)))
        yield Wiring(FEATURE, (made, *body), "DATA201", order=21, owner=fact.resource)


def _common(fact: Fact[ModelTable], context: Context) -> ModelTable:
    found = (one.node for one in context.graph.facts(ModelTable, fact.resource) if one.key == EVERY)
    return next(found, ModelTable())


def _settings(table: Expr, node: ModelTable, known: ModelTable) -> Iterator[Stmt]:
    """Assignments for what differs from `known`."""
    if node.model != EVERY and (node.on_demand, node.capacity) != (known.on_demand, known.capacity):
        yield from _billing(table, node)
    if node.point_in_time_recovery != known.point_in_time_recovery:
        yield assign(Member(table, "pointInTimeRecoveryEnabled"), node.point_in_time_recovery)
    if node.encrypted != known.encrypted:
        yield assign(Member(table, "sseSpecification"), obj({"sseEnabled": node.encrypted}))
    if node.protected != known.protected:
        yield assign(Member(table, "deletionProtectionEnabled"), node.protected)
    if node.stream != known.stream and node.stream:
        view = Member(Name("StreamViewType", DYNAMODB), node.stream)
        yield assign(Member(table, "streamSpecification"), obj({"streamViewType": view}))
    if node.ttl != known.ttl:
        yield assign(Member(table, "timeToLiveAttribute"), obj({"attributeName": node.ttl, "enabled": True}))


def _billing(table: Expr, node: ModelTable) -> Iterator[Stmt]:
    word = "PAY_PER_REQUEST" if node.on_demand else "PROVISIONED"
    yield assign(Member(table, "billingMode"), Member(Name("BillingMode", DYNAMODB), word))
    if node.on_demand:
        return
    yield assign(Member(table, "provisionedThroughput"), _units(node.capacity))
    for index in node.indexes:
        set_capacity = Member(table, "setGlobalSecondaryIndexProvisionedThroughput")
        yield Do(call(set_capacity, index, _units(node.index_capacity.get(index, node.capacity))))


def _units(capacity: Throughput) -> Expr:
    return obj({"readCapacityUnits": capacity.read, "writeCapacityUnits": capacity.write})


def expiry(fact: Fact[GraphqlSchema], context: Context) -> Iterator[Piece]:
    """Rows that expire: the schema of Gen 2 has no directive for it, the table has a property."""
    for one in fact.node.expiry:
        table = Index(local(_TABLES), Lit(one.model))
        setting = assign(Member(table, "timeToLiveAttribute"), obj({"attributeName": one.field, "enabled": True}))
        # a live table is none of these: it keeps what Gen 1 has set
        stated: Stmt = If(table, (setting,)) if context.reused(fact.resource) else setting
        yield Wiring(FEATURE, (stated,), "DATA123", order=22, owner=fact.resource)


def live_keys(fact: Fact[GraphqlSchema], context: Context) -> Iterator[Piece]:
    """Keys of the live tables, for the importer.

    Amplify works them out for the table's construct, and hands them to the custom resource of a table that it makes but
    not to that of one that it takes over, which keeps `id` (graphql-index-transformer 3.1.3). The construct stands two
    steps above the resource and, like a `CfnTable`, knows its keys and the attributes of keys and indexes.
    """
    resource = Name("resource")
    construct = Member(Member(member(resource, "node.scope"), "node", optional=True), "scope")
    found = const(ObjPattern(tuple(map(Binding, _KEYS))), As(construct, TypeName("CfnTable", DYNAMODB)))
    said = [Do(call(Member(resource, "addPropertyOverride"), name, Name(name))) for name in _KEYS]
    is_live = Binary("===", Member(resource, "cfnResourceType"), Lit(IMPORTED))
    every = call(member("Object", "values"), local("additionalCfnResources"))
    loop = ForOf("resource", every, (If(is_live, (found, *said)),))
    note = Comment(
        "Amplify's importer expects the key `id` of every live table, unless it is told the keys of the schema."
    )
    yield Wiring(FEATURE, (note, loop), "DATA260", order=22, owner=fact.resource)
