"""Rules for `@model`: which operations a model has, and what they are called.

https://docs.amplify.aws/gen1/react/build-a-backend/graphqlapi/data-modeling/#rename-generated-queries-mutations-and-subscriptions
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from migrator.categories.data.plurals import plural
from migrator.categories.data.proof.rewrite import Rule, Schema, Side, directives, listed, models, said, upper
from migrator.categories.data.sdl import Directive
from migrator.documents.document import Json

_LONGEST = 50
"""Characters of a subscription's name; AppSync takes no longer ones."""


def switched_off(schema: Schema, side: Side) -> Schema:
    """`subscriptions: {level: off}` is `subscriptions: null`."""

    def changed(directive: Directive) -> Directive:
        wanted = directive.arguments.get("subscriptions")
        off = isinstance(wanted, dict) and wanted.get("level") == "off"
        return said(directive, subscriptions=None) if off else directive

    return models(schema, lambda model: directives(model, "model", changed))


def left_out(schema: Schema, side: Side) -> Schema:
    """Where shouldDeepMergeDirectiveConfigDefaults is off, naming an operation switches off those not named.

    Subscriptions have no level then, and the transformer does not guard what mutations return for them.
    """
    if side.flags.deep_merge:
        return schema

    def changed(directive: Directive) -> Directive:
        found = directive
        for argument, names in _NAMES.items():
            wanted = directive.arguments.get(argument)
            if isinstance(wanted, dict) and not (wanted.get("level") == "public" and not _named(wanted)):
                more = {"level": None} if argument == "subscriptions" else {}
                found = said(found, **{argument: {**dict.fromkeys(names), **more, **wanted}})
        return found

    return models(schema, lambda model: directives(model, "model", changed))


_NAMES = {
    "queries": ("get", "list"),
    "mutations": ("create", "update", "delete"),
    "subscriptions": ("onCreate", "onUpdate", "onDelete"),
}


def _named(wanted: Mapping[str, Any]) -> bool:
    return any(value for name, value in wanted.items() if name != "level")


def operation_names(schema: Schema, side: Side) -> Schema:
    """An operation that is not named has the usual name: `getPost`, `listPosts`, `onCreatePost`."""
    return models(schema, lambda model: directives(model, "model", lambda one: _full(model.name, one)))


def _full(model: str, directive: Directive) -> Directive:
    return said(directive, **{argument: _operations(model, argument, directive) for argument in _NAMES})


def _operations(model: str, argument: str, directive: Directive) -> Any:
    names = _NAMES[argument]
    wanted = directive.arguments.get(argument, {})
    if wanted is None:
        return dict.fromkeys(names)
    if not isinstance(wanted, dict):
        return wanted
    named = {name: value for name, value in wanted.items() if (name, value) != ("level", "on")}
    if argument == "subscriptions":
        named = {name: value if name == "level" else _sorted(value) for name, value in named.items()}
    return {**{name: _usual(model, name) for name in names}, **named}


def _sorted(names: Json) -> Json:
    """A subscription may have several names, in any order."""
    return None if names is None else [*sorted(map(str, listed(names)))]


def _usual(model: str, operation: str) -> Any:
    name = upper(model)
    if operation.startswith("on"):
        return [_short(f"{operation}{name}")]
    return f"{operation}{plural(name)}" if operation == "list" else f"{operation}{name}"


def _short(name: str) -> str:
    """Names that are too long end in a piece of their hash."""
    if len(name) <= _LONGEST:
        return name
    return name[:45] + hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()[:5]


def timestamps(schema: Schema, side: Side) -> Schema:
    """The time stamps are called `createdAt` and `updatedAt` where nothing else is said.

    Where shouldDeepMergeDirectiveConfigDefaults is off, Gen 1 does not fill in one that is left out beside another.
    """

    def changed(directive: Directive) -> Directive:
        wanted = directive.arguments.get("timestamps", ...)
        if isinstance(wanted, dict) and side.flags.deep_merge:
            return said(directive, timestamps={**_TIMESTAMPS, **wanted})
        return said(directive, timestamps=dict(_TIMESTAMPS)) if wanted is ... else directive

    return models(schema, lambda model: directives(model, "model", changed))


_TIMESTAMPS = {"createdAt": "createdAt", "updatedAt": "updatedAt"}


OPERATIONS: tuple[Rule, ...] = (
    Rule("N13", switched_off),
    Rule("F1", left_out),
    Rule("N12", operation_names),
    Rule("M1", timestamps),
)
