"""What Gen 1 meant and no schema of Gen 2 can say: named here, so that it is not silent, and found by other rules."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.categories.data.proof.facts import facts
from migrator.categories.data.proof.model import Difference, SchemaContext
from migrator.categories.data.proof.rewrite import Schema
from migrator.categories.data.proof.rules_auth import auth_rules
from migrator.categories.data.proof.rules_relations import primary_key
from migrator.categories.data.sdl import Definition

_RELATION = "relation"


def unavoidable(schema: Schema, context: SchemaContext) -> tuple[Difference, ...]:
    """What a canonical schema of Gen 1 loses in Gen 2 whatever is written."""
    return tuple(
        one
        for found in (
            _owners_of_groups(schema, context),
            _local_indexes(schema, context),
            _inherited_subscriptions(schema, context),
            _left_out(schema, context),
        )
        for one in found
    )


def _models(schema: Schema) -> Iterator[Definition]:
    return (one for one in schema if one.is_model)


def _owners_of_groups(schema: Schema, context: SchemaContext) -> Iterator[Difference]:
    """F2: populateOwnerFieldForStaticGroupAuth is always on in Gen 2."""
    if context.flags.owner_for_groups:
        return
    for model in _models(schema):
        rules = auth_rules(model)
        owner = any(rule.get("allow") == "owner" for rule in rules)
        if owner and any(rule.get("groups") and "create" in rule.get("operations", ()) for rule in rules):
            yield Difference(model.name, "owner stays empty", "owner is filled in for members of groups", "F2")


def _local_indexes(schema: Schema, context: SchemaContext) -> Iterator[Difference]:
    """F3: secondaryKeyAsGSI is always on in Gen 2."""
    if context.flags.secondary_as_gsi:
        return
    for model in _models(schema):
        partition = primary_key(model).fields[0]
        for index in (d for d in partition.directives if d.name == "index"):
            yield Difference(f"{model.name}.{partition.name} @index", "local index", "global index", "F3")
            del index


def _inherited_subscriptions(schema: Schema, context: SchemaContext) -> Iterator[Difference]:
    """F4: subscriptionsInheritPrimaryAuth is always off in Gen 2."""
    if not context.flags.inherited_subscriptions:
        return
    for model in _models(schema):
        if any(field.directive(_RELATION) for field in model.fields):
            yield Difference(model.name, "subscriptions carry related rows", "related rows are redacted", "F4")


def _left_out(schema: Schema, context: SchemaContext) -> Iterator[Difference]:
    """U1: a directive that Gen 2 refuses was taken out, with a finding."""
    for place, lines in facts(schema).items():
        if "@" in place and place.rpartition("@")[2] in context.left_out:
            for line in lines:
                yield Difference(place, line, "", "U1")
