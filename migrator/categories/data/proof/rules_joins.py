"""Rules for what relations say of themselves, and for the join models of `@manyToMany`.

https://docs.amplify.aws/gen1/react/build-a-backend/graphqlapi/data-modeling/#many-to-many-relationship
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from migrator.categories.data.proof.keys import primary_key
from migrator.categories.data.proof.rewrite import (
    Rule,
    Schema,
    Side,
    directive,
    fields,
    listed,
    lower,
    models,
    on_fields,
    said,
    unsaid,
    upper,
)
from migrator.categories.data.proof.rules_auth import auth_rules, role
from migrator.categories.data.sdl import Definition, Directive, Field

_ONE_OR_MANY = ("hasOne", "hasMany", "belongsTo")
_USUAL_LIMIT = 100


def usual_limit(schema: Schema, side: Side) -> Schema:
    """A relation shows 100 rows where it says no other `limit`."""

    def changed(relation: Directive) -> Directive:
        return unsaid(relation, "limit") if relation.arguments.get("limit") == _USUAL_LIMIT else relation

    return on_fields(on_fields(schema, "hasMany", changed), "manyToMany", changed)


def key_lists(schema: Schema, side: Side) -> Schema:
    """One field may stand without brackets in `fields` and `references`."""

    def changed(relation: Directive) -> Directive:
        said_ = {k: listed(v) for k, v in relation.arguments.items() if k in ("fields", "references") and v}
        return said(relation, **said_) if said_ else relation

    for name in _ONE_OR_MANY:
        schema = on_fields(schema, name, changed)
    return schema


def join_models(schema: Schema, side: Side) -> Schema:
    """`@manyToMany` is a join model with the rules of both sides, an index for each side and relations to it."""
    found: dict[str, list[tuple[Definition, Field, Directive]]] = {}
    for model in schema:
        for field in model.fields:
            if (relation := field.directive("manyToMany")) and relation.arguments.get("relationName"):
                found.setdefault(str(relation.arguments["relationName"]), []).append((model, field, relation))
    for name, ends in found.items():
        if len(ends) == 2 and _meet(*ends):
            schema = _joined(schema, upper(re.sub(r"^[^_A-Za-z]+|[^_0-9A-Za-z]", "", name)), ends, side)
    return schema


def _meet(one: tuple[Definition, Field, Directive], other: tuple[Definition, Field, Directive]) -> bool:
    """Whether each side is a list of the other's model."""
    return one[1].base == other[0].name and other[1].base == one[0].name


def _joined(schema: Schema, name: str, ends: list[tuple[Definition, Field, Directive]], side: Side) -> Schema:
    for model, field, relation in ends:
        many = directive("hasMany", indexName=f"by{model.name}", fields=[*primary_key(model).names])
        other = {k: v for k, v in relation.arguments.items() if k != "relationName"}
        kept = tuple(said(many, **other) if d is relation else d for d in field.directives)
        related = replace(field, type=field.type.replace(field.base, name), directives=kept)
        schema = _with_field(schema, model.name, related)
    return (*schema, _join_model(name, [model for model, _, _ in ends], side))


def _with_field(schema: Schema, model: str, field: Field) -> Schema:
    """The schema with a field of a model in place of the one of its name."""
    return models(schema, lambda m: fields(m, lambda f: field if (m.name, f.name) == (model, field.name) else f))


def _join_model(name: str, ends: list[Definition], side: Side) -> Definition:
    rules = {role(rule): rule for model in ends for rule in auth_rules(model)}
    auth: tuple[Directive, ...] = (directive("auth", rules=list(rules.values())),) if rules else ()
    keys = [_join_keys(model, side) for model in ends]
    links = (
        Field(lower(model.name), f"{model.name}!", (directive("belongsTo", fields=[f.name for f in own]),))
        for model, own in zip(ends, keys, strict=True)
    )
    own_fields = (field for own in keys for field in own)
    return Definition(name, "type", (directive("model"), *auth), (*own_fields, *links))


def _join_keys(model: Definition, side: Side) -> tuple[Field, ...]:
    """The fields of a join model that hold the key of one side, with the index on them."""
    key = primary_key(model)
    own = lower(model.name)
    suffix = upper(key.names[0]) if side.flags.primary_key_attributes else "ID"
    names = (f"{own}{suffix}", *(f"{own}{name}" for name in key.names[1:]))
    index = directive("index", name=f"by{model.name}", sortKeyFields=list(names[1:]))
    types = [f"{field.base}!" for field in key.fields]
    return Field(names[0], types[0], (index,)), *(Field(n, t) for n, t in zip(names[1:], types[1:], strict=True))


JOINS: tuple[Rule, ...] = (Rule("N14", usual_limit), Rule("R1", key_lists), Rule("R2", join_models))
