"""Relations in Gen 2's form, with the foreign key named on both sides, and the patches that give Gen 1's form back.

The transformer takes either form, but one only for the relations between a model and another that points to it. Gen 2's
is left as it is where tables and resolvers are the same:
https://docs.amplify.aws/react/build-a-backend/data/data-modeling/relationships/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from migrator.categories.data.sdl import Definition, Directive, Field
from migrator.categories.data.sdl_text import printed_directive
from migrator.categories.data.typed.joins import joined
from migrator.categories.data.typed.keys import strings
from migrator.categories.data.typed.model import Fallback, Patch, PatchKind
from migrator.categories.data.typed.pairs import Pair, is_native, looks_at_fields, paired, refusals, used_names
from migrator.categories.data.typed.sides import RELATIONS, Side, sides

_LIMIT = 100
"""What `@hasMany` without a limit has."""


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
    names = used_names(tuple(models.values()), real)
    pairs: list[Pair] = []
    for between in dict.fromkeys((one.child, one.parent) for one in real):
        group = paired([one for one in real if (one.child, one.parent) == between], names)
        if reasons := tuple(refusals(group, models)):
            fallbacks += reasons
        else:
            native = is_native(group, models)
            pairs += (replace(pair, native=native) for pair in group)
    typed = tuple(_typed(d, pairs) if d.is_model else d for d in explicit)
    return typed, tuple(_patches(pairs, models)), tuple(fallbacks)


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
        if not pair.native and looks_at_fields(child):
            for field in pair.stored:
                if child.field(field.name) is None:  # the transformer makes it itself, and lists it otherwise
                    yield Patch(PatchKind.RELATION, f"{child.name}.{field.name}")


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
