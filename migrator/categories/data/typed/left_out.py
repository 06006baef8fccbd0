"""Fields that `a.schema` cannot hold, in types that it can: left out there, and added to the SDL by a patch.

The client has no types for such a field, and has them for all else: a field of a model's type that is no relation, a
list of lists, a field with arguments.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set

from msgspec.structs import replace

from migrator.categories.data.flags import indexes, primary_key
from migrator.categories.data.sdl import Definition, Field
from migrator.categories.data.sdl_text import printed_field
from migrator.categories.data.typed.keys import strings
from migrator.categories.data.typed.model import Fallback, Patch, PatchKind
from migrator.categories.data.typed.operations import is_root
from migrator.categories.data.typed.sides import RELATIONS


def left_out(found: Iterable[Fallback], definitions: Iterable[Definition]) -> frozenset[str]:
    """The places of fields (`Post.meta`) that are all that keeps their types from being typed."""
    listed = tuple(found)
    alone = {one.place for one in listed if one.alone} - {one.place for one in listed if not one.alone}
    places: set[str] = set()
    for definition in definitions:
        own = {field.name for field in definition.fields if f"{definition.name}.{field.name}" in alone}
        if own and _can_lack(definition, own):
            places |= {f"{definition.name}.{name}" for name in own}
    return frozenset(places)


def with_references(definition: Definition, types: Set[str], places: frozenset[str]) -> frozenset[str] | None:
    """The places with those of the type's fields that refer to the types; nothing when it cannot be without them."""
    lacking = {field.name for field in definition.fields if f"{definition.name}.{field.name}" in places}
    more = {field.name for field in definition.fields if types & _mentioned(field)} - lacking
    if not more:
        return places
    if not _can_lack(definition, lacking | more):
        return None
    return places | {f"{definition.name}.{name}" for name in more}


def _mentioned(field: Field) -> set[str]:
    return {field.base, *(argument.base for argument in field.arguments)}


def _can_lack(definition: Definition, names: Collection[str]) -> bool:
    """Whether other fields are worth a type, and neither keys nor relations need these."""
    others = {field.name for field in definition.fields} - {*names}
    if definition.kind != "type" or is_root(definition) or not others - ({"id"} if definition.is_model else set()):
        return False
    used = _used(definition) if definition.is_model else set()
    return not used & {*names}


def _used(model: Definition) -> set[str]:
    """Fields of keys, of indexes and of relations."""
    partition, sort = primary_key(model)
    used = {partition, *sort}
    for field, index in indexes(model):
        used |= {field.name, *strings(index, "sortKeyFields")}
    for field in model.fields:
        if related := field.directive(*RELATIONS, "manyToMany"):
            used |= {field.name, *strings(related, "fields"), *strings(related, "references")}
    return used


def without_fields(definitions: Iterable[Definition], places: Collection[str]) -> tuple[Definition, ...]:
    """The definitions without the fields."""
    return tuple(
        replace(one, fields=tuple(f for f in one.fields if f"{one.name}.{f.name}" not in places)) for one in definitions
    )


def added_fields(definitions: Iterable[Definition], places: Collection[str]) -> Iterator[Patch]:
    """The patches that add the fields, as they are written."""
    for one in definitions:
        for field in one.fields:
            if (place := f"{one.name}.{field.name}") in places:
                yield Patch(PatchKind.FIELD, place, wanted=printed_field(field))
