"""What Gen 1 meant and no schema of Gen 2 can say: named here, so that it is not silent; other rules report it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from migrator.categories.data.proof.facts import read
from migrator.categories.data.proof.keys import primary_key
from migrator.categories.data.proof.model import Difference, SchemaContext
from migrator.categories.data.proof.rewrite import Schema, Side, upper
from migrator.categories.data.proof.rules_auth import auth_rules
from migrator.categories.data.proof.rules_relations import key_fields
from migrator.categories.data.sdl import Definition, merged

_LOCAL_INDEX = "DATA133"
_OWNERS_OF_GROUPS = "DATA135"
_SUBSCRIPTIONS = "DATA136"
_JOIN_QUERIES = "DATA137"
_UNKNOWN = "DATA124"
_RELATION = "DATA402"
_PREDICTIONS = "DATA121"
_TIMESTAMPS = "DATA138"


def explained(
    differences: Iterable[Difference], reached: Iterable[Definition], context: SchemaContext
) -> Iterator[Difference]:
    """The differences, those with their rule that no text can take away."""
    joins = frozenset(_joins(reached)) if not context.flags.auto_query_names else frozenset()
    for one in differences:
        rule = _removed(one, context) or (_JOIN_QUERIES if _is_join_query(one, joins) else "")
        rule = rule or (_TIMESTAMPS if _is_unwritten(one, context) else "")
        yield replace(one, rule=rule) if rule else one


def _removed(one: Difference, context: SchemaContext) -> str:
    """A directive that Gen 2 refuses was taken out."""
    directive = one.place.partition(" @")[2]
    if one.gen2 or directive not in context.left_out:
        return ""
    return _PREDICTIONS if directive == "predictions" else _UNKNOWN


def _is_unwritten(one: Difference, context: SchemaContext) -> bool:
    """A time stamp that Gen 1 has in the API but never writes, because only the other one is named."""
    place, _, stamp = one.place.partition(" @model timestamps.")
    usual = one.gen2 == f'"{stamp}"' and not one.gen1
    return bool(place) and not context.flags.deep_merge and usual and stamp in ("createdAt", "updatedAt")


def _joins(reached: Iterable[Definition]) -> Iterator[str]:
    """Join models that Gen 2 makes itself, with queries for their indexes whatever Gen 1 had."""
    for model in reached:
        for field in model.fields:
            if relation := field.directive("manyToMany"):
                yield upper(str(relation.arguments.get("relationName")))


def _is_join_query(one: Difference, joins: frozenset[str]) -> bool:
    place, _, directive = one.place.partition(" @")
    if directive != "index" or place.partition(".")[0] not in joins or not (one.gen1 and one.gen2):
        return False
    before, after = read(one.gen1), read(one.gen2)
    return bool(before) and {**before, "queryField": None} == {**after, "queryField": None}


def unsayable(schema: Schema, context: SchemaContext) -> Iterator[Difference]:
    """What flags of Gen 1 do that leaves no trace in the text; the schema is in canonical form."""
    for model in schema:
        if model.is_model:
            yield from _local_indexes(model, context)
            if not context.flags.owner_for_groups and _has_owners_beside_others(model):
                told = ("owner stays empty when others write", "owner is filled in")
                yield Difference(model.name, *told, _OWNERS_OF_GROUPS)
            if context.flags.inherited_subscriptions and any(field.directive("relation") for field in model.fields):
                told = ("subscriptions carry related rows", "subscriptions leave related rows out")
                yield Difference(model.name, *told, _SUBSCRIPTIONS)


def moved_keys(gen1: Schema, reached: Schema, context: SchemaContext) -> Iterator[Difference]:
    """A key that Gen 1 keeps without a word is an argument of the wrong subscriptions; one that is written, of its own.

    Everything else about it is the same.
    """
    before = {one.name: one for one in merged(gen1) if one.is_model}
    after = {one.name: one for one in merged(reached) if one.is_model}
    for relation, holder, field in key_fields(tuple(before.values()), Side(True, context.mode, context.flags, {})):
        owner = relation.model.name
        written = holder in after and after[holder].field(field.name)
        if owner != holder and relation.said.name == "hasMany" and written and not before[holder].field(field.name):
            here, there = (f"ModelSubscription{name}FilterInput.{field.name}" for name in (owner, holder))
            yield Difference(f"{holder}.{field.name}", here, there, _RELATION)


def _local_indexes(model: Definition, context: SchemaContext) -> Iterator[Difference]:
    partition = primary_key(model).fields[0]
    if not context.flags.secondary_as_gsi and partition.directive("index"):
        yield Difference(f"{model.name}.{partition.name} @index", "a local index", "a global index", _LOCAL_INDEX)


def _has_owners_beside_others(model: Definition) -> bool:
    rules = (*auth_rules(model), *(rule for field in model.fields for rule in auth_rules(field)))
    creating = [rule for rule in rules if "create" in rule.get("operations", ())]
    others = any(rule.get("groups") or _is_signed_in(rule) for rule in creating)
    return others and any(rule.get("allow") == "owner" for rule in rules)


def _is_signed_in(rule: Mapping[str, Any]) -> bool:
    return rule.get("allow") == "private" and rule.get("provider") != "identityPool"
