"""Feature flags of `cli.json` that change what a schema means, and what of a schema each one touches.

Gen 2 has fixed values (https://docs.amplify.aws/gen1/react/tools/cli/reference/feature-flags/ lists Gen 1's).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from migrator.categories.data.sdl import Definition, Directive, Field
from migrator.documents.traced import Traced, absent, traced
from migrator.gen1.project import App

SECTION = "graphqltransformer"
Touched: TypeAlias = Callable[[tuple[Definition, ...]], Iterable[str]]


def flag(app: App, name: str, otherwise: bool) -> Traced[bool]:
    """A flag; `otherwise` is its value in a project that does not say it."""
    said = app.flags.get(SECTION, name)
    return app.flags.enabled(SECTION, name) if said.present else absent(otherwise)


def touched_by_flags(
    app: App, definitions: tuple[Definition, ...], transformer: int = 2
) -> Mapping[str, Traced[tuple[str, ...]]]:
    """For each flag the models, fields or indexes that mean something else in Gen 2; none where the values agree.

    Transformer 1 looks at `secondaryKeyAsGSI` alone.
    """
    found: dict[str, Traced[tuple[str, ...]]] = {}
    for attribute, name, gen1, gen2, touched in _FLAGS:
        value = flag(app, name, gen1)
        heeded = value.value is not gen2 and (transformer == 2 or attribute == "local_indexes")
        names = tuple(dict.fromkeys(touched(definitions))) if heeded else ()
        found[attribute] = traced(names, value)
    return found


def rules(definition: Definition | Field) -> Iterator[Mapping[str, Any]]:
    """The `@auth` rules on a model or a field."""
    auth = definition.directive("auth")
    listed = auth.arguments.get("rules") if auth else None
    for rule in listed if isinstance(listed, list) else [listed] if listed else []:
        if isinstance(rule, dict):
            yield rule


def owner_rules(definitions: Iterable[Definition]) -> Iterator[str]:
    """Models with a rule for owners that names no claim."""
    for model in models(definitions):
        if any(r.get("allow") == "owner" and not r.get("identityClaim") for r in _all_rules(model)):
            yield model.name


def owned(definitions: Iterable[Definition]) -> Iterator[str]:
    """Models with a rule for owners."""
    for model in models(definitions):
        if any(r.get("allow") == "owner" for r in _all_rules(model)):
            yield model.name


def models(definitions: Iterable[Definition]) -> Iterator[Definition]:
    """The types that have tables."""
    return (definition for definition in definitions if definition.is_model)


def indexes(model: Definition) -> Iterator[tuple[Field, Directive]]:
    """The indexes of a model, with their key fields."""
    for field in model.fields:
        for directive in field.directives:
            if directive.name == "index":
                yield field, directive


def index_label(model: Definition, field: Field, index: Directive) -> str:
    """How a finding names an index."""
    return f"{model.name}.{index.arguments.get('name') or field.name}"


def primary_key(model: Definition) -> tuple[str, tuple[str, ...]]:
    """Partition key and sort keys of a model's table."""
    for field in model.fields:
        if key := field.directive("primaryKey"):
            sort = key.arguments.get("sortKeyFields") or ()
            return field.name, (sort,) if isinstance(sort, str) else tuple(
                map(str, sort if isinstance(sort, list) else ())
            )
    return "id", ()


def _all_rules(model: Definition) -> Iterator[Mapping[str, Any]]:
    yield from rules(model)
    for field in model.fields:
        yield from rules(field)


def _indexes_without_query(definitions: tuple[Definition, ...]) -> Iterator[str]:
    for model in models(definitions):
        for field, index in indexes(model):
            if "queryField" not in index.arguments:
                yield index_label(model, field, index)


def _partial_operations(definitions: tuple[Definition, ...]) -> Iterator[str]:
    for model in models(definitions):
        if partial(model):
            yield model.name


OPERATIONS: Mapping[str, tuple[str, ...]] = {
    "queries": ("get", "list"),
    "mutations": ("create", "update", "delete"),
    "subscriptions": ("onCreate", "onUpdate", "onDelete"),
}


