"""What of a schema becomes `a.schema`, and what stays SDL: decided by tables alone, before anything is run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec.structs import replace

from migrator.categories.data.model import SchemaFile
from migrator.categories.data.sdl import ROOTS, Definition, Field, merged, parse
from migrator.categories.data.typed.model import Fallback, Patch, PatchKind, Plan, Style
from migrator.core.errors import ConversionError

_ORDER = tuple(PatchKind)


@lru_cache(maxsize=16)
def plan(texts: tuple[str, ...]) -> Plan:
    """What becomes of the schema in these files, which say explicitly what Gen 2 would take otherwise (`edits`)."""
    from migrator.categories.data.typed.directives import stripped  # where a schema is to be typed
    from migrator.categories.data.typed.inputs import with_outlines
    from migrator.categories.data.typed.left_out import added_fields, left_out, without_fields
    from migrator.categories.data.typed.relations import rewritten, touching
    from migrator.categories.data.typed.sayable import fallbacks, unsaid_inputs

    definitions, outlines = with_outlines(merged(definition for text in texts for definition in parse(text)))
    found = tuple(dict.fromkeys(fallbacks(definitions)))
    if any(one.whole for one in found):
        return Plan(Style.SDL, fallbacks=found)
    lacking = left_out(found, definitions)
    apart = tuple(one for one in found if one.place in lacking)
    found = tuple(one for one in found if one.place not in lacking)
    related = touching(definitions)
    while True:
        rest, fields = _closed({_owner(one.place) for one in found}, lacking, definitions, related)
        unused = {name for name in outlines if f"{name}Input" in rest}
        typed, patches, more = rewritten(tuple(_without(rest | unused, definitions)))
        more = (*more, *unsaid_inputs(typed))
        if not more:
            break
        found = tuple(dict.fromkeys((*found, *more)))
    if not any(d.is_model for d in typed) and (not typed or any(d.is_model for d in definitions)):
        return Plan(Style.SDL, fallbacks=(*found, *apart))
    plain, others = stripped(without_fields(typed, fields), patches)
    left = tuple(place for place in _left(rest, definitions) if place not in outlines)
    surplus = (Patch(PatchKind.INPUT, one.name) for one in plain if one.name in outlines)
    others = (*others, *surplus, *added_fields(typed, fields))
    ordered = sorted((*patches, *others), key=lambda patch: _ORDER.index(patch.kind))
    style = Style.MIXED if left or fields else Style.TYPED
    return Plan(style, plain, left, tuple(ordered), (*found, *apart))


def chosen_plan(files: Iterable[SchemaFile], style: str) -> Plan:
    """The plan in the style asked for: `auto`, `typed` (the whole schema, or nothing) or `sdl`.

    Raises ConversionError when the whole schema is to be typed and cannot be.
    """
    if style == "sdl":
        return Plan(Style.SDL)
    planned = plan(tuple(file.text for file in files))
    if style == "typed" and planned.style is not Style.TYPED:
        first, *more = reasons(planned.fallbacks) or ("it holds nothing to type",)
        others = f", and {len(more)} more" if more else ""
        raise ConversionError(
            f"the schema cannot be typed as a whole: {first}{others}",
            hint="Leave --schema out: what can be typed is, and the rest stays SDL.",
        )
    return planned


def _owner(place: str) -> str:
    """What stays SDL because of a place: an operation by itself, of other types the whole."""
    type_name, _, field = place.partition(".")
    return place if field and type_name in ROOTS else type_name


def _closed(
    places: set[str],
    lacking: frozenset[str],
    definitions: tuple[Definition, ...],
    related: Mapping[str, frozenset[str]],
) -> tuple[frozenset[str], frozenset[str]]:
    """The places with all that refers to them, and the fields that are left out of types that do not have to.

    `a.schema` cannot refer to types that it does not hold.
    """
    from migrator.categories.data.typed.left_out import with_references  # where a schema is to be typed

    fields = lacking
    while True:
        before = len(places), len(fields)
        for definition in definitions:
            if definition.name in ROOTS and definition.kind == "type":
                operations = (f for f in definition.fields if places & _mentioned(f, definitions))
                places |= {f"{definition.name}.{field.name}" for field in operations}
                continue
            beside = {*definition.interfaces, *related.get(definition.name, ())}
            more = None if places & beside else with_references(definition, places, fields)
            fields = fields if more is None else more
            places |= {definition.name} if more is None else set()
        if (len(places), len(fields)) == before:
            return frozenset(places), fields


def _mentioned(operation: Field, definitions: tuple[Definition, ...]) -> set[str]:
    """Types of an operation, and the operations that a subscription listens to with their models."""
    found = {operation.base, *(argument.base for argument in operation.arguments)}
    source = operation.directive("aws_subscribe")
    names = source.arguments.get("mutations") if source else None
    for name in names if isinstance(names, list) else [names] if names else []:
        found.add(f"Mutation.{name}")
        found |= {d.name for d in definitions if d.is_model and str(name).endswith(d.name)}
    return found


def _without(rest: frozenset[str], definitions: Iterable[Definition]) -> Iterator[Definition]:
    for definition in definitions:
        if definition.name in rest:
            continue
        if definition.name in ROOTS and definition.kind == "type":
            kept = tuple(f for f in definition.fields if f"{definition.name}.{f.name}" not in rest)
            if kept:
                yield replace(definition, fields=kept)
        else:
            yield definition


def _left(rest: frozenset[str], definitions: Iterable[Definition]) -> Iterator[str]:
    """What is left to SDL, in the schema's order."""
    for definition in definitions:
        if definition.name in rest:
            yield definition.name
        elif definition.name in ROOTS:
            yield from (place for f in definition.fields if (place := f"{definition.name}.{f.name}") in rest)


def reasons(found: Iterable[Fallback]) -> tuple[str, ...]:
    """The fallbacks as sentences, for people."""
    return tuple(f"{one.place}: {one.construct} ({one.reason})" for one in found)
