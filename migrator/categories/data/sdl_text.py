"""Definitions as the text of a schema; what `sdl.parse` makes of the text are the same definitions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from migrator.categories.data.sdl import Argument, Definition, Directive, Field, Value
from migrator.documents.document import Json

_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]*")
_WORDS: Mapping[str, frozenset[str]] = {
    "auth": frozenset({"allow", "provider", "operations", "queries", "mutations"}),
    "function": frozenset({"invocationType"}),
    "http": frozenset({"method"}),
    "index": frozenset({"type"}),
    "model": frozenset({"level"}),
    "predictions": frozenset({"actions"}),
    "validate": frozenset({"type"}),
}
"""By directive the arguments, or members of them, whose values are words of an enum and not strings."""


def printed(definitions: Iterable[Definition]) -> str:
    """The definitions one after the other, without descriptions and comments."""
    return "\n".join(_definition(definition) for definition in definitions)


def printed_directive(directive: Directive) -> str:
    """`@name(arguments)`."""
    if not directive.arguments:
        return f"@{directive.name}"
    words = _WORDS.get(directive.name, frozenset())
    said = ", ".join(f"{name}: {_value(value, name, words)}" for name, value in directive.arguments.items())
    return f"@{directive.name}({said})"


def printed_field(field: Field) -> str:
    """`name(arguments): Type @directives`."""
    arguments = f"({', '.join(map(_argument, field.arguments))})" if field.arguments else ""
    default = f" = {field.default}" if field.default else ""
    return " ".join((f"{field.name}{arguments}: {field.type}{default}", *map(printed_directive, field.directives)))


def _definition(definition: Definition) -> str:
    if definition.text:
        return f"{definition.text}\n"
    head = " ".join(_head(definition))
    lines = (*map(printed_field, definition.fields), *map(_enum_value, definition.values))
    return f"{head} {{\n{_indented(lines)}}}\n" if lines else f"{head}\n"


def _head(definition: Definition) -> Iterator[str]:
    if definition.extension:
        yield "extend"
    yield f"{definition.kind} {definition.name}"
    if definition.interfaces:
        yield f"implements {' & '.join(definition.interfaces)}"
    yield from map(printed_directive, definition.directives)
    if definition.members:
        yield f"= {' | '.join(definition.members)}"


def _indented(lines: Sequence[str]) -> str:
    return "".join(f"  {line}\n" for line in lines)


def _enum_value(value: Value) -> str:
    return " ".join((value.name, *map(printed_directive, value.directives)))


def _argument(argument: Argument) -> str:
    default = f" = {argument.default}" if argument.default else ""
    return " ".join((f"{argument.name}: {argument.type}{default}", *map(printed_directive, argument.directives)))


def _value(value: Json, name: str, words: frozenset[str]) -> str:
    """A value; `name` is the argument or the member that it belongs to."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_value(one, key, words)}" for key, one in value.items()) + "}"
        case list():
            return f"[{', '.join(_value(one, name, words) for one in value)}]"
        case str() if name in words and _NAME.fullmatch(value):
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)
