"""Rules for relations: which attributes hold the key, and which index finds the other side.

After them a relation field has one directive `relation` instead of Gen 1's or Gen 2's, the keys that Gen 1 makes
without a word are fields, and the indexes that a relation makes are directives `relationIndex` of their model.
https://docs.amplify.aws/gen1/react/build-a-backend/graphqlapi/data-modeling/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from migrator.categories.data.proof.keys import Key, primary_key
from migrator.categories.data.proof.rewrite import Rule, Schema, Side, camel, directive, fields, listed, models
from migrator.categories.data.sdl import Definition, Directive, Field

_ONE_OR_MANY = ("hasOne", "hasMany", "belongsTo")


def key_attributes(model: str, field: str, key: Key, side: Side) -> tuple[str, ...]:
    """The attributes that hold another model's key for a relation field, by Gen 1's names."""
    first, *rest = key.names
    return camel((model, field, first if side.flags.primary_key_attributes else "id")), *(
        camel((model, field, name)) for name in rest
    )


class Relation(Struct, frozen=True):
    """A relation field in its model."""

    model: Definition
    field: Field
    said: Directive
    other: Definition

    @property
    def bare(self) -> bool:
        """Whether the keys are left to Gen 1."""
        return not any(self.said.arguments.get(name) for name in ("fields", "references"))


def _relations(schema: Schema) -> Iterator[Relation]:
    known = {one.name: one for one in schema if one.is_model}
    for model in known.values():
        for field in model.fields:
            if (found := field.directive(*_ONE_OR_MANY)) and field.base in known:
                yield Relation(model, field, found, known[field.base])


def implied_keys(schema: Schema, side: Side) -> Schema:
    """A relation without `fields` or `references` keeps its key in fields that need not be written."""
    wanted: dict[str, list[Field]] = {}
    for _, holder, field in key_fields(schema, side):
        wanted.setdefault(holder, []).append(field)

    def changed(model: Definition) -> Definition:
        have = {field.name for field in model.fields}
        missing = {field.name: field for field in reversed(wanted.get(model.name, ())) if field.name not in have}
        return replace(model, fields=(*model.fields, *missing.values())) if missing else model

    return models(schema, changed)


def key_fields(schema: Schema, side: Side) -> Iterator[tuple[Relation, str, Field]]:
    """The fields in which bare relations keep their keys, written or not, each with the model that holds it."""
    for relation in _relations(schema):
        for holder, field in _implied(relation, side):
            yield relation, holder, field


def _implied(relation: Relation, side: Side) -> Iterator[tuple[str, Field]]:
    """The key fields that a relation adds: to the other model for many, to its own for one."""
    if not relation.bare:
        return
    many = relation.said.name == "hasMany"
    if relation.said.name == "belongsTo" and _side_of(relation) != "hasOne":
        return
    key = primary_key(relation.model if many else relation.other)
    names = key_attributes(relation.model.name, relation.field.name, key, side)
    for name, field in zip(names, key.fields, strict=True):
        typed = field.base if side.flags.primary_key_attributes or name != names[0] else "ID"
        holder = relation.other.name if many else relation.model.name
        yield holder, Field(name, f"{typed}!" if relation.field.required else typed)


def _counterpart(relation: Relation) -> Field | None:
    """The first field of the other model that leads back."""
    for field in relation.other.fields:
        if field.base == relation.model.name and field.directive("hasOne", "hasMany"):
            return field
    return None


def _side_of(relation: Relation) -> str:
    back = _counterpart(relation)
    found = back.directive("hasOne", "hasMany") if back else None
    return found.name if found else ""


def keys_and_indexes(schema: Schema, side: Side) -> Schema:
    """A relation is the attributes that it reads and the index that it asks, however that is written."""
    made: dict[tuple[str, str], Directive] = {}
    indexes: dict[str, list[Directive]] = {}
    for relation in _relations(schema):
        meant, index = _meant(relation, side)
        made[relation.model.name, relation.field.name] = meant
        if index:
            indexes.setdefault(relation.other.name, []).append(index)

    def on_field(model: Definition, field: Field) -> Field:
        meant = made.get((model.name, field.name))
        if meant is None:
            return field
        return replace(field, directives=tuple(meant if d.name in _ONE_OR_MANY else d for d in field.directives))

    def changed(model: Definition) -> Definition:
        related = fields(model, lambda field: on_field(model, field))
        return replace(related, directives=(*related.directives, *indexes.get(model.name, ())))

    return models(schema, changed)


def _meant(relation: Relation, side: Side) -> tuple[Directive, Directive | None]:
    given = relation.said.arguments
    if references := given.get("references"):
        return _by_references(relation, [str(name) for name in listed(references)])
    if relation.said.name == "hasMany":
        return _many(relation, side)
    attributes = listed(given["fields"]) if given.get("fields") else _own_attributes(relation, side)
    return _meaning(relation, "one", attributes, "fields"), None


def _meaning(relation: Relation, kind: str, attributes: list[Any], *consumed: str, **more: Any) -> Directive:
    """The canonical directive; arguments of the written one that it does not consume are kept."""
    rest = {name: value for name, value in relation.said.arguments.items() if name not in consumed}
    return directive("relation", **{**rest, "kind": kind, "attributes": attributes, **more})


def _many(relation: Relation, side: Side) -> tuple[Directive, Directive | None]:
    given = relation.said.arguments
    key = primary_key(relation.model)
    if given.get("indexName") or given.get("fields"):
        index = given.get("indexName") or {"of": "primary key"}
        asked = listed(given.get("fields") or key.names[0])
        return _meaning(relation, "many", asked, "fields", "indexName", index=index), None
    name = f"gsi-{relation.model.name}.{relation.field.name}"
    attributes = key_attributes(relation.model.name, relation.field.name, key, side)
    keys = list(attributes if side.flags.primary_key_attributes else attributes[:1])
    made = directive("relationIndex", name=name, keys=keys)
    return _meaning(relation, "many", list(key.names), "fields", "indexName", index=name), made


def _by_references(relation: Relation, names: list[str]) -> tuple[Directive, Directive | None]:
    """Gen 2's form. With a key of several parts its templates are not those of Gen 1, so it stays apart."""
    apart = {"form": "references"} if len(names) > 1 else {}
    if relation.said.name == "belongsTo":
        return _meaning(relation, "one", names, "references", "overrideIndexName", **apart), None
    index = _index_of(relation, names)
    kind = "many" if relation.said.name == "hasMany" else "one by index"
    made = directive("relationIndex", name=index, keys=names, **apart)
    return _meaning(relation, kind, list(primary_key(relation.model).names), "references", index=index, **apart), made


