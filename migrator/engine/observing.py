"""What observers share: a declared resource as an observed one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migrator.engine.flatten import Shape, settings
from migrator.engine.observed import Aspect, Declared, Default, Generation, Observed, Side, Value

_OWN_TAGS = ("amplify:", "aws-cdk:")
"""Tags that Amplify and CDK give by themselves."""
_HOLDING = ("AWS::Cognito::UserPool", "AWS::Cognito::IdentityPool", "AWS::S3::Bucket", "AWS::DynamoDB::Table")
"""What holds users, files or rows."""
_KEPT = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
_TAGS = ("Tags", "UserPoolTags", "IdentityPoolTags", "HostedZoneTags")
_CFN = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference"


def observed(
    key: str,
    declared: Declared,
    generation: Generation,
    shapes: Mapping[str, Shape] = {},
    *,
    kind: str = "",
    without: Iterable[str] = (),
    properties: Mapping[str, Any] | None = None,
    of: tuple[Declared, ...] = (),
    aspect: Aspect = Aspect.SETTINGS,
) -> Observed:
    """A resource with all its settings and what becomes of it when the stack goes.

    `shapes` say how lists are flattened; `without` names properties that something else compares; `properties` stand
    in the place of its own; `of` are other resources that are told of with it.
    """
    said = dict(declared.properties if properties is None else properties)
    for name in without:
        said.pop(name, None)
    attributes: dict[str, Value] = settings(own_tags(said, generation), shapes)
    attributes |= _kept(declared, generation)
    return Observed(kind or declared.type, key, attributes, (declared, *of), aspect)


def _kept(declared: Declared, generation: Generation) -> Mapping[str, str]:
    """What becomes of a resource when its stack goes.

    Normalisation `data-outlives-its-stack`: what holds users, files or rows has to stay in Gen 2, whatever Gen 1's
    template says: in Gen 2 a stack goes whenever its branch does.
    """
    holds = generation.side is Side.GEN1 and declared.type in _HOLDING
    return _KEPT if holds else declared.policies


def own_tags(properties: Mapping[str, Any], generation: Generation) -> Mapping[str, Any]:
    """Properties with the tags that are the resource's own, by key (normalisation `stack-tags`).

    Tags of the stack reach every resource: CloudFormation hands them on, CDK writes them on each. They are compared
    once, for the whole. `amplify:` and `aws-cdk:` are written by the tools.
    """
    found = dict(properties)
    for name in _TAGS:
        if name not in found:
            continue
        own = {
            key: value
            for key, value in _pairs(found.pop(name))
            if generation.tags.get(key) != value and not key.startswith(_OWN_TAGS)
        }
        found["Tags"] = found.get("Tags", {}) | own if isinstance(found.get("Tags"), Mapping) else own
    return found


def _pairs(tags: Any) -> list[tuple[str, Any]]:
    if isinstance(tags, Mapping):
        return list(tags.items())
    if not isinstance(tags, list | tuple):
        return []
    return [(str(tag.get("Key")), tag.get("Value")) for tag in tags if isinstance(tag, Mapping)]


def defaults(kind: str, reference: str, values: Mapping[str, Value]) -> tuple[Default, ...]:
    """What CloudFormation takes for attributes of a type that are not said; `reference` is the page that says so.

    For every type: a resource without a `DeletionPolicy` is deleted with its stack.
    """
    page = reference if reference.startswith("https:") else f"{_CFN}/{reference}.html"
    gone = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html"
    replaced = gone.replace("deletionpolicy", "updatereplacepolicy")
    return (
        *(Default(kind, attribute, value, page) for attribute, value in values.items()),
        Default(kind, "DeletionPolicy", "Delete", gone),
        Default(kind, "UpdateReplacePolicy", "Delete", replaced),
    )
