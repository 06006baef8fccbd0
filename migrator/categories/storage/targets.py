"""Where the properties of a bucket or table go in Gen 2, and what other features can use of it."""

from __future__ import annotations

from typing import Any

from migrator.categories.storage.model import TableNode
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Construct, Definition, Shared
from migrator.typescript.build import member
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import Expr, Lit, Member, Name

FEATURE = "storage"


def define(fact: Fact[Any], context: Context) -> Definition:
    """The bucket's `defineStorage`; the library accepts it only in `amplify/storage/resource.ts`."""
    factory = Name("defineStorage", "@aws-amplify/backend")
    own = key(fact.resource, context)
    return Definition(fact.resource, FEATURE, own, own, "storage/resource.ts", factory)


def key(ref: ResourceRef, context: Context) -> str:
    """What the backend calls a bucket: the first one that it makes is `storage`, further ones have their own names."""
    made = made_buckets(context)
    return FEATURE if ref not in made[1:] else identifier(f"{ref.name}-storage")


def made_buckets(context: Context) -> list[ResourceRef]:
    """The buckets that this backend makes, in the order of the project."""
    return [one.ref for one in context.graph.resources if one.service == "S3" and not context.reused(one.ref)]


def cfn_bucket(fact: Fact[Any], context: Context) -> Construct:
    """The bucket's L1 construct."""
    own = key(fact.resource, context)
    variable = "cfnBucket" if own == FEATURE else identifier(f"{fact.resource.name}-cfn-bucket")
    return Construct(FEATURE, variable, member("backend", f"{own}.resources.cfnResources.cfnBucket"))


def bucket_output(ref: ResourceRef, attribute: str, context: Context) -> Expr | None:
    """What others use of a bucket."""
    if context.reused(ref):
        live = Shared(FEATURE, live_name(ref))
        return {"bucket": live, "stack": Member(live, "stack")}.get(attribute)
    own = key(ref, context)
    bucket = member("backend", f"{own}.resources.bucket")
    outputs = {
        "BucketName": Member(bucket, "bucketName"),
        "Region": member("backend", "stack.region"),
        "bucket": bucket,
        "stack": member("backend", f"{own}.stack"),
    }
    return outputs.get(attribute)


def table_output(ref: ResourceRef, attribute: str, context: Context) -> Expr | None:
    """What others use of a table."""
    table = Shared(FEATURE, table_name(ref))
    if context.reused(ref):
        live = {"Arn": Member(table, "tableArn"), "table": table, "stack": Member(table, "stack")}
        return live.get(attribute) or _key_output(ref, attribute, context)
    outputs = {
        "Name": Member(table, "tableName"),
        "Arn": Member(table, "tableArn"),
        "StreamArn": Member(table, "tableStreamArn", non_null=True),
        "Region": member("backend", "stack.region"),
        "table": table,
        "stack": Member(table, "stack"),
    }
    known = outputs.get(attribute)
    return known or _key_output(ref, attribute, context)


def _key_output(ref: ResourceRef, attribute: str, context: Context) -> Expr | None:
    """Gen 1 tables put out their keys' names and types as well."""
    facts = context.graph.facts(TableNode, ref)
    if not facts:
        return None
    table = facts[0].node
    values = {"PartitionKeyName": table.partition.name, "PartitionKeyType": table.partition.type}
    if table.sort:
        values |= {"SortKeyName": table.sort.name, "SortKeyType": table.sort.type}
    return Lit(values[attribute]) if attribute in values else None


def table_name(ref: ResourceRef) -> str:
    """The constant of a table in wiring code."""
    return identifier(f"{ref.name}-table")


def live_name(ref: ResourceRef) -> str:
    """The constant of a live bucket in wiring code."""
    return identifier(f"{ref.name}-bucket")
