"""What of a schema Gen 2 would leave to IAM alone, because its API always knows the IAM mode.

An operation or a type without directives belongs to the default mode in Gen 1. In Gen 2 the transformer writes
`@aws_iam` on it, which shuts the default mode out; so the directive of the default mode has to be written.
Types within a model with rules get the union of the rules' modes in both generations: nothing is added there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from migrator.categories.data.model import AuthMode
from migrator.categories.data.sdl import ROOTS, Definition, Directive, Field

DIRECTIVES = {
    AuthMode.API_KEY: "@aws_api_key",
    AuthMode.USER_POOL: "@aws_cognito_user_pools",
    AuthMode.OIDC: "@aws_oidc",
    AuthMode.LAMBDA: "@aws_lambda",
}
"""What a mode is called in a schema. IAM needs no directive: Gen 2 adds it everywhere."""
_MODES = {
    "apiKey": AuthMode.API_KEY,
    "userPools": AuthMode.USER_POOL,
    "oidc": AuthMode.OIDC,
    "function": AuthMode.LAMBDA,
    "iam": AuthMode.IAM,
    "identityPool": AuthMode.IAM,
}
_PROVIDERS = {
    "public": "apiKey",
    "private": "userPools",
    "owner": "userPools",
    "groups": "userPools",
    "custom": "function",
}
"""Of rules that name none."""
_READS = frozenset(("get", "list", "listen", "sync", "search"))
_OPERATIONS = frozenset(("create", "update", "delete", "get", "list", "listen"))
"""What every model has."""
_AWS = ("aws_api_key", "aws_cognito_user_pools", "aws_oidc", "aws_lambda", "aws_iam", "aws_auth")


def unmarked_operations(definitions: Iterable[Definition]) -> Iterator[tuple[Definition, Field]]:
    """Fields of Query, Mutation and Subscription that say nothing about who may call them."""
    for definition in definitions:
        if definition.kind == "type" and definition.name in ROOTS:
            for field in definition.fields:
                if not field.directive("auth", *_AWS):
                    yield definition, field


def unmarked_types(definitions: Iterable[Definition]) -> Iterator[Definition]:
    """Types outside of models that say nothing about who may read them."""
    listed = tuple(definitions)
    marked = {d.name for d in listed if d.directive(*_AWS)} | {d.name for d in listed if d.is_model}
    inner = _within_models(listed)
    for definition in listed:
        plain = definition.kind == "type" and definition.name not in ROOTS and not definition.is_model
        covered = all(field.directive("auth", *_AWS) for field in definition.fields)
        if plain and definition.name not in marked | inner and not covered:
            marked.add(definition.name)
            yield definition


def _within_models(definitions: tuple[Definition, ...]) -> set[str]:
    """Types that models with rules hold, at any depth; their modes come from those rules."""
    models = {d.name for d in definitions if d.is_model}
    plain = {d.name: d for d in definitions if d.kind == "type" and d.name not in models and d.name not in ROOTS}
    found: set[str] = set()
    waiting = [field.base for d in definitions if d.is_model and has_rules(d) for field in d.fields]
    while waiting:
        name = waiting.pop()
        if name in plain and name not in found:
            found.add(name)
            waiting += [field.base for field in plain[name].fields]
    return found


def has_rules(model: Definition) -> bool:
    """Whether a model, or a field of it, has `@auth`."""
    return model.directive("auth") is not None or any(field.directive("auth") for field in model.fields)


def without_rules(definitions: Iterable[Definition]) -> tuple[Definition, ...]:
    """Models that no rule opens to anybody."""
    return tuple(d for d in definitions if d.is_model and not has_rules(d))


def half_open(definitions: Iterable[Definition], default: AuthMode) -> Iterator[Definition]:
    """Models of which an operation is nobody's, and no rule is for callers of the default mode: Gen 2's transformer
    marks what such an operation returns, the model, with the default mode."""
    for model in (one for one in definitions if one.is_model and default is not AuthMode.IAM):
        rules = _rules(model)
        plain = rules and not any(field.directive("auth") for field in model.fields)
        if plain and default not in map(_mode, rules) and not set(_allowed(rules)) >= _OPERATIONS:
            yield model


def _rules(model: Definition) -> list[Mapping[str, Any]]:
    auth = model.directive("auth")
    said = auth.arguments.get("rules") if auth else None
    return [one for one in said if isinstance(one, Mapping)] if isinstance(said, list) else []


def _mode(rule: Mapping[str, Any]) -> AuthMode | None:
    return _MODES.get(str(rule.get("provider") or _PROVIDERS.get(str(rule.get("allow")))))


def _allowed(rules: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for rule in rules:
        said = rule.get("operations")
        for word in map(str, said) if isinstance(said, list) else ("create", "update", "delete", "read"):
            yield from _READS if word == "read" else (word,)


def is_sandbox(definitions: Iterable[Definition]) -> bool:
    """Whether `input AMPLIFY { globalAuthRule: AuthRule = { allow: public } }` is there."""
    return any(is_amplify_input(d) and d.field("globalAuthRule") is not None for d in definitions)


def is_amplify_input(definition: Definition) -> bool:
    """The input with which Gen 1 schemas switch things on; it is no part of the API."""
    return definition.kind == "input" and definition.name == "AMPLIFY"


def cognito_directives(definitions: Iterable[Definition]) -> Iterator[tuple[str, Directive]]:
    """`@aws_auth`, which AppSync reads as a rule for user pools only while these are the only mode."""
    for definition in definitions:
        for place, directives in places(definition):
            for directive in directives:
                if directive.name == "aws_auth":
                    yield place, directive


def places(definition: Definition) -> Iterator[tuple[str, tuple[Directive, ...]]]:
    """Every place of a definition that has directives: `Todo`, `Todo.owner`."""
    if definition.directives:
        yield definition.name, definition.directives
    for field in definition.fields:
        if field.directives:
            yield f"{definition.name}.{field.name}", field.directives
