"""Relations between two models: each side with its other one, and which form means what Gen 1's does.

What the transformer and data-schema 1.26 take was tried with both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from migrator.categories.data.flags import rules
from migrator.categories.data.sdl import Definition, Directive, Field
from migrator.categories.data.typed.keys import key_fields, lower, upper
from migrator.categories.data.typed.model import Fallback
from migrator.categories.data.typed.rules import INHERITED
from migrator.categories.data.typed.sides import Side

_TEXTS = {"ID", "String"}
"""Types of which one can hold a key of the other."""
_IMPLICIT = ("id", "createdAt", "updatedAt", "owner", "groups")
"""Fields that models have without saying so."""


class Pair(Struct, frozen=True):
    """Both sides of a relation. `native`: Gen 2's form means what Gen 1's does, and is not patched."""

    child: Side
    parent: Side
    native: bool = False

    @property
    def sides(self) -> tuple[Side, Side]:
        """The parent's first, as the patches go."""
        return self.parent, self.child

    @property
    def stored(self) -> tuple[Field, ...]:
        """Fields that Gen 1 adds to the child."""
        return (*self.parent.stored, *self.child.stored)


def used_names(models: Sequence[Definition], sides: Iterable[Side]) -> Mapping[str, Counter[str]]:
    """By model, the names that an added field cannot have."""
    found = {model.name: Counter((*_IMPLICIT, *INHERITED, *(f.name for f in model.fields))) for model in models}
    for model in models:
        holders: tuple[Definition | Field, ...] = (model, *model.fields)
        for holder in holders:
            fields = (rule.get(name) for rule in rules(holder) for name in ("ownerField", "groupsField"))
            found[model.name].update(str(field) for field in fields if field)
    for side in sides:
        found[side.child].update(field.name for field in side.stored)
    return found


def paired(group: Sequence[Side], names: Mapping[str, Counter[str]]) -> list[Pair]:
    """The sides of all relations of one model to another, each with its other one; where there is none, it is added.

    A side without a key of its own, which Gen 1 relates by the types alone, gets what is left.
    """
    parents = [one for one in group if not one.holds]
    pairs: list[Pair] = []
    for child in sorted((one for one in group if one.holds), key=lambda one: one.loose):
        same = next((one for one in parents if one.keys == child.keys), None)
        if same is None and child.loose and parents:
            same = parents[0]
        if same is not None:
            parents.remove(same)
            child = replace(child, keys=same.keys)
        pairs.append(Pair(child, same or _added(child, names)))
    return [*pairs, *(Pair(_added(parent, names), parent) for parent in parents)]


def _added(side: Side, names: Mapping[str, Counter[str]]) -> Side:
    """The other side of one that Gen 1 has alone."""
    model, related = (side.parent, side.child) if side.holds else (side.child, side.parent)
    many = side.directive.name == "belongsTo" and side.loose
    kind = "belongsTo" if not side.holds else "hasMany" if many else "hasOne"
    name = lower(related)
    if names[model][name]:
        name = f"{name}Of{upper(side.field.name)}"
    while names[model][name]:
        name += "_"
    names[model][name] += 1
    field = Field(name, f"[{related}]" if many else related, (Directive(kind, {}, 0, 0),))
    return Side(field, side.child, side.parent, not side.holds, side.keys, added=True)


def refusals(group: Iterable[Pair], models: Mapping[str, Definition]) -> Iterator[Fallback]:
    """Relations that `a.schema` does not take, whatever is patched afterwards."""
    seen: set[tuple[str, ...]] = set()
    for pair in group:
        keys = pair.child.keys
        reason = f"another relation is over {', '.join(keys)}" if keys in seen else _mismatch(pair, models)
        seen.add(keys)
        for side in pair.sides if reason else ():
            if not side.added:
                yield Fallback(side.place, f"@{side.directive.name}", reason)


def _mismatch(pair: Pair, models: Mapping[str, Definition]) -> str:
    """Why the foreign key cannot hold the parent's primary key; empty when it can."""
    child, parent = models[pair.child.child], models[pair.child.parent]
    held = {field.name: field for field in (*pair.stored, *child.fields)}
    keys = key_fields(parent)
    if len(keys) != len(pair.child.keys):
        return f"{', '.join(pair.child.keys)} is not the whole primary key of {parent.name}"
    for name, key in zip(pair.child.keys, keys, strict=True):
        field = held.get(name)
        if field is None:
            return f"{child.name} has no field {name}"
        if field.is_list or not (field.base == key.base or {field.base, key.base} <= _TEXTS):
            return f"{child.name}.{name} is a {field.type}, and {parent.name}.{key.name} a {key.type}"
    return ""


def is_native(group: Sequence[Pair], models: Mapping[str, Definition]) -> bool:
    """Whether Gen 2's form has the same tables and resolvers: one `@hasMany` and its `@belongsTo`, over one field."""
    if all("references" in side.directive.arguments for pair in group for side in pair.sides):
        return True
    if len(group) != 1 or any(side.added for side in group[0].sides):
        return False
    child, parent = group[0].child, group[0].parent
    others = models[child.parent].fields
    return (
        parent.directive.name == "hasMany"
        and set(parent.directive.arguments) <= {"limit"}
        and child.directive.name == "belongsTo"
        and not child.directive.arguments
        and not child.field.required
        and len(child.keys) == 1
        and not any(field.base == child.child and field.directive("hasOne") for field in others)
        and not looks_at_fields(models[child.child])
    )


def looks_at_fields(model: Definition) -> bool:
    """Whether access or search is decided field by field: a foreign key that is declared is in other lists then."""
    if model.directive("searchable") or any(field.directive("auth") for field in model.fields):
        return True
    said = (rule.get("operations") for rule in rules(model))
    return any(isinstance(named, list) and "delete" in named and "update" not in named for named in said)
