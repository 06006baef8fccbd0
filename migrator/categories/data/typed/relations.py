"""Relations in Gen 2's form, with the foreign key named on both sides, and the patches that give Gen 1's form back.

The transformer takes either form, but one only for the relations between a model and another that points to it. Gen 2's
is left as it is where tables and resolvers are the same:
https://docs.amplify.aws/react/build-a-backend/data/data-modeling/relationships/
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from migrator.categories.data.flags import rules
from migrator.categories.data.sdl import Definition, Directive, Field
from migrator.categories.data.sdl_text import printed_directive
from migrator.categories.data.typed.joins import joined
from migrator.categories.data.typed.keys import key_fields, lower, strings, upper
from migrator.categories.data.typed.model import Fallback, Patch, PatchKind
from migrator.categories.data.typed.sides import RELATIONS, Side, sides

_LIMIT = 100
"""What `@hasMany` without a limit has."""
_TEXTS = {"ID", "String"}
"""Types of which one can hold a key of the other."""


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


def touching(definitions: Iterable[Definition]) -> Mapping[str, frozenset[str]]:
    """For each model the models that it is related with, on whichever side the relation is written."""
    models = {d.name: d for d in definitions if d.is_model}
    found: dict[str, set[str]] = {name: set() for name in models}
    for name, model in models.items():
        for field in model.fields:
            if field.directive(*RELATIONS, "manyToMany") and field.base in models:
                found[name].add(field.base)
                found[field.base].add(name)
    return {name: frozenset(others) for name, others in found.items()}


def rewritten(
    definitions: tuple[Definition, ...],
) -> tuple[tuple[Definition, ...], tuple[Patch, ...], tuple[Fallback, ...]]:
    """The definitions with relations by `references`, the patches of what these emit, and relations without that form.

    The latter stay as they are, with all that are between the same models.
    """
    explicit, refused = joined(definitions)
    models = {d.name: d for d in explicit if d.is_model}
    found = tuple(sides(explicit))
    real = [one for one in found if isinstance(one, Side)]
    fallbacks = [*refused, *(one for one in found if isinstance(one, Fallback))]
    names = {model.name: Counter(field.name for field in model.fields) for model in models.values()}
    for one in real:
        names[one.child].update(field.name for field in one.stored)
    pairs: list[Pair] = []
    for between in dict.fromkeys((one.child, one.parent) for one in real):
        group = _paired([one for one in real if (one.child, one.parent) == between], names)
        if reasons := tuple(_refusals(group, models)):
            fallbacks += reasons
        else:
            native = _is_native(group, models)
            pairs += (replace(pair, native=native) for pair in group)
    typed = tuple(_typed(d, pairs) if d.is_model else d for d in explicit)
    return typed, tuple(_patches(pairs, models)), tuple(fallbacks)


def _paired(group: Sequence[Side], names: Mapping[str, Counter[str]]) -> list[Pair]:
    """The sides of all relations between two models, each with its other one, which is added where there is none."""
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


def _refusals(group: Iterable[Pair], models: Mapping[str, Definition]) -> Iterator[Fallback]:
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


def _is_native(group: Sequence[Pair], models: Mapping[str, Definition]) -> bool:
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
        and not _looks_at_fields(models[child.child])
    )


def _looks_at_fields(model: Definition) -> bool:
    """Whether access is decided field by field: a foreign key that is declared is in other lists then."""
    if any(field.directive("auth") for field in model.fields):
        return True
    said = (rule.get("operations") for rule in rules(model))
    return any(isinstance(named, list) and "delete" in named and "update" not in named for named in said)


def _typed(model: Definition, pairs: Sequence[Pair]) -> Definition:
    """The model in Gen 2's form; foreign keys stand before the relation that they are of."""
    own = {side.field.name: (side, pair) for pair in pairs for side in pair.sides if side.model == model.name}
    stored = {field.name: field for pair in pairs if pair.child.child == model.name for field in pair.stored}
    for field in model.fields:
        stored.pop(field.name, None)
    fields: list[Field] = []
    for field in model.fields:
        side, pair = own.pop(field.name, (None, None))
        if side is None or pair is None:
            fields.append(field)
            continue
        fields += (stored.pop(key.name) for key in (pair.stored if side.holds else ()) if key.name in stored)
        fields.append(_by_references(side))
    return replace(model, fields=(*fields, *stored.values(), *(_by_references(side) for side, _ in own.values())))


def _by_references(side: Side) -> Field:
    others = (d for d in side.field.directives if d.name not in RELATIONS)
    related = Directive(_kind(side), {"references": list(side.keys)}, 0, 0)
    return replace(side.field, type=_type(side), directives=(related, *others))


def _kind(side: Side) -> str:
    return "belongsTo" if side.holds else "hasMany" if side.field.is_list else "hasOne"


def _type(side: Side) -> str:
    return f"[{side.field.base}]" if side.field.is_list else side.field.base


def _patches(pairs: Iterable[Pair], models: Mapping[str, Definition]) -> Iterator[Patch]:
    for pair in pairs:
        for side in pair.sides:
            if side.added:
                yield Patch(PatchKind.COUNTERPART, side.place)
            elif (patch := _relation(side, pair.native)).found != patch.wanted:
                yield patch
        child = models[pair.child.child]
        if not pair.native and _looks_at_fields(child):
            for field in pair.stored:
                if child.field(field.name) is None:
                    yield Patch(PatchKind.COUNTERPART, f"{child.name}.{field.name}")


def _relation(side: Side, native: bool) -> Patch:
    """The patch to Gen 1's form; with `native` to Gen 2's with what `a.schema` leaves out of it."""
    keys = ",".join(f'"{key}"' for key in side.keys)
    found = f"@{_kind(side)}(references: [{keys}])"
    said = {name: value for name, value in side.directive.arguments.items() if (name, value) != ("limit", _LIMIT)}
    if names := strings(side.directive, "fields"):
        said["fields"] = [*names]
    if native:
        more = {name: value for name, value in said.items() if name != "references"}
        wanted = printed_directive(Directive("", more, 0, 0)).removeprefix("@").strip("()")
        return Patch(PatchKind.RELATION, side.place, found, f"{found[:-1]}, {wanted})" if more else found)
    wanted = printed_directive(Directive(side.directive.name, said, 0, 0))
    if side.field.type != _type(side):
        found, wanted = f"{_type(side)} {found}", f"{side.field.type} {wanted}"
    return Patch(PatchKind.RELATION, side.place, found, wanted)
