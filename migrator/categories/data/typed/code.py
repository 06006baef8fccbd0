"""Definitions as the members of `a.schema({...})`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from migrator.categories.data.sdl import Definition
from migrator.categories.data.typed import emitted
from migrator.categories.data.typed.field_code import A, fields, notes
from migrator.categories.data.typed.index_code import identifier, indexes
from migrator.categories.data.typed.operation_code import Operations
from migrator.categories.data.typed.operations import is_root
from migrator.categories.data.typed.rule_code import authorized
from migrator.typescript.build import arr, call, lit
from migrator.typescript.nodes import Expr
from migrator.typescript.nodes import Member as Access


class Member(Struct, frozen=True):
    """One member: a model, a type, an enum or an operation, with the lines of its comment."""

    name: str
    value: Expr
    notes: tuple[str, ...] = ()


def members(definitions: tuple[Definition, ...], functions: Mapping[str, Expr]) -> tuple[Member, ...]:
    """The members in the schema's order.

    The definitions hold nothing that `a.schema` has no words for, and their relations are in the form of
    `references`. `functions` are expressions for the names in `@function`; others become strings.
    """
    return tuple(_members(definitions, Operations(definitions, functions)))


def _members(definitions: tuple[Definition, ...], operations: Operations) -> Iterator[Member]:
    for definition in definitions:
        if is_root(definition):
            for field in definition.fields:
                yield Member(field.name, operations.expression(definition, field), notes(field.notes))
        elif definition.is_model:
            yield Member(definition.name, _model(definition), notes(definition.notes))
        elif definition.kind == "type":
            made = call(Access(A, "customType"), fields(definition))
            yield Member(definition.name, made, notes(definition.notes))
        elif definition.kind == "enum":
            yield Member(definition.name, _enum(definition), notes(definition.notes))


def _enum(definition: Definition) -> Expr:
    return call(Access(A, "enum"), arr(lit(value.name) for value in definition.values))


def _model(model: Definition) -> Expr:
    made: Expr = call(Access(A, "model"), fields(model))
    if key := identifier(model):
        made = call(Access(made, "identifier"), arr(map(lit, key)))
    if found := indexes(model):
        made = call(Access(made, "secondaryIndexes"), found)
    if disabled := emitted.disabled(model):
        made = call(Access(made, "disableOperations"), arr(map(lit, disabled)))
    return authorized(made, model, model)
