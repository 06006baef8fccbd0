"""Rules for functions, subscriptions and what GraphQL itself leaves open."""

from __future__ import annotations

import re

from msgspec.structs import replace

from migrator.categories.data.proof.rewrite import Rule, Schema, Side, fields, on_fields, said, unsaid
from migrator.categories.data.sdl import Argument, Definition, Directive, Field

_TOKEN = re.compile(r'"""(?:.|\n)*?"""|"(?:\\.|[^"\\])*"|[^\s,"\[\]{}:]+|[\[\]{}:]')


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


LANGUAGE: tuple[Rule, ...] = (
    Rule("X1", function_names),
    Rule("X2", waiting),
    Rule("X3", subscribed),
    Rule("G1", written_defaults),
    Rule("G2", default_schema),
)
