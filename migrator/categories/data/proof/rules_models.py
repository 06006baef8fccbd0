"""Rules for `@model`, keys, indexes, functions and what GraphQL itself leaves open."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from migrator.categories.data.proof.plural import plural
from migrator.categories.data.proof.rewrite import (
    Rule,
    Schema,
    Side,
    directives,
    fields,
    listed,
    lower,
    models,
    on_fields,
    said,
    unsaid,
    upper,
)
from migrator.categories.data.sdl import Argument, Definition, Directive, Field
from migrator.documents.document import Json

_LONGEST = 50
"""Characters of a subscription's name; AppSync takes no longer ones."""
_TOKEN = re.compile(r'"""(?:.|\n)*?"""|"(?:\\.|[^"\\])*"|[^\s,"\[\]{}:]+|[\[\]{}:]')


def implied_id(schema: Schema, side: Side) -> Schema:
    """`id: ID!` on a model without another key is there anyway."""

    def changed(model: Definition) -> Definition:
        if any(field.directive("primaryKey") for field in model.fields):
            return model
        kept = tuple(f for f in model.fields if (f.name, f.type, f.directives, f.arguments) != ("id", "ID!", (), ()))
        return replace(model, fields=kept)

    return models(schema, changed)


def sort_keys(schema: Schema, side: Side) -> Schema:
    """One sort key may stand without brackets, and none of them is none."""

    def changed(key: Directive) -> Directive:
        if "sortKeyFields" not in key.arguments:
            return key
        names = key.arguments["sortKeyFields"]
        return said(key, sortKeyFields=listed(names)) if names else unsaid(key, "sortKeyFields")

    return on_fields(on_fields(schema, "index", changed), "primaryKey", changed)


def index_names(schema: Schema, side: Side) -> Schema:
    """An index without a name is called after its model and its keys: `postsByTitleAndYear`."""
    return _indexes(schema, lambda name, index: index if "name" in index.arguments else said(index, name=name))


def index_queries(schema: Schema, side: Side) -> Schema:
    """An index without `queryField` has a query of the same name; where Gen 1's flag is off it has none."""

    def changed(name: str, index: Directive) -> Directive:
        query = index.arguments.get("queryField", "")
        return said(index, queryField=name if side.flags.auto_query_names else None) if query == "" else index

    return _indexes(schema, changed)


def _indexes(schema: Schema, change: Any) -> Schema:
    def on_field(model: Definition, field: Field) -> Field:
        def changed(index: Directive) -> Directive:
            keys = (field.name, *map(str, listed(index.arguments.get("sortKeyFields") or [])))
            made: Directive = change(index_name(model.name, keys), index)
            return made

        found: Field = directives(field, "index", changed)
        return found

    return models(schema, lambda model: fields(model, lambda field: on_field(model, field)))


def index_name(model: str, keys: tuple[str, ...]) -> str:
    """The name that an index gets from its model and its keys."""
    return f"{lower(plural(model))}By{'And'.join(map(upper, keys))}"


def projection(schema: Schema, side: Side) -> Schema:
    """An index holds all attributes where it says nothing."""

    def changed(index: Directive) -> Directive:
        wanted = index.arguments.get("projection")
        return unsaid(index, "projection") if wanted in (None, {"type": "ALL"}) else index

    return on_fields(schema, "index", changed)


def switched_off(schema: Schema, side: Side) -> Schema:
    """`subscriptions: {level: off}` is `subscriptions: null`."""

    def changed(directive: Directive) -> Directive:
        wanted = directive.arguments.get("subscriptions")
        off = isinstance(wanted, dict) and wanted.get("level") == "off"
        return said(directive, subscriptions=None) if off else directive

    return models(schema, lambda model: directives(model, "model", changed))


def left_out(schema: Schema, side: Side) -> Schema:
    """Where shouldDeepMergeDirectiveConfigDefaults is off, naming an operation switches off those not named."""
    if side.flags.deep_merge:
        return schema

    def changed(directive: Directive) -> Directive:
        found = directive
        for argument, names in _NAMES.items():
            wanted = directive.arguments.get(argument)
            if isinstance(wanted, dict) and not (wanted.get("level") == "public" and not _named(wanted)):
                found = said(found, **{argument: {**dict.fromkeys(names), **wanted}})
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


def function_names(schema: Schema, side: Side) -> Schema:
    """A function is what its name stands for in its own generation, not the name."""

    def changed(function: Directive) -> Directive:
        name = function.arguments.get("name")
        resource = side.functions.get(name) if isinstance(name, str) else None
        return function if resource is None else said(function, name={"resource": resource})

    return on_fields(schema, "function", changed)


def waiting(schema: Schema, side: Side) -> Schema:
    """A function is waited for unless it says `invocationType: Event`."""

    def changed(function: Directive) -> Directive:
        kind = function.arguments.get("invocationType", "")
        return unsaid(function, "invocationType") if kind == "RequestResponse" else function

    return on_fields(schema, "function", changed)


def subscribed(schema: Schema, side: Side) -> Schema:
    """The order of the mutations that a subscription is about is nothing."""

    def changed(directive: Directive) -> Directive:
        names = directive.arguments.get("mutations")
        return said(directive, mutations=sorted(map(str, names))) if isinstance(names, list) else directive

    return on_fields(schema, "aws_subscribe", changed)


def written_defaults(schema: Schema, side: Side) -> Schema:
    """Blanks and commas in the default of an argument are nothing."""

    def on_field(field: Field) -> Field:
        arguments = tuple(_plain(argument) for argument in field.arguments)
        return replace(field, default=_tokens(field.default), arguments=arguments)

    return tuple(fields(one, on_field) for one in schema)


def _plain(argument: Argument) -> Argument:
    return replace(argument, default=_tokens(argument.default))


def _tokens(text: str) -> str:
    return " ".join(_TOKEN.findall(text))


def default_schema(schema: Schema, side: Side) -> Schema:
    """`schema { query: Query ... }` with the usual names says nothing."""
    usual = {("query", "Query"), ("mutation", "Mutation"), ("subscription", "Subscription")}

    def says_nothing(one: Definition) -> bool:
        pairs = set(re.findall(r"(\w+)\s*:\s*(\w+)", one.text))
        return one.kind == "schema" and not one.directives and pairs <= usual

    return tuple(one for one in schema if not says_nothing(one))


MODELS: tuple[Rule, ...] = (
    Rule("N1", implied_id),
    Rule("N11", sort_keys),
    Rule("N9", index_names),
    Rule("N10", index_queries),
    Rule("N19", projection),
    Rule("N13", switched_off),
    Rule("F1", left_out),
    Rule("N12", operation_names),
    Rule("M1", timestamps),
    Rule("X1", function_names),
    Rule("X2", waiting),
    Rule("X3", subscribed),
    Rule("G1", written_defaults),
    Rule("G2", default_schema),
)


def canonical(value: Any) -> str:
    """A value as text that is the same for the same value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
