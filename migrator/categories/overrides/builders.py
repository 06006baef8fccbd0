"""Statements of overrides in the wiring of the features that they change."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.categories.overrides.additions import added
from migrator.categories.overrides.checks import has_construct, owner_of
from migrator.categories.overrides.model import Kind, OverrideStatement
from migrator.categories.overrides.resolvers import function_key, own_table
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.override_spelling import cloudformation, spelt
from migrator.engine.override_values import BRANCH
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Construct, Local, Piece, Reference, Shared, Wiring
from migrator.gen2.surface import surface
from migrator.typescript.build import assign, call, expr, member
from migrator.typescript.nodes import (
    As,
    Binary,
    Comment,
    Do,
    Expr,
    If,
    Index,
    Lit,
    Member,
    Name,
    Obj,
    Property,
    Stmt,
    TypeName,
)

_ORDER = 90
_COGNITO = {
    "userPool": "cfnUserPool",
    "userPoolClientWeb": "cfnUserPoolClient",
    "identityPool": "cfnIdentityPool",
    "identityPoolRoleMap": "cfnIdentityPoolRoleAttachment",
}
_SURFACES = {
    "userPool": "CfnUserPool",
    "userPoolClientWeb": "CfnUserPoolClient",
    "userPoolClient": "CfnUserPoolClient",
    "identityPool": "CfnIdentityPool",
    "identityPoolRoleMap": "CfnIdentityPoolRoleAttachment",
    "userPoolGroup": "CfnUserPoolGroup",
    "userPoolGroupRole": "CfnRole",
    "s3Bucket": "CfnBucket",
    "dynamoDBTable": "CfnTable",
    "GraphQLAPI": "CfnGraphQLApi",
    "resolver": "CfnResolver",
    "resolverFunction": "CfnFunctionConfiguration",
    "restApi": "CfnRestApi",
    "authRole": "CfnRole",
    "unauthRole": "CfnRole",
}
"""Whose properties can be assigned; what they do not know is overridden in the template."""
_ROLES = {"authRole": "authenticatedUserIamRole", "unauthRole": "unauthenticatedUserIamRole"}
_FEATURES = {"auth": "auth", "storage": "storage", "api": "data"}
_LONGEST = 12
"""Lines of code that are shown as a comment."""


def override_statement(fact: Fact[OverrideStatement], context: Context) -> Iterator[Piece]:
    """The statement, said of the construct of Gen 2; it comes last, as Gen 1's overrides do."""
    ref = owner_of(fact, context)
    if ref is None or not context.converted(ref) or not has_construct(fact, context):
        return
    is_part = fact.node.kind is Kind.ADD
    body: tuple[Stmt, ...] = added(fact.node, ref) if is_part else (_said(fact.node, ref, context),)
    if fact.node.env:
        body = (If(Binary("===", BRANCH, Lit(context.branch(fact.node.env))), body),)
    yield Wiring(_feature(fact.node, ref), body, "OVR010", _ORDER, section=f"override {fact.node.about}", owner=ref)


def override_comment(fact: Fact[OverrideStatement], context: Context) -> Iterator[Piece]:
    """The code as a comment, at the place where it belongs."""
    ref = owner_of(fact, context)
    if ref is None or not context.converted(ref):
        return
    node = fact.node
    why = node.reason or "the code is not understood"
    lines = node.text.splitlines()
    shown = [*lines[:_LONGEST], *(["…"] if len(lines) > _LONGEST else [])]
    text = "\n".join((f"OVR900: {node.file}, line {node.line}, is not carried over ({why}):", *shown))
    section = f"override {node.about}"
    yield Wiring(_feature(fact.node, ref), (Comment(text),), "OVR020", _ORDER, section=section, owner=ref)


def _feature(node: OverrideStatement, ref: ResourceRef) -> str:
    return "rest-api" if node.service == "API Gateway" else _FEATURES.get(ref.category, "auth")


def _said(node: OverrideStatement, ref: ResourceRef, context: Context) -> Stmt:
    if node.construct == "modelDDBTable":
        return _of_table(node)
    construct = _construct(node, ref, context)
    values = tuple(expr(value) for value in node.values)
    if node.path == ("dataSourceName",) and isinstance(values[0], Lit) and own_table(node.member, values[0].value):
        values = (Member(Index(_of_data("cfnDataSources"), values[0]), "attrName"),)  # which has to be made before it
    if node.kind is Kind.CALL:
        return Do(call(Member(construct, node.path[0]), *values))
    if len(node.path) == 1 and _is_property(node):
        return assign(Member(construct, node.path[0]), values[0])
    place = ".".join(cloudformation(step) for step in node.path)
    return Do(call(Member(construct, "addPropertyOverride"), place, spelt(values[0])))


