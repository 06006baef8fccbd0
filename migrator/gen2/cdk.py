"""CloudFormation's spelling in CDK's words: properties, statements, text with placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from migrator.documents.document import Json
from migrator.typescript.build import arr, expr, member, new, obj
from migrator.typescript.nodes import Expr, Lit, Member, Name, Nullish, Template

IAM = "aws-cdk-lib/aws-iam"

Placeholder: TypeAlias = Callable[[str], Expr | None]
"""The expression for the name in `${…}`, or None when the text stays as it is (IAM variables)."""

_BETWEEN_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LISTS = (
    ("Action", "actions"),
    ("NotAction", "notActions"),
    ("Resource", "resources"),
    ("NotResource", "notResources"),
)
_STATEMENT = {"Sid", "Effect", "Condition", *(key for key, _ in _LISTS)}
_HOLE = re.compile(r"\$\{([^{}]+)\}")


def property_name(name: str) -> str:
    """A CloudFormation property in CDK's spelling: `SSEAlgorithm` is `sseAlgorithm`, `CallbackURLs` `callbackUrLs`."""
    first, *rest = _BETWEEN_WORDS.split(name.replace("ARNs", "Arns"))
    return first.lower() + "".join(word.capitalize() for word in rest)


def property_value(value: Json, placeholder: Placeholder | None = None) -> Expr:
    """A CloudFormation property's value as an L1 construct takes it; text with placeholders becomes a template."""
    if isinstance(value, dict):
        return obj({property_name(key): property_value(item, placeholder) for key, item in value.items()})
    if isinstance(value, list):
        return arr(property_value(item, placeholder) for item in value)
    if isinstance(value, str):
        return text(value, placeholder or environment)
    return expr(value)


def text(value: str, placeholder: Placeholder) -> Expr:
    """Text in which `${name}` stands for what is not known offline."""
    parts: list[str | Expr] = []
    end = 0
    for hole in _HOLE.finditer(value):
        found = placeholder(hole[1])
        if found is not None:
            parts += [value[end : hole.start()], *(found.parts if isinstance(found, Template) else (found,))]
            end = hole.end()
    parts.append(value[end:])
    kept = tuple(part for part in parts if part != "")
    if not kept or all(isinstance(part, str) for part in kept):
        return Lit(value)
    if len(kept) == 1 and isinstance(kept[0], Expr):
        return kept[0]
    return Template(kept)


def environment(name: str) -> Expr | None:
    """The pseudo parameters and the environment's name, in wiring code."""
    match name:
        case "AWS::Region":
            return member("backend", "stack.region")
        case "AWS::AccountId":
            return member("backend", "stack.account")
        case "AWS::Partition":
            return member("backend", "stack.partition")
        case "env":
            return branch_name()
        case _:
            return None


def branch_name() -> Expr:
    """The branch that is deployed, as Amplify Hosting says; a sandbox has none."""
    return Nullish(Member(Member(Name("process"), "env"), "AWS_BRANCH"), Lit("sandbox"))


def policy_statement(statement: Mapping[str, Any], placeholder: Placeholder) -> Expr:
    """An IAM statement, already evaluated, as `new PolicyStatement({...})`.

    Raises ValueError for a part that is not known: without it the statement might allow more, or less.
    """
    if unknown := sorted(set(statement) - _STATEMENT):
        raise ValueError(f"a policy statement has {', '.join(unknown)}, which cannot be said")
    properties: dict[str, Expr] = {}
    if statement.get("Sid"):
        properties["sid"] = expr(statement["Sid"])
    if statement.get("Effect", "Allow") != "Allow":
        properties["effect"] = Member(Name("Effect", IAM), "DENY")
    for key, name in _LISTS:
        if key in statement:
            properties[name] = arr(text(item, placeholder) for item in listed(statement[key]))
    if statement.get("Condition"):
        properties["conditions"] = filled(statement["Condition"], placeholder)
    return new(Name("PolicyStatement", IAM), properties)


def listed(value: Any) -> tuple[str, ...]:
    """IAM takes one string or several."""
    return (value,) if isinstance(value, str) else tuple(value)


def filled(value: Any, placeholder: Placeholder) -> Expr:
    """Plain data with its keys as they are, and its texts with their placeholders filled."""
    if isinstance(value, Mapping):
        return obj({key: filled(item, placeholder) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return arr(filled(item, placeholder) for item in value)
    return text(value, placeholder) if isinstance(value, str) else expr(value)
