"""`@manyToMany` as the model that Gen 1 makes of it: same table, same indexes, same queries, same rules.

https://docs.amplify.aws/gen1/react/build-a-backend/graphqlapi/data-modeling/#many-to-many-relationship
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from migrator.categories.data.flags import rules
from migrator.categories.data.sdl import Definition, Directive, Field
from migrator.categories.data.typed.keys import ID, index_query, key_fields, lower, upper
from migrator.categories.data.typed.model import Fallback
from migrator.documents.document import Json


class JoinSide(Struct, frozen=True):
    """One of the two fields with `@manyToMany`, and its model."""

    model: Definition
    field: Field
    directive: Directive

    @property
    def place(self) -> str:
        """`Post.tags`."""
        return f"{self.model.name}.{self.field.name}"


class JoinFlags(Struct, frozen=True):
    """Flags of `cli.json` that decide the names in a join table; the defaults are Gen 2's values."""

    own_keys: bool = True
    """respectPrimaryKeyAttributesOnConnectionField: `postSlug`; off: `postID`, whatever the key is called. Its type, as
    well as sort keys, are there either way."""
    queries: bool = True
    """enableAutoIndexQueryNames: a query for each index."""


def joined(
    definitions: tuple[Definition, ...], flags: JoinFlags | None = None
) -> tuple[tuple[Definition, ...], tuple[Fallback, ...]]:
    """The definitions with join models after the second of their models, and `@hasMany` in place of `@manyToMany`.

    Relations that Gen 1 does not accept, or that have no such form, stay and are fallbacks.
    """
    flags = flags or JoinFlags()
    models = {d.name: d for d in definitions if d.is_model}
    fallbacks: list[Fallback] = []
    after: dict[str, list[Definition]] = {}
    changed: dict[str, Definition] = dict(models)
    for name, sides in _relations(models.values()).items():
        if reason := _refusal(name, sides, {d.name for d in definitions}):
            fallbacks += (Fallback(side.place, "@manyToMany", reason) for side in sides)
            continue
        for side in sides:
            changed[side.model.name] = _with_many(changed[side.model.name], side, name)
        after.setdefault(sides[1].model.name, []).append(_join_model(name, sides, flags))
    listed = (found for d in definitions for found in (changed.get(d.name, d), *after.get(d.name, ())))
    return tuple(listed), tuple(fallbacks)


def join_name(directive: Directive) -> str:
    """The name of the join model; empty for none."""
    said = directive.arguments.get("relationName")
    return re.sub(r"^[^_A-Za-z]+|[^_0-9A-Za-z]", "", upper(said)) if isinstance(said, str) else ""


def _relations(models: Iterable[Definition]) -> Mapping[str, list[JoinSide]]:
    found: dict[str, list[JoinSide]] = {}
    for model in models:
        for field in model.fields:
            if directive := field.directive("manyToMany"):
                found.setdefault(join_name(directive), []).append(JoinSide(model, field, directive))
    return found


def _refusal(name: str, sides: list[JoinSide], types: set[str]) -> str:
    """Why a relation cannot be written out; empty when it can."""
    if not name:
        return "it has no relationName"
    if len(sides) != 2:
        return f"{name} is in {len(sides)} places and not in two"
    one, two = sides
    if one.model.name == two.model.name or (one.field.base, two.field.base) != (two.model.name, one.model.name):
        return f"{name} does not relate two models with each other"
    if not (one.field.is_list and two.field.is_list):
        return "it is on a field that is no list"
    if name in types:
        return f"there is a type {name} already"
    for side in sides:
        if side.model.directive("mapsTo"):
            return f"{side.model.name} has @mapsTo, after which the join table names its keys, unlike the API"
        if key_fields(side.model) == (ID,) and any(f.directive("auth") for f in side.model.fields):
            return f"{side.model.name} has rules on fields, and `id`, which the relation needs then, is not among them"
    return ""


def _with_many(model: Definition, side: JoinSide, name: str) -> Definition:
    """The model with `@hasMany` over the join model's index."""
    limit = {"limit": said} if (said := side.directive.arguments.get("limit")) is not None else {}
    keys: list[Json] = [key.name for key in key_fields(side.model)]
    many = Directive("hasMany", {"indexName": f"by{model.name}", "fields": keys, **limit}, 0, 0)
    kept = tuple(many if d.name == "manyToMany" else d for d in side.field.directives)
    field = replace(side.field, type=side.field.type.replace(side.field.base, name), directives=kept)
    fields = tuple(field if f.name == field.name else f for f in model.fields)
    return replace(model, fields=fields if model.field("id") or keys != ["id"] else (ID, *fields))


