"""What becomes of a schema: its style, the patches of what `a.schema` emits, and what stays SDL with the reason."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from migrator.categories.data.sdl import ROOTS, Definition


class Style(StrEnum):
    """How the schema is written."""

    TYPED = "typed"
    """All of it with `a.schema`, with patches where directives have no words there."""
    MIXED = "mixed"
    """Some types and operations with `a.schema`, the others as SDL beside it."""
    SDL = "sdl"


class PatchKind(StrEnum):
    """Why the SDL that `a.schema` emits is patched: a closed list, one for each directive or form without words.

    Each has a rule of its own in `rules/data.yaml`.
    """

    SEARCHABLE = "searchable"
    """`@searchable` is added to a model."""
    MODEL = "model"
    """`@model` gets arguments: names of operations, timestamps, the level of subscriptions."""
    RELATION = "relation"
    """A relation gets Gen 1's form back: `fields`, `indexName`, `limit`, a required type."""
    COUNTERPART = "counterpart"
    """A field is taken out that only `a.schema` needs, because it wants both sides of a relation."""
    CLOSED = "closed"
    """A rule for nobody is taken out, which `a.schema` needs on a model that Gen 1 opens to nobody."""
    OPERATION = "operation"
    """An operation gets directives: `@http`, `@aws_...` of AppSync, arguments of `@function`."""
    FUNCTION = "function"
    """A model's or a type's field is resolved by a function (`@function`), or by `@http`."""
    NAME = "name"
    """`@mapsTo`: the table or the column has another name than the type or the field."""
    DEPRECATED = "deprecated"
    """`@deprecated`."""
    TYPE_ACCESS = "type-access"
    """`@aws_...` on a type that is no model, or on a field of it."""
    IDENTIFIER = "identifier"
    """`id` is there without `@primaryKey`, which `a.schema` writes on it: Gen 1 sees a difference."""
    DEFAULT = "default"
    """`@default` on an enum or on the partition key."""
    RULE = "rule"
    """A rule of `@auth` is added: for owners in a field that is no text, say."""
    INPUT = "input"
    """A type is taken out that `a.schema` makes beside an input that operations share."""
    FIELD = "field"
    """A field is added that `a.schema` cannot hold, while it holds the others of the type."""


class Patch(Struct, frozen=True):
    """One change of the SDL that `a.schema` emits, at a type's head (`Post`) or a field (`Post.comments`).

    `found` must stand there exactly once, and `wanted` takes its place. With an empty `found`, `wanted` is added at
    the end of the head or the field. With both empty the whole field is taken out, or the type. Of the kind FIELD,
    `wanted` is a field that the type does not have yet; it comes after the others.
    """

    kind: PatchKind
    place: str
    found: str = ""
    wanted: str = ""


class Fallback(Struct, frozen=True):
    """Something without a typed expression: it stays SDL, with everything that refers to it.

    `place` is a type (`SearchResult`), an operation (`Query.search`) or a field of a type (`Post.meta`); `construct`
    is the directive or the form (`@predictions`, `union`, `default of an argument`); `reason` says why, as a part of
    a sentence. With `whole` nothing of the schema can be typed; with `alone` everything besides the field can be.
    """

    place: str
    construct: str
    reason: str
    whole: bool = False
    alone: bool = False


class Plan(Struct, frozen=True):
    """What becomes of a schema.

    `typed` holds what `a.schema` says, as SDL in Gen 2's form: relations by `references`, join models written out,
    without anything that only a patch can say. `rest` names what stays SDL: types, and operations such as
    `Query.search`.
    """

    style: Style
    typed: tuple[Definition, ...] = ()
    rest: tuple[str, ...] = ()
    patches: tuple[Patch, ...] = ()
    fallbacks: tuple[Fallback, ...] = ()

    @property
    def operations_by_function(self) -> frozenset[str]:
        """Operations (`Query.echo`) whose functions `a.schema` names."""
        return frozenset(
            f"{one.name}.{field.name}"
            for one in self.typed
            if one.name in ROOTS
            for field in one.fields
            if field.directive("function")
        )
