"""`@connection` as `@hasMany`, `@hasOne` and `@belongsTo`, with the foreign keys and indexes that are deployed.

Every foreign key becomes a field: those that transformer 2 makes by itself belong to no rule of the model, so that
whoever may do anything with a row may write them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from migrator.categories.data.legacy.keys import index, primary
from migrator.categories.data.legacy.text import call, is_name
from migrator.categories.data.sdl import Definition, Directive, Field


class ForeignKey(Struct, frozen=True):
    """An attribute that holds another model's key, and the index on it (empty for none)."""

    model: str
    name: str
    type: str
    index: str = ""
    sort: str = ""
    declared: str = ""
    """The type of the field that the author declares for it; empty for none."""

    @property
    def own(self) -> bool:
        """Whether there is no field for it yet."""
        return not self.declared


class Relation(Struct, frozen=True):
    """One field with `@connection`: the directive that takes its place, and the foreign key that it needs."""

    model: Definition
    field: Field
    directive: str = ""
    """Empty when nothing says it."""
    reason: str = ""
    """Why nothing says it."""
    field_stays: bool = False
    """Whether the field is one without the directive, because its type is no model."""
    key: ForeignKey | None = None
    fields: tuple[str, ...] = ()
    """Fields of the model that the directive names; `id` need not be written in transformer 1."""


def relations(models: Mapping[str, Definition]) -> Iterator[Relation]:
    """Every `@connection` of the schema."""
    for model in models.values():
        for field in model.fields:
            connection = field.directive("connection")
            if connection is None:
                continue
            other = models.get(field.base)
            if other is None:
                yield Relation(model, field, reason=f"{field.base} is no model", field_stays=True)
            else:
                yield _relation(model, field, connection, other)


def _relation(model: Definition, field: Field, connection: Directive, other: Definition) -> Relation:
    if connection.arguments.get("fields"):
        return _by_fields(model, field, connection, other)
    partner = _partner(field, connection, other)
    if field.is_list:
        return _many(model, field, connection, other, partner)
    if partner is not None and partner.is_list:
        return _belongs(model, field, connection, other, partner)
    return _one(model, field, connection, other)


def _partner(field: Field, connection: Directive, other: Definition) -> Field | None:
    """The field at the other end of a connection with a name."""
    name = connection.arguments.get("name")
    for one in other.fields:
        theirs = one.directive("connection")
        if name and theirs and one is not field and theirs.arguments.get("name") == name:
            return one
    return None


def _by_fields(model: Definition, field: Field, connection: Directive, other: Definition) -> Relation:
    said = connection.arguments["fields"]
    fields = [str(name) for name in (said if isinstance(said, list) else [said])]
    name = connection.arguments.get("keyName") or ...
    key = index(other, str(name)) if isinstance(name, str) else primary(other)
    if field.is_list:
        limit = connection.arguments.get("limit") or ...
        return Relation(model, field, call("hasMany", indexName=name, fields=fields, limit=limit))
    if len(fields) != len(key):
        return Relation(model, field, reason=f"`fields` names {len(fields)} of the {len(key)} fields of the key")
    word = "belongsTo" if _has_many(other, model) else "hasOne"
    return Relation(model, field, call(word, fields=fields))


def _has_many(holder: Definition, of: Definition) -> bool:
    return any(f.is_list and f.base == of.name and f.directive("connection") for f in holder.fields)


def _many(model: Definition, field: Field, connection: Directive, other: Definition, partner: Field | None) -> Relation:
    """The foreign key is at the other model, with an index by the name of the connection."""
    theirs = partner.directive("connection") if partner else None
    said = (theirs if theirs else connection).arguments.get("keyField")
    default = _attribute(other.name, partner.name) if partner else _attribute(model.name, field.name)
    limit = connection.arguments.get("limit") or ...
    partition = _partition(model)
    key = _key(other, str(said or default), model, partition)
    if not is_name(key.name):
        return Relation(model, field, reason=f"`keyField` is no name: {key.name}")
    plain = key.type and primary(model) == ("id",) and field.type.endswith("]") and key.declared in ("", key.type)
    if partner is None and not said and plain:
        return Relation(model, field, call("hasMany", limit=limit), key=key)
    name = f"gsi-{connection.arguments.get('name') or f'{model.name}.{field.name}'}"
    sort = str(connection.arguments.get("sortField") or "") if partner else ""
    required = "!" if partner and partner.required and key.own else ""
    fitting = bool(key.type)
    key = replace(key, type=(key.type or key.declared or "ID") + required, index=name, sort=sort)
    if not fitting:
        return Relation(model, field, reason=_no_text(model, partition), key=key)
    words = call("hasMany", indexName=name, fields=[partition], limit=limit)
    return Relation(model, field, words, key=key, fields=(partition,))


def _belongs(model: Definition, field: Field, connection: Directive, other: Definition, partner: Field) -> Relation:
    """The end of a connection that holds the foreign key; the other end has put it there."""
    if primary(other)[1:]:
        return Relation(model, field, reason=f"{other.name} has a sort key, which the connection does not hold")
    if not _key(model, "", other, primary(other)[0]).type:
        return Relation(model, field, reason=_no_text(other, primary(other)[0]))
    name = str(connection.arguments.get("keyField") or _attribute(model.name, field.name))
    return Relation(model, field, call("belongsTo", fields=[name]))


def _one(model: Definition, field: Field, connection: Directive, other: Definition) -> Relation:
    """The foreign key is at the same model, without an index."""
    said = connection.arguments.get("keyField")
    default = _attribute(model.name, field.name)
    key = primary(other)
    sort = connection.arguments.get("sortField")
    foreign = _key(model, str(said or default), other, key[0])
    if not is_name(foreign.name):
        return Relation(model, field, reason=f"`keyField` is no name: {foreign.name}")
    required = "!" if field.required and foreign.own else ""
    foreign, fitting = replace(foreign, type=(foreign.type or foreign.declared or "ID") + required), bool(foreign.type)
    if len(key) - 1 != bool(sort):
        reason = f"{other.name} has a sort key, which the connection does not hold"
        return Relation(model, field, reason=reason, key=foreign)
    if not fitting:
        return Relation(model, field, reason=_no_text(other, key[0]), key=foreign)
    fields = [foreign.name, str(sort)] if sort else [foreign.name]
    return Relation(model, field, call("hasOne", fields=fields), key=foreign)


def _no_text(model: Definition, partition: str) -> str:
    return f"the foreign key holds text, and {model.name}.{partition} is none"


def _key(holder: Definition, name: str, of: Definition, partition: str) -> ForeignKey:
    """A foreign key of the type of the key that it holds; of none where that is no text."""
    target = of.field(partition)
    type_ = target.base if target else "ID" if primary(of) == ("id",) else ""
    field = holder.field(name)
    return ForeignKey(
        holder.name, name, type_ if type_ in ("ID", "String") else "", declared=field.base if field else ""
    )


def by_its_name(relation: Relation) -> bool:
    """Whether transformer 2 takes the foreign key for one that it made, which it does for `@hasMany` by the name."""
    key = relation.key if relation.directive.startswith("@hasMany") else None
    return key is not None and key.name == _attribute(relation.model.name, relation.field.name)


def _partition(model: Definition) -> str:
    """The field that a connection takes for the key: with several sort keys it is always `id`."""
    return primary(model)[0] if len(primary(model)) < 3 else "id"


def _attribute(*words: str) -> str:
    first, *rest = (*words, "id")
    return first[:1].lower() + first[1:] + "".join(word[:1].upper() + word[1:] for word in rest)
