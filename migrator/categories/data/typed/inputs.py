"""`input` types that `a.schema` makes of custom types which operations take as arguments.

`a.ref('Address')` as an argument makes `input AddressInput` of `type Address`; a custom type written within the
argument `where` of the operation `search` makes `input SearchWhereInput`. Others cannot be made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from migrator.categories.data.sdl import Argument, Definition, Field, held
from migrator.categories.data.typed.keys import upper
from migrator.categories.data.typed.operations import is_custom, is_root

_ENDING = "Input"


def said_inputs(definitions: tuple[Definition, ...]) -> Mapping[str, str]:
    """Inputs that the operations make: by name, the type that is referred to, or nothing for one written in place."""
    known = {definition.name: definition for definition in definitions if definition.kind == "input"}
    outlines = _outlines(known, definitions)
    used = _uses(definitions)
    found: dict[str, str] = {}
    for root in definitions:
        for operation in root.fields if is_root(root) else ():
            for argument in operation.arguments:
                prefix = f"{upper(operation.name)}{upper(argument.name)}"
                for name in _made(argument, prefix, known, outlines, used):
                    found[name] = outlines.get(name, "")
    return found


def with_outlines(definitions: tuple[Definition, ...]) -> tuple[tuple[Definition, ...], frozenset[str]]:
    """The definitions with a custom type for each input that needs one to be made, before it; and their names.

    Such a type is nothing that Gen 1 has.
    """
    known = {definition.name: definition for definition in definitions if definition.kind == "input"}
    names = {definition.name for definition in definitions}
    said = said_inputs(definitions)
    lacking = {
        n for n, d in known.items() if n not in said and n.removesuffix(_ENDING) not in {n, *names} and _is_plain(d)
    }
    while True:  # an input that holds one which cannot be made cannot be made either
        kept = {n for n in lacking if all(f.base in lacking or f.base not in known for f in known[n].fields)}
        if kept == lacking:
            break
        lacking = kept
    made = {name: _outline(known[name], lacking) for name in lacking}
    listed = (one for d in definitions for one in ((made[d.name], d) if d.name in made else (d,)))
    return tuple(listed), frozenset(outline.name for outline in made.values())


def _outline(made: Definition, names: set[str]) -> Definition:
    """The custom type of which `a.ref` makes an input."""
    fields = (
        replace(f, type=f.type.replace(f.base, f.base.removesuffix(_ENDING)) if f.base in names else f.type)
        for f in made.fields
    )
    return Definition(made.name.removesuffix(_ENDING), "type", fields=tuple(fields), notes=made.notes)


def _uses(definitions: tuple[Definition, ...]) -> Counter[str]:
    used: Counter[str] = Counter()
    for definition in definitions:
        for field in definition.fields:
            used.update(argument.base for argument in field.arguments)
            if definition.kind == "input":
                used[field.base] += 1
    return used


def _outlines(known: Mapping[str, Definition], definitions: tuple[Definition, ...]) -> Mapping[str, str]:
    """Inputs with the fields of a custom type of their name without the ending."""
    types = {definition.name: definition for definition in definitions if is_custom(definition)}
    found: dict[str, str] = {}
    for name, definition in known.items():
        type_name = name.removesuffix(_ENDING)
        if name != type_name and type_name in types and _alike(definition, types[type_name], types):
            found[name] = type_name
    while True:
        kept = {n: t for n, t in found.items() if all(f.base in found for f in known[n].fields if f.base in known)}
        if kept == found:
            return found
        found = kept


def _alike(made: Definition, of: Definition, types: Mapping[str, Definition]) -> bool:
    expected = {f.name: f.type.replace(f.base, f"{f.base}{_ENDING}") if f.base in types else f.type for f in of.fields}
    plain = _is_plain(made) and not any(field.arguments for field in of.fields)
    return plain and {field.name: field.type for field in made.fields} == expected


def _is_plain(made: Definition) -> bool:
    return not made.directives and not any(field.default or field.directives for field in made.fields)


def _made(
    holder: Argument | Field,
    prefix: str,
    known: Mapping[str, Definition],
    outlines: Mapping[str, str],
    used: Counter[str],
) -> Iterator[str]:
    """The inputs that an argument makes, or a field of one that is written in place; none where one cannot be made."""
    name = holder.base
    if name in outlines:
        yield from held(name, known)
    elif name in known and holder.type == name == f"{prefix}{_ENDING}" and used[name] == 1 and _is_plain(known[name]):
        inner = [(f, tuple(_made(f, f"{prefix}{upper(f.name)}", known, outlines, used))) for f in known[name].fields]
        if all(made or field.base not in known for field, made in inner):
            yield name
            yield from (one for _, made in inner for one in made)