def _join_model(name: str, sides: list[JoinSide], flags: JoinFlags) -> Definition:
    keys = {side.model.name: _foreign_keys(name, side.model, flags) for side in sides}
    related = (_to_one(side.model.name, keys[side.model.name]) for side in sides)
    fields = (ID, *(key for side in sides for key in keys[side.model.name]), *related)
    head = [Directive("model", {}, 0, 0)]
    if found := merged_rules(sides[0].model, sides[1].model):
        head.append(Directive("auth", {"rules": found}, 0, 0))
    return Definition(name, "type", tuple(head), fields)


def _foreign_keys(name: str, model: Definition, flags: JoinFlags) -> tuple[Field, ...]:
    """The join model's fields for the primary key of a model, the first one with the index."""
    first, *sort = key_fields(model)
    partition = f"{lower(model.name)}{upper(first.name) if flags.own_keys else 'ID'}"
    ranges = [f"{lower(model.name)}{key.name}" for key in sort]
    said: dict[str, Json] = {"name": f"by{model.name}"}
    if ranges:
        said["sortKeyFields"] = [*ranges]
    said["queryField"] = index_query(name, partition, ranges) if flags.queries else None
    index = Directive("index", said, 0, 0)
    others = (Field(field, f"{key.base}!") for field, key in zip(ranges, sort, strict=True))
    return (Field(partition, f"{first.base}!", (index,)), *others)


def _to_one(model: str, keys: Iterable[Field]) -> Field:
    """Gen 1 writes `@hasOne`, and `@belongsTo` for clients (the resolver is the same); this is for both."""
    return Field(lower(model), f"{model}!", (Directive("belongsTo", {"fields": [key.name for key in keys]}, 0, 0),))


def merged_rules(one: Definition, two: Definition) -> list[Json]:
    """The rules of both models; where they are for the same callers, those of the second hold, as in Gen 1."""
    roles: dict[tuple[str, ...], dict[str, Any]] = {}
    for model in (one, two):
        for rule in rules(model) if _has_list(model) else ():
            for single in _single(rule):
                roles[_role(single)] = single
    found: list[Json] = []
    for rule in roles.values():
        others = {key: value for key, value in rule.items() if key != "groups"}
        same = next((f for f in found if isinstance(f, dict) and "groups" in f and _but(f, "groups") == others), None)
        if same is not None and "groups" in rule and isinstance(named := same["groups"], list):
            named += rule["groups"]
        else:
            found.append(rule)
    return found


def _has_list(model: Definition) -> bool:
    """Whether the rules are a list: Gen 1 overlooks a single one here."""
    auth = model.directive("auth")
    return auth is not None and isinstance(auth.arguments.get("rules"), list)


def _but(rule: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return {key: value for key, value in rule.items() if key != name}


def _single(rule: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """A rule for several groups as one for each."""
    groups = rule.get("groups")
    if not groups or rule.get("groupsField"):
        return [dict(rule)]
    return [{**rule, "groups": [group]} for group in (groups if isinstance(groups, list) else [groups])]


_PROVIDERS: Mapping[str, str] = {"public": "apiKey", "custom": "function", "identityPool": "iam"}


def _role(rule: Mapping[str, Any]) -> tuple[str, ...]:
    """Whom a rule is for, as the transformer tells callers apart."""
    allow = str(rule.get("allow"))
    said = str(rule.get("provider") or _PROVIDERS.get(allow, "userPools"))
    provider = _PROVIDERS.get(said, said)
    if rule.get("groups") and not rule.get("groupsField"):
        return ("group", provider, str(rule["groups"][0]), str(rule.get("groupClaim")))
    if allow == "groups":
        return ("groups", provider, str(rule.get("groupsField") or "groups"), str(rule.get("groupClaim")))
    if allow == "owner":
        return ("owner", provider, str(rule.get("ownerField") or "owner"), str(rule.get("identityClaim")))
    return (provider,) if provider in ("apiKey", "function") else (allow, provider)
