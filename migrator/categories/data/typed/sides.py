"""The sides of relations as Gen 1 reads them: which model stores the foreign key, and under which names.

https://docs.amplify.aws/gen1/react/build-a-backend/graphqlapi/data-modeling/ names some of it; the rest is what the
relational transformer does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from migrator.categories.data.sdl import Definition, Directive, Field
from migrator.categories.data.typed.keys import foreign_key, index_keys, key_fields, strings
from migrator.categories.data.typed.model import Fallback

RELATIONS = ("hasMany", "hasOne", "belongsTo")


class Side(Struct, frozen=True):
    """One side of a relation: a field of a model."""

    field: Field
    child: str
    """The model that stores the foreign key."""
    parent: str
    """The model whose primary key it holds."""
    holds: bool
    """Whether the field is on the child."""
    keys: tuple[str, ...]
    """The fields of the foreign key."""
    stored: tuple[Field, ...] = ()
    """Fields that Gen 1 adds to the child for it."""
    loose: bool = False
    """Whether the keys are those of another side, which Gen 1 finds by the types alone."""
    added: bool = False
    """Whether Gen 1's schema does not have the field."""

    @property
    def model(self) -> str:
        """The model that has the field."""
        return self.child if self.holds else self.parent

    @property
    def place(self) -> str:
        """`Post.comments`."""
        return f"{self.model}.{self.field.name}"

    @property
    def directive(self) -> Directive:
        """The relation as Gen 1 writes it."""
        return self.field.directive(*RELATIONS) or Directive("", {}, 0, 0)


def sides(definitions: Iterable[Definition]) -> Iterator[Side | Fallback]:
    """Every side of a relation, and what is none though it looks like one."""
    listed = tuple(definitions)
    models = {d.name: d for d in listed if d.is_model}
    for definition in listed:
        for field in definition.fields:
            if said := field.directive(*RELATIONS):
                found = _side(definition, field, said, models) if definition.is_model else "only models have relations"
                place = f"{definition.name}.{field.name}"
                yield Fallback(place, f"@{said.name}", found) if isinstance(found, str) else found


def _side(model: Definition, field: Field, said: Directive, models: Mapping[str, Definition]) -> Side | str:
    """The side, or why it is none."""
    related = models.get(field.base)
    if related is None:
        return f"{field.base} is no model"
    if field.is_list is not (said.name == "hasMany"):
        return "it is on a field that is no list" if said.name == "hasMany" else "it is on a list"
    for argument in ("fields", "references"):
        if argument in said.arguments and not strings(said, argument):
            return f"it names no {argument}"
    if names := strings(said, "references"):
        holds = said.name == "belongsTo"
        child, parent = (model, related) if holds else (related, model)
        return Side(field, child.name, parent.name, holds, names)
    return _many(model, field, said, related) if said.name == "hasMany" else _one(model, field, said, related)


def _many(model: Definition, field: Field, said: Directive, related: Definition) -> Side | str:
    names, index = strings(said, "fields"), said.arguments.get("indexName")
    stored = () if names else _stored(model, field, model)
    keys = tuple(one.name for one in stored)
    if names or index is not None:
        keys = index_keys(related, index if isinstance(index, str) else None)[: len(names or keys)]
    return (
        Side(field, related.name, model.name, False, keys, stored) if keys else f"{related.name} has no index {index}"
    )


def _one(model: Definition, field: Field, said: Directive, related: Definition) -> Side | str:
    if names := strings(said, "fields"):
        return Side(field, model.name, related.name, True, names)
    if said.name == "belongsTo":
        other = next((f for f in related.fields if f.base == model.name and f.directive("hasOne", "hasMany")), None)
        if other is None:
            return f"{related.name} has no relation with {model.name}"
        if other.directive("hasOne", "hasMany") == other.directive("hasMany"):
            keys = tuple(one.name for one in _stored(related, other, related))
            return Side(field, model.name, related.name, True, keys, loose=True)
    stored = _stored(model, field, related)
    return Side(field, model.name, related.name, True, tuple(one.name for one in stored), stored)


def _stored(model: Definition, field: Field, parent: Definition) -> tuple[Field, ...]:
    """The fields that hold the primary key of the parent, named after the relation's model and field."""
    mark = "!" if field.required else ""
    keyed = any(f.directive("primaryKey") for f in parent.fields)
    keys = key_fields(parent)
    types = (keys[0].base if keyed else "ID", *(key.base for key in keys[1:]))
    return tuple(
        Field(foreign_key(model.name, field.name, key.name), f"{base}{mark}")
        for key, base in zip(keys, types, strict=True)
    )
