"""Where auth settings go in Gen 2, and what other features can use of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from migrator.categories.auth.model import Client, ClientKind, ImportedPool, UserPool
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Construct, Definition, Shared
from migrator.typescript.build import member
from migrator.typescript.nodes import Expr, Index, Lit, Member, Name

FEATURE = "auth"
BACKEND = "@aws-amplify/backend"
RESOURCES = member("backend", "auth.resources")
STACK = member("backend", "auth.stack")
NATIVE_CLIENT = "nativeClient"
LIVE_IDS = frozenset(
    ("UserPoolId", "UserPoolName", "AppClientIDWeb", "AppClientID", "IdentityPoolId", "IdentityPoolName")
)


def define(fact: Fact[Any], context: Context) -> Definition:
    """The one `defineAuth` of a backend, or `referenceAuth` for a live pool; groups belong to it."""
    pool = pool_of(fact.resource, context)
    factory = Name("defineAuth", BACKEND)
    if context.reused(pool):
        own = needs_own_factory(context, pool)
        factory = Name("liveAuth", "amplify:auth/live") if own else Name("referenceAuth", BACKEND)
    return Definition(pool, FEATURE, FEATURE, FEATURE, "auth/resource.ts", factory)


def needs_own_factory(context: Context, pool: ResourceRef) -> bool:
    """Whether `referenceAuth` refuses the live pool when it is deployed."""
    aliases = any(one.node.alias_attributes for one in context.graph.facts(UserPool, pool))
    aliases |= any(one.node.alias_attributes for one in context.graph.facts(ImportedPool, pool))
    secret = any(c.node.secret for c in context.graph.facts(Client, pool) if c.node.kind is ClientKind.WEB)
    return aliases or secret


def pool_of(ref: ResourceRef, context: Context) -> ResourceRef:
    """The resource with the pool; groups are a resource of their own in Gen 1."""
    resource = context.graph.get(ref)
    if resource is not None and resource.service == "Cognito-UserPool-Groups":
        return next((r.ref for r in context.graph.resources if r.service == "Cognito"), ref)
    return ref


def construct(variable: str) -> Construct:
    """One of the L1 constructs that `defineAuth` gives."""
    return Construct(FEATURE, variable, Member(Member(RESOURCES, "cfnResources"), variable))


def target(variable: str) -> Callable[[Fact[Any], Context], Construct]:
    """The construct as rules name it."""

    def of_fact(fact: Fact[Any], context: Context) -> Construct:
        return construct(variable)

    return of_fact


USER_POOL = Construct(FEATURE, "userPool", Member(RESOURCES, "userPool"))
CFN_USER_POOL = construct("cfnUserPool")
CFN_CLIENT = construct("cfnUserPoolClient")
CFN_IDENTITY_POOL = construct("cfnIdentityPool")
CFN_ATTACHMENT = construct("cfnIdentityPoolRoleAttachment")


def group(name: str) -> Expr:
    """A group of the backend."""
    return Index(Member(RESOURCES, "groups"), Lit(name))


def pool_output(ref: ResourceRef, attribute: str, context: Context) -> Expr | None:
    """What others use of a pool; ids of a live one are looked up by branch."""
    if context.reused(ref) and attribute in LIVE_IDS:
        return None
    outputs = {
        "UserPoolId": member(RESOURCES, "userPool.userPoolId"),
        "UserPoolArn": member(RESOURCES, "userPool.userPoolArn"),
        "AppClientIDWeb": member(RESOURCES, "userPoolClient.userPoolClientId"),
        "IdentityPoolId": member(RESOURCES, "identityPoolId"),
        "Region": member("backend", "stack.region"),
        "userPool": member(RESOURCES, "userPool"),
        "authenticatedUserIamRole": member(RESOURCES, "authenticatedUserIamRole"),
        "unauthenticatedUserIamRole": member(RESOURCES, "unauthenticatedUserIamRole"),
        "stack": STACK,
    }
    if not context.reused(ref):
        outputs["AppClientID"] = Member(Shared(FEATURE, NATIVE_CLIENT), "ref")
        outputs["IdentityPoolName"] = member(RESOURCES, "cfnResources.cfnIdentityPool.attrName")
        outputs["UserPoolName"] = Lit(next((f.node.name for f in context.graph.facts(UserPool, ref)), ""))
    return outputs.get(attribute)


def groups_output(ref: ResourceRef, attribute: str, context: Context) -> Expr | None:
    """What others use of groups: `AdminGroupRole`, the role's ARN, and the role itself as `groupRole:Admin`."""
    if attribute.startswith("groupRole:"):
        return Member(group(attribute.removeprefix("groupRole:")), "role")
    if attribute.endswith("GroupRole") and not context.reused(ref):
        return member(group(attribute.removesuffix("GroupRole")), "role.roleArn")
    return None
