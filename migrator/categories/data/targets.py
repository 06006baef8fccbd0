"""Where the properties of the API go in Gen 2, and what other features can use of it."""

from __future__ import annotations

from typing import Any

from migrator.categories.data.model import GraphqlApi, GraphqlSchema
from migrator.categories.data.strategies import syncs
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Construct, Definition, Local
from migrator.typescript.build import member
from migrator.typescript.nodes import Expr, Index, Lit, Member, Name, NonNull

FEATURE = "data"
RESOURCES = "data.resources"
CFN = f"{RESOURCES}.cfnResources"


def define(fact: Fact[Any], context: Context) -> Definition:
    """The API's `defineData`, which has to be called in `amplify/data/resource.ts`."""
    factory = Name("defineData", "@aws-amplify/backend")
    if syncs(fact.resource, context):  # see `syncing`
        factory = Name("defineSyncedData", "amplify:data/datastore")
    return Definition(fact.resource, FEATURE, FEATURE, FEATURE, "data/resource.ts", factory)


def cfn_graphql_api(fact: Fact[Any], context: Context) -> Construct:
    """The API's L1 construct."""
    return Construct(FEATURE, "cfnGraphqlApi", member("backend", f"{CFN}.cfnGraphqlApi"))


def local(name: str, owner: str = CFN) -> Local:
    """A construct of the API as a constant of the wiring file that mentions it."""
    return Local(Construct(FEATURE, name, member("backend", f"{owner}.{name}")))


def api_output(ref: ResourceRef, attribute: str, context: Context) -> Expr | None:
    """What others use of the API and its tables; nothing when the API is not converted."""
    apis = context.graph.facts(GraphqlApi, ref)
    if not apis or (attribute == "GraphQLAPIKeyOutput" and not apis[0].node.api_key.used):
        return None
    outputs = {
        "GraphQLAPIIdOutput": member(local("cfnGraphqlApi"), "attrApiId"),
        "GraphQLAPIEndpointOutput": member(local("cfnGraphqlApi"), "attrGraphQlUrl"),
        "GraphQLAPIKeyOutput": Member(NonNull(local("cfnApiKey")), "attrApiKey"),
        "api": local("graphqlApi", RESOURCES),
        "stack": member("backend", "data.stack"),
    }
    if attribute in outputs:
        return outputs[attribute]
    wanted, _, model = attribute.partition(":")
    models = {name for one in context.graph.facts(GraphqlSchema, ref) for name in one.node.models}
    if model not in models or wanted not in _OF_TABLE:
        return None
    table = Index(local("tables", RESOURCES), Lit(model))
    name = _OF_TABLE[wanted]
    return Member(table, name.removesuffix("!"), non_null=name.endswith("!")) if name else table


_OF_TABLE = {"table": "", "tableName": "tableName", "tableArn": "tableArn", "tableStreamArn": "tableStreamArn!"}
"""Outputs such as `tableName:Todo`, to the properties of the table's construct."""