def partial(model: Definition) -> Mapping[str, tuple[str, ...]]:
    """By argument of `@model`, the operations that Gen 1 leaves out because others are named.

    `subscriptions: { level: public }` alone (or `off`) names none and leaves none out. Subscriptions without a level
    have none then: with Gen 2's, fields that ask rules of their own are empty in what mutations return.
    """
    directive = model.directive("model")
    found: dict[str, tuple[str, ...]] = {}
    for argument, names in OPERATIONS.items():
        said = directive.arguments.get(argument) if directive else None
        if not isinstance(said, dict) or said == {"level": "public"} or said.get("level") == "off":
            continue
        wanted = (*names, "level") if argument == "subscriptions" else names
        if missing := tuple(name for name in wanted if name not in said):
            found[argument] = missing
    return found


def _unwritten_timestamps(definitions: tuple[Definition, ...]) -> Iterator[str]:
    for model in models(definitions):
        directive = model.directive("model")
        said = directive.arguments.get("timestamps") if directive else None
        if isinstance(said, dict):
            yield from (f"{model.name}.{name}" for name in ("createdAt", "updatedAt") if name not in said)


def _local_indexes(definitions: tuple[Definition, ...]) -> Iterator[str]:
    for model in models(definitions):
        partition, _ = primary_key(model)
        for field, index in indexes(model):
            if field.name == partition:
                yield index_label(model, field, index)


_RELATIONS = ("hasOne", "hasMany", "belongsTo", "manyToMany")


def _short_keys(definitions: tuple[Definition, ...]) -> Iterator[str]:
    keys = {model.name: primary_key(model) for model in models(definitions)}
    for model in models(definitions):
        for field in model.fields:
            relation = field.directive("hasOne", "hasMany", "belongsTo")
            if relation and not relation.arguments.get("fields") and not relation.arguments.get("indexName"):
                own_side = relation.name == "hasMany"
                holder = keys.get(model.name if own_side else field.base, ("id", ()))
                if holder != ("id", ()):
                    yield f"{model.name}.{field.name}"


def _joins(definitions: tuple[Definition, ...]) -> Iterator[str]:
    for model in models(definitions):
        for field in model.fields:
            relation = field.directive("manyToMany")
            if relation and relation.arguments.get("relationName"):
                yield str(relation.arguments["relationName"])


def _ownerless_groups(definitions: tuple[Definition, ...]) -> Iterator[str]:
    for model in models(definitions):
        said = tuple(_all_rules(model))
        creates = [r for r in said if "create" in r.get("operations", ("create",))]
        owner = any(r.get("allow") == "owner" for r in said)
        if owner and any(map(_is_static, creates)):
            yield model.name


def _is_static(rule: Mapping[str, Any]) -> bool:
    """Whether Gen 1 lets somebody in by the rule before it looks for an owner."""
    if rule.get("allow") == "private":
        return rule.get("provider") not in ("iam", "identityPool")
    return rule.get("allow") == "groups" and bool(rule.get("groups"))


def _related(definitions: tuple[Definition, ...]) -> Iterator[str]:
    for model in models(definitions):
        if any(field.directive(*_RELATIONS) for field in model.fields):
            yield model.name


_FLAGS: tuple[tuple[str, str, bool, bool, Touched], ...] = (
    ("owners_by_username", "usesubusernamefordefaultidentityclaim", True, True, owner_rules),
    ("indexes_without_query", "enableautoindexquerynames", False, True, _indexes_without_query),
    ("join_queries", "enableautoindexquerynames", False, True, _joins),
    ("partial_operations", "shoulddeepmergedirectiveconfigdefaults", False, True, _partial_operations),
    ("unwritten_timestamps", "shoulddeepmergedirectiveconfigdefaults", False, True, _unwritten_timestamps),
    ("local_indexes", "secondarykeyasgsi", False, True, _local_indexes),
    ("short_joins", "respectprimarykeyattributesonconnectionfield", False, True, _joins),
    ("short_keys", "respectprimarykeyattributesonconnectionfield", False, True, _short_keys),
    ("ownerless_groups", "populateownerfieldforstaticgroupauth", False, True, _ownerless_groups),
    ("inherited_subscriptions", "subscriptionsinheritprimaryauth", False, False, _related),
)
"""Attribute of `GraphqlSchema`, flag, its value where it is not said, its value in Gen 2, what it touches."""
