"""Who gives which rights to whom in a generation: roles, policies, and the policies of resources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from migrator.engine.flatten import settings
from migrator.engine.grants.managed import document
from migrator.engine.grants.names import Names
from migrator.engine.grants.statements import Right, rights
from migrator.engine.observed import Declared, Generation, Value
from migrator.engine.observing import own_tags
from migrator.gen1.values import PLACEHOLDER, as_text

ROLE = "AWS::IAM::Role"
MANAGED = "AWS::IAM::ManagedPolicy"
PERMISSION = "AWS::Lambda::Permission"
LAYER_PERMISSION = "AWS::Lambda::LayerVersionPermission"
_HOLDERS = {ROLE: "Roles", "AWS::IAM::User": "Users", "AWS::IAM::Group": "Groups"}
"""Types that have rights, and the property by which policies name them."""
_INLINE = ("AWS::IAM::Policy", MANAGED, "AWS::IAM::RolePolicy", "AWS::IAM::UserPolicy", "AWS::IAM::GroupPolicy")
_SAID_ELSEWHERE = ("AssumeRolePolicyDocument", "Policies", "ManagedPolicyArns")
_NO_RIGHTS = ("RoleName", "UserName", "GroupName", "Description")
"""Names and texts of roles give nobody anything (normalisation `names-of-roles`)."""
_OF_RESOURCES: Mapping[str, tuple[str, str]] = {
    "AWS::S3::BucketPolicy": ("PolicyDocument", "Bucket"),
    "AWS::SQS::QueuePolicy": ("PolicyDocument", "Queues"),
    "AWS::SNS::TopicPolicy": ("PolicyDocument", "Topics"),
    "AWS::SecretsManager::ResourcePolicy": ("ResourcePolicy", "SecretId"),
    "AWS::Kinesis::ResourcePolicy": ("ResourcePolicy", "ResourceArn"),
    "AWS::Logs::ResourcePolicy": ("PolicyDocument", "PolicyName"),
    "AWS::KMS::Key": ("KeyPolicy", ""),
    "AWS::Elasticsearch::Domain": ("AccessPolicies", ""),
    "AWS::OpenSearchService::Domain": ("AccessPolicies", ""),
    "AWS::ApiGateway::RestApi": ("Policy", ""),
}
"""Types with a policy of a resource: the document, and the property that names the resource (empty: it is its own)."""

Said: TypeAlias = Callable[[Declared, Generation], Mapping[str, Any]]
"""The properties of a resource as they are when the deployment is through."""


class Given(Struct, frozen=True):
    """Rights that one resource of a template gives: to a principal, or of a resource to others."""

    kind: str
    """`AWS::IAM::Role` for what a role may do; the type of the policy for what others may do with a resource."""
    key: str
    """The principal, or the resource, in words."""
    by: Declared
    """What gives them."""
    rights: tuple[Right, ...]
    settings: Mapping[str, Value] = {}
    """What else is set on the principal."""
    holder: Declared | None = None
    """The role itself, where this is told by it."""


def given(generation: Generation, names: Names, said: Said) -> Iterator[Given]:
    """Everything that gives rights. `names` are texts that stand for something else; `said` corrects properties."""
    policies = {one.name: one for one in generation.of(MANAGED)}
    for one in generation.resources:
        if one.type in _HOLDERS:
            yield _holder(one, said(one, generation), generation, policies, names)
        elif one.type in _INLINE:
            yield from _policy(one, names)
        elif one.type in _OF_RESOURCES:
            yield from _of_resource(one, names.written(one.properties))
        elif one.type == PERMISSION:
            yield _permission(one, names.written(one.properties))
        elif one.type == LAYER_PERMISSION:
            yield _layer(one, names.written(one.properties))
        elif one.type.startswith("AWS::IAM::"):
            yield Given(one.type, one.name, one, (), settings(own_tags(one.properties, generation)))


def _holder(
    one: Declared, said: Mapping[str, Any], generation: Generation, policies: Mapping[str, Declared], names: Names
) -> Given:
    """A role with its trust, its own policies and those that it names."""
    key = names.principal(one.name)
    said = names.written(said, key)
    found = [*rights(said.get("AssumeRolePolicyDocument"), trust=True)]
    for policy in _listed(said.get("Policies")):
        found += rights(policy.get("PolicyDocument")) if isinstance(policy, Mapping) else ()
    rest = {key: value for key, value in said.items() if key not in (*_SAID_ELSEWHERE, *_NO_RIGHTS)}
    other = settings(own_tags(rest, generation))
    for arn in (as_text(item) for item in _listed(said.get("ManagedPolicyArns"))):
        declared = policies.get(_name(arn))
        known = names.written(declared.properties, key).get("PolicyDocument") if declared else document(arn)
        found += rights(known)
        if known is None:
            other[f"ManagedPolicyArns[{arn}]"] = True
    return Given(one.type, key, one, tuple(found), other, one)


def _policy(one: Declared, names: Names) -> Iterator[Given]:
    """What a policy gives to each that it is attached to."""
    said = one.properties
    for kind, property in _HOLDERS.items():
        for holder in (*_listed(said.get(property)), *_listed(said.get(property.removesuffix("s") + "Name"))):
            key = names.principal(as_text(holder))
            yield Given(kind, key, one, tuple(rights(names.written(said.get("PolicyDocument"), key))))


def _of_resource(one: Declared, said: Mapping[str, Any]) -> Iterator[Given]:
    """What others may do with a resource."""
    property, target = _OF_RESOURCES[one.type]
    if property not in said:
        return
    found = tuple(rights(said[property]))
    for resource in _listed(said.get(target)) if target else (one.name,):
        yield Given(one.type, _name(as_text(resource)), one, found)


def _permission(one: Declared, said: Mapping[str, Any]) -> Given:
    """Who may call a function (normalisation `function-names`: by name or by ARN)."""
    asked = {
        "ArnLike": {"aws:SourceArn": said.get("SourceArn")},
        "StringEquals": {
            "aws:SourceAccount": said.get("SourceAccount"),
            "aws:PrincipalOrgID": said.get("PrincipalOrgID"),
            "lambda:EventSourceToken": said.get("EventSourceToken"),
            "lambda:FunctionUrlAuthType": said.get("FunctionUrlAuthType"),
        },
    }
    key = _function(as_text(said.get("FunctionName")))
    return Given(PERMISSION, key, one, _allowed(said, asked))


def _layer(one: Declared, said: Mapping[str, Any]) -> Given:
    asked = {"StringEquals": {"aws:PrincipalOrgID": said.get("OrganizationId")}}
    return Given(LAYER_PERMISSION, _name(as_text(said.get("LayerVersionArn"))), one, _allowed(said, asked))


def _allowed(said: Mapping[str, Any], asked: Mapping[str, Mapping[str, Any]]) -> tuple[Right, ...]:
    principal = as_text(said.get("Principal"))
    kind = "Service" if principal.endswith((".com", ".com.cn")) else "AWS"
    conditions = {
        operator: {key: value for key, value in questions.items() if value is not None}
        for operator, questions in asked.items()
    }
    statement = {
        "Effect": "Allow",
        "Principal": {kind: principal},
        "Action": said.get("Action"),
        "Condition": {operator: questions for operator, questions in conditions.items() if questions},
    }
    return tuple(rights({"Version": "2012-10-17", "Statement": [statement]}))


def _function(said: str) -> str:
    """A function by name, whatever names it."""
    return _name(said.partition(":function:")[2] or said)


def _name(text: str) -> str:
    """The name in a reference or in an ARN that holds one; the text itself where it is none."""
    parts = (text, text.rpartition("/")[2], text.rpartition(":")[2])
    found = next((found for part in parts if (found := PLACEHOLDER.fullmatch(part))), None)
    return found[1] if found else text


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
