"""Rules for primary keys and indexes.

https://docs.amplify.aws/gen1/react/build-a-backend/graphqlapi/data-modeling/#configure-a-secondary-index
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from migrator.categories.data.plurals import plural
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
from migrator.categories.data.sdl import Definition, Directive, Field


def implied_id(schema: Schema, side: Side) -> Schema:
    """`id: ID!` on a model without another key is there anyway.

    Where fields have rules, or the model is searched, resolvers list the declared fields: there it makes a difference.
    """

    def changed(model: Definition) -> Definition:
        listed = model.directive("searchable") or any(field.directive("auth", "primaryKey") for field in model.fields)
        if listed:
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


KEYS: tuple[Rule, ...] = (
    Rule("N1", implied_id),
    Rule("N11", sort_keys),
    Rule("N9", index_names),
    Rule("N10", index_queries),
    Rule("N19", projection),
)
