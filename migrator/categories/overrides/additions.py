"""Parts that overrides add to a template: the same parts in the stack of the resource's feature."""

from __future__ import annotations

from typing import Any

from migrator.categories.overrides.model import Kind, OverrideStatement
from migrator.core.ref import ResourceRef
from migrator.engine.override_values import BRANCH
from migrator.engine.resource_types import NAMES, is_kept, other_name
from migrator.gen2.backend import Reference
from migrator.typescript.build import call, const, member, new
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import Arr, Do, Expr, Lit, Member, Name, Obj, Property, Stmt, Template

_CORE = "aws-cdk-lib"
RESOURCE, OUTPUT, MAPPING, CONDITION = "addCfnResource", "addCfnOutput", "addCfnMapping", "addCfnCondition"
_KEYS = {
    RESOURCE: frozenset(("type", "properties")),
    OUTPUT: frozenset(("value", "description")),
    MAPPING: frozenset(("mapping",)),
    CONDITION: frozenset(("expression",)),
}
"""What each may say, and be carried over."""
_CLASSES = {RESOURCE: "CfnResource", OUTPUT: "CfnOutput", MAPPING: "CfnMapping", CONDITION: "CfnCondition"}
_POOL_ARN = "arn:aws:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/${user pool}"
_PARTS = {
    ("Cognito", "UserPool", ""): ("UserPoolId", "user pool"),
    ("Cognito", "UserPool", "Arn"): ("UserPoolArn", _POOL_ARN),
    ("Cognito", "UserPoolClientWeb", ""): ("AppClientIDWeb", "web client"),
    ("Cognito", "UserPoolClient", ""): ("AppClientID", "native client"),
    ("Cognito", "IdentityPool", ""): ("IdentityPoolId", "identity pool"),
    ("S3", "S3Bucket", ""): ("BucketName", "bucket {name}"),
    ("S3", "S3Bucket", "Arn"): ("bucket.bucketArn", "bucket {name}.Arn"),
    ("DynamoDB", "DynamoDBTable", ""): ("Name", "table {name}"),
    ("DynamoDB", "DynamoDBTable", "Arn"): ("Arn", "table {name}.Arn"),
    ("DynamoDB", "DynamoDBTable", "StreamArn"): ("StreamArn", "table {name}.StreamArn"),
    ("AppSync", "GraphQLAPI", ""): ("api.arn", "GraphQL API"),
    ("AppSync", "GraphQLAPI", "Arn"): ("api.arn", "GraphQL API"),
    ("AppSync", "GraphQLAPI", "ApiId"): ("GraphQLAPIIdOutput", "GraphQL API.ApiId"),
}
"""By service, logical id and attribute (none for `Ref`): what is referred to in Gen 2, and what the proof calls it."""
_RIGHTS = ("AWS::IAM::", "AWS::Lambda::Permission")
_PSEUDO = ("AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::URLSuffix")


def refused(construct: str, service: str, values: tuple[Expr, ...]) -> str:
    """Why a part cannot be carried over; empty for one that can."""
    if construct not in _CLASSES:
        return "parameters of Gen 1's templates mean nothing in Gen 2's stacks"
    body, id = (*values, Lit(None), Lit(None))[:2]
    if not isinstance(body, Obj) or not isinstance(id, Lit) or not isinstance(id.value, str) or not id.value.isalnum():
        return "what is added is not known"
    said = members(body)
    if set(said) - _KEYS[construct]:
        return f"{', '.join(sorted(set(said) - _KEYS[construct]))} is not carried over"
    if construct == CONDITION and _equal(said.get("expression")) is None:
        return "what the condition asks is not known"
    if construct == RESOURCE and not _has_type(said):
        return "what is added is not known"
    if service == "AppSync" and construct == RESOURCE and str(getattr(said["type"], "value", "")).startswith(_RIGHTS):
        return "the rights of the API's roles are other ones in Gen 2"
    if not all(_is_known(value, service) for value in said.values()):
        return "it refers to resources of Gen 1's template"
    return ""


def _equal(value: Expr | None) -> tuple[Expr, ...] | None:
    """The two sides of `Fn::Equals`; None for another condition."""
    said = members(value)
    match said.get("Fn::Equals"):
        case Arr(items=(Expr() as left, Expr() as right)) if len(said) == 1:
            return left, right
    return None


def _has_type(said: dict[str, Expr]) -> bool:
    type = said.get("type")
    return isinstance(type, Lit) and isinstance(type.value, str) and isinstance(said.get("properties", Obj()), Obj)


def members(body: Expr | None) -> dict[str, Expr]:
    """The members of an object."""
    listed = body.props if isinstance(body, Obj) else ()
    return {str(one.key): one.value for one in listed if isinstance(one, Property)}


