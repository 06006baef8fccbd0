"""Keys and indexes as TypeScript."""

from __future__ import annotations

from migrator.categories.data.flags import indexes as listed
from migrator.categories.data.flags import primary_key
from migrator.categories.data.sdl import Definition, Directive, Field
from migrator.categories.data.typed.emitted import escaped
from migrator.categories.data.typed.keys import index_query, strings
from migrator.documents.document import Json
from migrator.typescript.build import arr, arrow, call, lit
from migrator.typescript.nodes import Arrow, Expr, Member, Name


def identifier(model: Definition) -> tuple[str, ...]:
    """The fields of the primary key; none where it is `id` alone, as with every model that says nothing."""
    partition, sort = primary_key(model)
    return () if (partition, sort) == ("id", ()) else (partition, *sort)


def indexes(model: Definition) -> Arrow | None:
    """`(index) => [index('title').name('byTitle').queryField('postsByTitle')]`."""
    made = [_index(model, field, index) for field, index in listed(model)]
    return arrow("index", arr(made)) if made else None


def _index(model: Definition, field: Field, index: Directive) -> Expr:
    sort = strings(index, "sortKeyFields")
    usual = index_query(model.name, field.name, sort)
    query = index.arguments.get("queryField", usual)
    made = call(Member(call(Name("index"), field.name), "name"), escaped(str(index.arguments.get("name") or usual)))
    if sort:
        made = call(Member(made, "sortKeys"), arr(map(lit, sort)))
    made = call(Member(made, "queryField"), lit(None) if query is None else lit(escaped(str(query))))
    return _projected(made, index.arguments.get("projection"))


def _projected(made: Expr, projection: Json) -> Expr:
    kind = projection.get("type") if isinstance(projection, dict) else "ALL"
    if kind == "ALL" or not isinstance(projection, dict):
        return made
    named = projection.get("nonKeyAttributes")
    attributes = [escaped(str(name)) for name in named] if isinstance(named, list) else []
    return call(Member(made, "projection"), str(kind), *((attributes,) if kind == "INCLUDE" else ()))