def _index_of(relation: Relation, names: list[str]) -> str:
    for field in relation.other.fields:
        back = field.directive("belongsTo") if field.base == relation.model.name else None
        if back and [str(n) for n in listed(back.arguments.get("references") or [])] == names:
            override = back.arguments.get("overrideIndexName")
            return str(override) if override else f"gsi-{relation.model.name}.{relation.field.name}"
    return f"gsi-{relation.model.name}.{relation.field.name} (without a field that leads back)"


def _own_attributes(relation: Relation, side: Side) -> list[str]:
    """Where a bare field for one row reads the key: its own attributes, or those of the list that leads back."""
    key = primary_key(relation.other)
    back = _counterpart(relation) if relation.said.name == "belongsTo" else None
    if back is not None and back.directive("hasMany"):
        return list(key_attributes(relation.other.name, back.name, key, side))
    if relation.said.name == "belongsTo" and back is None:
        return ["(without a field that leads back)"]
    return list(key_attributes(relation.model.name, relation.field.name, key, side))


def lists_of_rows(schema: Schema, side: Side) -> Schema:
    """A field for many rows is a connection, which is never required, whatever its list says."""

    def changed(field: Field) -> Field:
        relation = field.directive("relation")
        many = relation is not None and relation.arguments.get("kind") == "many"
        return replace(field, type=f"[{field.base}]") if many and field.is_list else field

    return models(schema, lambda model: fields(model, changed))


RELATIONS: tuple[Rule, ...] = (
    Rule("R3", implied_keys),
    Rule("R4", keys_and_indexes),
    Rule("R5", lists_of_rows),
)