def _is_known(value: Expr | Any, service: str) -> bool:
    """Whether everything that a value refers to is in Gen 2."""
    if isinstance(value, Obj):
        id, attribute = _referred(value)
        if id:
            return id in _PSEUDO or id == "env" or (service, id, attribute) in _PARTS
        return all(_is_known(one, service) for key, one in members(value).items()) and "Fn::Sub" not in members(value)
    return all(_is_known(one, service) for one in value.items) if isinstance(value, Arr) else True


def _referred(value: Obj) -> tuple[str, str]:
    """What `Ref` or `Fn::GetAtt` names, and which attribute of it; a word that is none for what is not plain."""
    said = members(value)
    if len(said) != 1:
        return "", ""
    match said:
        case {"Ref": Lit(value=str() as id)}:
            return id, ""
        case {"Fn::GetAtt": Arr(items=(Lit(value=str() as id), Lit(value=str() as attribute)))}:
            return id, attribute
        case {"Ref": _} | {"Fn::GetAtt": _}:
            return "?", "?"
    return "", ""


def resolved(value: Expr | Any, service: str, ref: ResourceRef) -> Any:
    """A value with references to the constructs of Gen 2."""
    if isinstance(value, Arr):
        return Arr(tuple(resolved(one, service, ref) for one in value.items))
    if not isinstance(value, Obj):
        return value
    id, attribute = _referred(value)
    if id == "env":
        return BRANCH
    if part := _PARTS.get((service, id, attribute)):
        output, _, property = part[0].partition(".")
        return member(Reference(ref, output), property) if property else Reference(ref, output)
    return Obj(tuple(Property(key, resolved(one, service, ref)) for key, one in members(value).items()))


def named(value: Any, service: str, ref: ResourceRef, branch: str) -> Any:
    """Data with references as the proof calls what they name."""
    if isinstance(value, list):
        return [named(one, service, ref, branch) for one in value]
    if not isinstance(value, dict):
        return value
    match value:
        case {"Ref": "env"}:
            return branch
        case {"Ref": str() as id} if id in _PSEUDO:
            return f"${{{id}}}"
        case {"Ref": str() as id} if (service, id, "") in _PARTS:
            return _called(_PARTS[service, id, ""][1], ref)
        case {"Fn::GetAtt": [str() as id, str() as attribute]} if (service, id, attribute) in _PARTS:
            return _called(_PARTS[service, id, attribute][1], ref)
        case {"Fn::Join": [str() as by, list() as parts]}:
            return by.join(str(named(part, service, ref, branch)) for part in parts)
    return {key: named(one, service, ref, branch) for key, one in value.items()}


def _called(word: str, ref: ResourceRef) -> str:
    return word if word.startswith("arn:") else f"${{{word.replace('{name}', ref.name)}}}"


def added(node: OverrideStatement, ref: ResourceRef) -> tuple[Stmt, ...]:
    """The part, in the stack of the resource."""
    said = members(node.values[0])
    body = {key: resolved(value, node.service, ref) for key, value in said.items()}
    if node.construct == RESOURCE and "properties" in body:
        body["properties"] = told_apart(type_of(node), body["properties"])
    if node.construct == CONDITION and (sides := _equal(said["expression"])):
        asked = (resolved(side, node.service, ref) for side in sides)
        body["expression"] = call(Member(Name("Fn", _CORE), "conditionEquals"), *asked)
    made = new(Name(_CLASSES[node.construct], _CORE), Reference(ref, "stack"), Lit(node.member), body)
    if not is_kept(type_of(node)):
        return (Do(made),)
    name = identifier(node.member, ("backend",))
    kept = call(Member(Name(name), "applyRemovalPolicy"), Member(Name("RemovalPolicy", _CORE), "RETAIN"))
    return const(name, made), Do(kept)


def type_of(node: OverrideStatement) -> str:
    """The CloudFormation type of a resource that is added; empty for another statement."""
    type = members(node.values[0]).get("type") if node.kind is Kind.ADD and node.values else None
    return str(type.value) if isinstance(type, Lit) and node.construct == RESOURCE else ""


def told_apart(type: str, properties: Any) -> Any:
    """The properties with another name, where the live resource has this one, and no two can have it."""
    return _renamed(properties, NAMES.get(type, "").split("."))


def _renamed(value: Any, path: list[str]) -> Any:
    if not path:
        if isinstance(value, Lit) and isinstance(value.value, str):
            return Lit(other_name(value.value))
        return Template((*value.parts, "-gen2")) if isinstance(value, Template) else value
    if not isinstance(value, Obj):
        return value
    changed = ((key, _renamed(one, path[1:]) if key == path[0] else one) for key, one in members(value).items())
    return Obj(tuple(Property(key, one) for key, one in changed))