def _is_property(node: OverrideStatement) -> bool:
    """Whether the construct has the property; of what is a plain CfnResource in Gen 2 nothing is known."""
    return node.construct in _SURFACES and surface(_SURFACES[node.construct]).knows(node.path[0])


def _construct(node: OverrideStatement, ref: ResourceRef, context: Context) -> Expr:
    auth = member("backend", "auth.resources")
    match node.construct:
        case name if name in _COGNITO:
            return _local("auth", _COGNITO[name], member(auth, f"cfnResources.{_COGNITO[name]}"))
        case "userPoolClient":
            return Shared("auth", "nativeClient")
        case "userPoolGroup":
            return Member(Index(Member(auth, "groups"), Lit(node.member)), "cfnUserGroup")
        case "userPoolGroupRole":
            return _cfn(Member(Index(Member(auth, "groups"), Lit(node.member)), "role"), "CfnRole", "aws-iam")
        case "s3Bucket" if len(context.app.of("storage", "S3")) > 1:  # a definition each: which one, storage knows
            return _cfn(Reference(ref, "bucket"), "CfnBucket", "aws-s3")
        case "s3Bucket":
            return _local("storage", "cfnBucket", member("backend", "storage.resources.cfnResources.cfnBucket"))
        case "dynamoDBTable":
            return _cfn(Reference(ref, "table"), "CfnTable", "aws-dynamodb")
        case "resolver":
            return Index(_of_data("cfnResolvers"), Lit(node.member))
        case "resolverFunction":
            return Index(_of_data("cfnFunctionConfigurations"), Lit(function_key(node.member, context)))
        case "OpenSearchDomain":
            return Index(_of_data("additionalCfnResources"), Lit(node.construct))
        case "restApi":
            return _cfn(Reference(ref, "restApi"), "CfnRestApi", "aws-apigateway")
        case "GraphQLAPI":
            return _of_data("cfnGraphqlApi")
        case name:
            return _cfn(member(auth, _ROLES[name]), "CfnRole", "aws-iam")


def _of_data(name: str) -> Expr:
    return _local("data", name, member("backend", f"data.resources.cfnResources.{name}"))


def _local(feature: str, name: str, expression: Expr) -> Expr:
    return Local(Construct(feature, name, expression))


def _cfn(construct: Expr, kind: str, module: str) -> Expr:
    """The CloudFormation resource of a construct."""
    return As(member(construct, "node.defaultChild"), TypeName(kind, f"aws-cdk-lib/{module}"))


def _of_table(node: OverrideStatement) -> Stmt:
    """The tables of models are custom resources with properties of their own.

    https://docs.amplify.aws/react/build-a-backend/data/override-resources/
    """
    table = Index(_of_data("amplifyDynamoDbTables"), Lit(node.member))
    name, inner, value = node.path[0], node.path[1:], expr(node.values[0])
    match name:
        case "pointInTimeRecoverySpecification":
            wanted = _inner(value, inner, "pointInTimeRecoveryEnabled")
            return assign(Member(table, "pointInTimeRecoveryEnabled"), wanted)
        case "timeToLiveSpecification":
            on = _inner(value, inner, "enabled")
            wanted = obj_of(attributeName=_inner(value, inner, "attributeName"), enabled=on)
            return assign(Member(table, "timeToLiveAttribute"), wanted)
        case "billingMode":
            word = "PROVISIONED" if value == Lit("PROVISIONED") else "PAY_PER_REQUEST"
            return assign(Member(table, name), Member(Name("BillingMode", "aws-cdk-lib/aws-dynamodb"), word))
        case _:
            return assign(Member(table, name), value)


def obj_of(**members: Expr) -> Obj:
    """An object of these properties."""
    return Obj(tuple(Property(key, value) for key, value in members.items()))


def _inner(value: Expr, path: tuple[str, ...], name: str) -> Expr:
    """A part of a property, whether the whole or the part is assigned."""
    if path:
        return value
    parts = {one.key: one.value for one in value.props if isinstance(one, Property)} if isinstance(value, Obj) else {}
    return parts.get(name, Lit(True))
