"""Rules for what says nothing about its callers, and for AppSync's own directives.

https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#using-additional-authorization-modes
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from migrator.categories.data.model import AuthMode
from migrator.categories.data.proof.rewrite import (
    Rule,
    Schema,
    Side,
    directive,
    everywhere,
    fields,
    is_root,
    listed,
    models,
    said,
)
from migrator.categories.data.proof.rules_auth import auth_rules
from migrator.categories.data.sdl import Definition, Directive, Field

_OF_MODE = {
    AuthMode.API_KEY: "aws_api_key",
    AuthMode.USER_POOL: "aws_cognito_user_pools",
    AuthMode.IAM: "aws_iam",
    AuthMode.OIDC: "aws_oidc",
    AuthMode.LAMBDA: "aws_lambda",
}
_OF_PROVIDER = {
    "apiKey": "aws_api_key",
    "userPools": "aws_cognito_user_pools",
    "identityPool": "aws_iam",
    "oidc": "aws_oidc",
    "function": "aws_lambda",
}
_MARKS = frozenset((*_OF_MODE.values(), "aws_auth"))
_SETTINGS = "AMPLIFY"


def marks(holder: Definition | Field) -> tuple[Directive, ...]:
    """AppSync's directives on a type or a field."""
    return tuple(one for one in holder.directives if one.name in _MARKS)


def _silent(holder: Definition | Field) -> bool:
    return not marks(holder) and not any(one.name == "auth" for one in holder.directives)


def _own_mode(side: Side) -> Directive:
    """Who may use what says nothing: in Gen 1 the default mode, in Gen 2 IAM alone."""
    return directive(_OF_MODE[side.mode] if side.gen1 else "aws_iam")


def silent_operations(schema: Schema, side: Side) -> Schema:
    """An operation without directives belongs to the default mode in Gen 1 (or to its type's), in Gen 2 to IAM."""

    def changed(root: Definition) -> Definition:
        own = (side.gen1 and marks(root)) or (_own_mode(side),)
        return fields(root, lambda f: replace(f, directives=(*f.directives, *own)) if _silent(f) else f)

    return tuple(changed(one) if is_root(one) else one for one in schema)


def silent_types(schema: Schema, side: Side) -> Schema:
    """A type without directives that no model holds belongs to the default mode in Gen 1, in Gen 2 to IAM."""
    held = set(_held(schema))

    def changed(one: Definition) -> Definition:
        plain = one.kind == "type" and not is_root(one) and not one.is_model
        if not plain or marks(one) or one.name in held or not any(_silent(field) for field in one.fields):
            return one
        return replace(one, directives=(*one.directives, _own_mode(side)))

    return tuple(changed(one) for one in schema)


def _held(schema: Schema) -> Iterator[str]:
    """Types that models with rules hold, at any depth: both generations give them the modes of those rules."""
    for model in schema:
        if model.is_model and has_rules(model):
            yield from _below(schema, model)


def _below(schema: Schema, model: Definition) -> set[str]:
    plain = {one.name: one for one in schema if one.kind == "type" and not one.is_model and not is_root(one)}
    found: set[str] = set()
    waiting = [model]
    while waiting:
        for field in waiting.pop().fields:
            if field.base in plain and field.base not in found:
                found.add(field.base)
                waiting.append(plain[field.base])
    return found


def has_rules(model: Definition) -> bool:
    """Whether a model, or a field of it, has `@auth`."""
    return model.directive("auth") is not None or any(field.directive("auth") for field in model.fields)


def rule_for_all(schema: Schema, side: Side) -> Schema:
    """`globalAuthRule` opens models without rules to the API key in Gen 1; Gen 2 does not know `input AMPLIFY`."""
    settings = [one for one in schema if one.kind == "input" and one.name == _SETTINGS]
    rest = tuple(one for one in schema if one not in settings)
    opened = any(f.name == "globalAuthRule" and "public" in f.default for one in settings for f in one.fields)
    if not settings or not (opened and side.gen1):
        return rest if settings else schema
    public: Any = directive("auth", rules=[{"allow": "public"}])
    return models(rest, lambda m: m if has_rules(m) else replace(m, directives=(*m.directives, public)))


def aws_auth(schema: Schema, side: Side) -> Schema:
    """Gen 1's `@aws_auth` is `@aws_cognito_user_pools`, because Gen 2 always has a second mode."""
    if not side.gen1:
        return schema
    return everywhere(schema, "aws_auth", lambda one: replace(one, name="aws_cognito_user_pools"))


def group_names(schema: Schema, side: Side) -> Schema:
    """The order of `cognito_groups` is nothing."""

    def changed(one: Directive) -> Directive:
        groups = one.arguments.get("cognito_groups")
        if groups is None:
            return one
        return said(one, cognito_groups=sorted(map(str, listed(groups))))

    return everywhere(everywhere(schema, "aws_cognito_user_pools", changed), "aws_auth", changed)


def marks_of_models(schema: Schema, side: Side) -> Schema:
    """Modes on a type that the models holding it give it anyway need not be said."""
    given: dict[str, set[str]] = {}
    for model in schema:
        if model.is_model and has_rules(model):
            rules = (*auth_rules(model), *(rule for field in model.fields for rule in auth_rules(field)))
            own = {_OF_PROVIDER.get(str(rule.get("provider")), "") for rule in rules}
            for name in _below(schema, model):
                given.setdefault(name, set()).update(own)

    def changed(one: Definition) -> Definition:
        own = marks(one)
        redundant = own and all(not mark.arguments and mark.name in given.get(one.name, ()) for mark in own)
        return replace(one, directives=tuple(d for d in one.directives if d not in own)) if redundant else one

    return tuple(changed(one) if one.kind == "type" and not one.is_model else one for one in schema)


BEFORE_AUTH: tuple[Rule, ...] = (
    Rule("A2", silent_operations),
    Rule("A3", silent_types),
    Rule("A1", rule_for_all),
    Rule("A6", aws_auth),
    Rule("A7", group_names),
)
AFTER_AUTH: tuple[Rule, ...] = (Rule("N18", marks_of_models),)
