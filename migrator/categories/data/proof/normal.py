"""Both schemas in one form, by named rules."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from migrator.categories.data.proof.rewrite import Rule, Schema, Side
from migrator.categories.data.proof.rules_access import AFTER_AUTH, BEFORE_AUTH
from migrator.categories.data.proof.rules_auth import AUTH
from migrator.categories.data.proof.rules_joins import JOINS
from migrator.categories.data.proof.rules_keys import KEYS
from migrator.categories.data.proof.rules_language import LANGUAGE
from migrator.categories.data.proof.rules_operations import OPERATIONS
from migrator.categories.data.proof.rules_relations import RELATIONS
from migrator.categories.data.sdl import Definition, merged, parse


def extensions(schema: Schema, side: Side) -> Schema:
    """`extend type X` and a type written twice are parts of one `type X`."""
    whole = tuple(one for one in schema if one.text)
    return (*merged(one for one in schema if not one.text), *whole)


_MODELS = (*JOINS, *KEYS, *OPERATIONS, *LANGUAGE, *RELATIONS)
RULES: tuple[Rule, ...] = (Rule("N15", extensions), *BEFORE_AUTH, *AUTH, *AFTER_AUTH, *_MODELS)
"""In the order in which they are applied."""
SAME_GENERATION: tuple[Rule, ...] = (Rule("N15", extensions), *AUTH, *_MODELS)
"""The rules for two schemas of Gen 2, in which what says nothing about its callers says the same."""


class Normal(Struct, frozen=True):
    """A schema in canonical form, and the rules that changed anything on the way."""

    schema: Schema
    applied: tuple[str, ...]


def normal(texts: Iterable[str], side: Side, rules: tuple[Rule, ...] = RULES) -> Normal:
    """The canonical form of a schema's files. Raises SdlError for text that is no GraphQL."""
    schema: tuple[Definition, ...] = tuple(definition for text in texts for definition in parse(text))
    applied = []
    for rule in rules:
        changed = rule.apply(schema, side)
        if changed != schema:
            applied.append(rule.id)
        schema = changed
    return Normal(schema, tuple(applied))
