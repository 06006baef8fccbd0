"""Conditions of rules about overrides."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from migrator.categories.overrides.additions import type_of
from migrator.categories.overrides.model import Kind, OverrideStatement
from migrator.categories.overrides.resolvers import function_key
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.resource_types import holds_data
from migrator.gen1.graph import Fact

_GROUPS = "Cognito-UserPool-Groups"


def owner_of(fact: Fact[OverrideStatement], context: Context) -> ResourceRef | None:
    """The resource that a statement changes; for the root stack that with the users' roles."""
    if fact.node.about == "project":
        return next((one.ref for one in context.graph.resources if one.service == "Cognito"), None)
    category, _, name = fact.node.about.partition("/")
    if fact.node.kind is Kind.ADD and fact.node.service == _GROUPS:  # which have no stack of their own in Gen 2
        return next((one.ref for one in context.graph.resources if one.service == "Cognito"), None)
    return ResourceRef(category, name)


def understood(fact: Fact[OverrideStatement], context: Context) -> bool:
    """Whether the statement can be said of a construct of Gen 2."""
    return fact.node.kind is not Kind.UNKNOWN and not fact.node.reason and has_construct(fact, context)


def of_the_bucket_of_builds(fact: Fact[OverrideStatement], context: Context) -> bool:
    """Whether it changes the bucket that Gen 1 deployed from."""
    return fact.node.construct == "deploymentBucket"


def of_a_live_resource(fact: Fact[OverrideStatement], context: Context) -> bool:
    """Whether the resource is kept as it is, so that it has been changed already."""
    ref = owner_of(fact, context)
    return ref is not None and fact.node.construct != "GraphQLAPI" and context.reused(ref)


def adds_data(fact: Fact[OverrideStatement], context: Context) -> bool:
    """Whether it adds a resource that holds what a deployment cannot bring back."""
    return holds_data(type_of(fact.node))


def has_construct(fact: Fact[OverrideStatement], context: Context) -> bool:
    """Whether Gen 2 has what it changes: the group, the model, the client of native apps."""
    node = fact.node
    if node.construct in ("userPoolGroup", "userPoolGroupRole"):
        return _knows(context, "Groups", "names", node.member)
    if node.construct == "resolverFunction":
        return bool(function_key(node.member, context))
    if node.construct == "OpenSearchDomain":
        return any(_listed(context, "GraphqlSchema", "searchable"))
    if node.construct == "modelDDBTable":
        return _knows(context, "GraphqlSchema", "models", node.member)
    if node.construct in ("authRole", "unauthRole", "userPoolClient"):
        return owner_of(fact, context) is not None
    if node.kind is Kind.ADD:
        return owner_of(fact, context) is not None
    return node.service != "API Gateway" or node.construct == "restApi"


def _knows(context: Context, node: str, attribute: str, name: str) -> bool:
    """Whether a fact of another category lists the name; that category is known by its node's name alone."""
    return any(name in listed for listed in _listed(context, node, attribute))


def _listed(context: Context, node: str, attribute: str) -> Iterator[Collection[str]]:
    for resource in context.graph.resources:
        for fact in resource.facts:
            if type(fact.node).__name__ == node:
                yield getattr(fact.node, attribute, ())
