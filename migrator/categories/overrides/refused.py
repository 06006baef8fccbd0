"""Statements that are understood, but that must not be carried over."""

from __future__ import annotations

from typing import Any

from migrator.categories.overrides.additions import refused
from migrator.engine.override_source import ADDITIONS, Statement
from migrator.engine.override_spelling import cloudformation
from migrator.typescript.nodes import Arr, Expr, Lit, Obj, Property

_NAMES = frozenset(("RoleName", "BucketName", "TableName", "DomainName", "GroupName"))
_OF_GEN1 = frozenset(("AssumeRolePolicyDocument", "UserPoolId", "ClientId", "KeySchema", "AttributeDefinitions"))
"""Properties in which Gen 2 names its own resources."""
_POLICIES = frozenset(("DeletionPolicy", "UpdateReplacePolicy"))
_HOLD = frozenset(("userPool", "identityPool", "s3Bucket", "dynamoDBTable"))
"""What Gen 2 keeps when its stack goes, whatever Gen 1's template said."""
_OF_REST = frozenset(("deploymentResource", "groupPolicy"))
"""Parts of REST APIs that are other resources in Gen 2."""
_OF_TABLES = frozenset(
    (
        "billingMode",
        "deletionProtectionEnabled",
        "pointInTimeRecoverySpecification",
        "provisionedThroughput",
        "sseSpecification",
        "streamSpecification",
        "timeToLiveSpecification",
    )
)
"""What the tables of Gen 2 models can be told."""


def reason(construct: str, path: tuple[str, ...], said: Statement, service: str) -> str:
    """Why a statement stays behind; empty for one that is carried over."""
    if construct in ADDITIONS:
        return refused(construct, service, said.values)
    place, named = _property(path, said), _properties(path, said)
    if place in _POLICIES and construct in _HOLD and not _retains(said.values[1:]):
        return "users, files and rows outlive their stack in Gen 2"
    if construct in _OF_REST or (construct == "restApi" and place == "Body"):
        return "Gen 2 says it in code of its own, for all branches"
    if named & _NAMES:
        return "the live resource has the name"
    if said_by_gen2 := named & _OF_GEN1:
        return f"Gen 2 says {', '.join(sorted(said_by_gen2))} itself"
    if any(_refers(value) for value in said.values):
        return "it refers to resources of Gen 1's template"
    if construct == "modelDDBTable" and (said.is_call or path[0] not in _OF_TABLES or len(path) > 2):
        return "tables of Gen 2 models have no such property"
    if not said.is_call and any(not cloudformation(step) for step in path):
        return "how CloudFormation spells the property is not known"
    if said.is_call and (len(path) != 1 or not said.values or not isinstance(said.values[0], Lit)):
        return "what it changes is not known"
    return ""


def _property(path: tuple[str, ...], said: Statement) -> str:
    """The CloudFormation property that is changed."""
    if not said.is_call:
        return cloudformation(path[0])
    first = said.values[0] if said.values else None
    words = str(first.value).split(".") if isinstance(first, Lit) else []
    words = words[1:] if path[-1] in ("addOverride", "addDeletionOverride") and words[:1] == ["Properties"] else words
    return words[0] if words else ""


def _retains(values: tuple[Expr, ...]) -> bool:
    return any(isinstance(one, Lit) and str(one.value).startswith("Retain") for one in values)


def _properties(path: tuple[str, ...], said: Statement) -> set[str]:
    """All CloudFormation properties that are changed: `addOverride('Properties', {…})` changes several."""
    place = _property(path, said)
    if place or not said.is_call or len(said.values) < 2:
        return {place}
    whole = said.values[1]
    return {str(one.key) for one in whole.props if isinstance(one, Property)} if isinstance(whole, Obj) else set()


def _refers(value: Expr | Any) -> bool:
    """Whether a value mentions resources by CloudFormation's functions."""
    if isinstance(value, Obj):
        return any(
            isinstance(one, Property)
            and (str(one.key) == "Ref" or str(one.key).startswith("Fn::") or _refers(one.value))
            for one in value.props
        )
    return isinstance(value, Arr) and any(_refers(one) for one in value.items)
