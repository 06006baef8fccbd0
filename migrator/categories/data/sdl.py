"""GraphQL definitions as plain values with their places; the only module that knows the parser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from migrator.documents.document import Json

if TYPE_CHECKING:
    from graphql.language import ast

ROOTS = ("Query", "Mutation", "Subscription")


class SdlError(Exception):
    """Text that is no GraphQL: what is wrong, and where (both from 1)."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


class Directive(Struct, frozen=True):
    """`@name(arguments)`; the offsets are those of the text."""

    name: str
    arguments: Mapping[str, Json]
    start: int
    end: int
    places: Mapping[str, tuple[int, int]] = {}
    """Where the value of each argument stands."""
    ends: Mapping[str, tuple[int, ...]] = {}
    """For arguments that are objects, or lists of them: where the last member of each object ends."""


class Typed(Struct, frozen=True):
    """What has a name and a type."""

    name: str
    type: str
    """As written: `[Todo!]!`."""

    @property
    def base(self) -> str:
        """The type without lists and exclamation marks."""
        return self.type.strip("[]!")

    @property
    def is_list(self) -> bool:
        """Whether it holds several values."""
        return self.type.startswith("[")

    @property
    def required(self) -> bool:
        """Whether it is never null (a list may still hold nulls)."""
        return self.type.endswith("!")


class Argument(Typed, frozen=True):
    """An argument of a field. `default` is what stands after `=`, as written; empty for none."""

    default: str = ""
    directives: tuple[Directive, ...] = ()


class Field(Typed, frozen=True):
    """A field of a type or an input."""

    directives: tuple[Directive, ...] = ()
    start: int = 0
    end: int = 0
    arguments: tuple[Argument, ...] = ()
    default: str = ""
    """Of an input's field: what stands after `=`, as written; empty for none."""
    notes: tuple[str, ...] = ()
    """Lines of its description, and of the comments right above it."""
    above: int = 0
    """Where these begin; `start` where there are none."""

    def directive(self, *names: str) -> Directive | None:
        """The first directive of one of these names."""
        return next((d for d in self.directives if d.name in names), None)


class Value(Struct, frozen=True):
    """A value of an enum."""

    name: str
    directives: tuple[Directive, ...] = ()
    notes: tuple[str, ...] = ()


class Definition(Struct, frozen=True):
    """One definition: a type, an input, an enum and so on."""

    name: str
    kind: str
    """`type`, `input`, `enum`, `interface`, `union`, `scalar`, `directive`, `schema`."""
    directives: tuple[Directive, ...] = ()
    fields: tuple[Field, ...] = ()
    start: int = 0
    end: int = 0
    head: int = 0
    """Where a further directive can be put."""
    values: tuple[Value, ...] = ()
    """Of an enum."""
    interfaces: tuple[str, ...] = ()
    """That a type implements."""
    members: tuple[str, ...] = ()
    """Of a union."""
    extension: bool = False
    """Whether it is `extend type ...`."""
    notes: tuple[str, ...] = ()
    """Lines of its description, and of the comments right above it."""
    above: int = 0
    """Where these begin; `start` where there are none."""
    text: str = ""
    """Of `directive @name ...` and `schema { ... }`: as written, because nothing else tells what they say."""

    @property
    def is_model(self) -> bool:
        """Whether a table belongs to it."""
        return self.kind == "type" and self.directive("model") is not None

    def directive(self, *names: str) -> Directive | None:
        """The first directive of one of these names."""
        return next((d for d in self.directives if d.name in names), None)

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((f for f in self.fields if f.name == name), None)


@lru_cache(maxsize=64)
def parse(text: str) -> tuple[Definition, ...]:
    """The definitions of a text. Raises SdlError."""
    from migrator.documents.graphql_language import language  # slow to import: only where there is a schema

    parse_document, syntax_error = language()
    try:
        document = parse_document(text)
    except syntax_error as error:
        place = error.locations[0] if error.locations else None
        message = error.message.removeprefix("Syntax Error: ").rstrip(".")
        raise SdlError(message, place.line if place else 0, place.column if place else 0) from None
    except RecursionError:
        raise SdlError("It is nested too deeply", 1, 1) from None
    return tuple(_definition(node, text) for node in document.definitions)


def merged(definitions: Iterable[Definition]) -> tuple[Definition, ...]:
    """The definitions with every `extend type` put into the type that it extends, where that is there.

    Types of one name that are written twice are put together too; offsets are those of the first.
    """
    found: dict[tuple[str, str], Definition] = {}
    for one in definitions:
        key = (one.kind, one.name)
        if (first := found.get(key)) is None:
            found[key] = replace(one, extension=False)
            continue
        found[key] = replace(
            first,
            directives=first.directives + one.directives,
            fields=first.fields + one.fields,
            values=first.values + one.values,
            interfaces=first.interfaces + one.interfaces,
            members=first.members + one.members,
        )
    return tuple(found.values())


def held(name: str, types: Mapping[str, Definition]) -> frozenset[str]:
    """A type of these, and those that it holds, at any depth."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one in types and one not in found:
            found.add(one)
            waiting += (field.base for field in types[one].fields)
    return frozenset(found)


_KINDS = {
    "object_type": "type",
    "input_object_type": "input",
    "enum_type": "enum",
    "interface_type": "interface",
    "union_type": "union",
    "scalar_type": "scalar",
}


def _definition(node: ast.DefinitionNode, text: str) -> Definition:
    kind = node.kind.removesuffix("_definition").removesuffix("_extension")
    name = getattr(node, "name", None)
    directives = () if kind == "directive" else _directives(node)
    interfaces = getattr(node, "interfaces", None) or ()
    before = [name, *interfaces, *(getattr(node, "directives", None) or ())] if kind != "directive" else [name]
    start = _start(node, text)
    return Definition(
        name=name.value if name else kind,
        kind=_KINDS.get(kind, kind.removesuffix("_definition")),
        directives=directives,
        fields=tuple(_field(f, text) for f in getattr(node, "fields", None) or ()),
        start=start,
        end=node.loc.end if node.loc else 0,
        head=max((n.loc.end for n in before if n is not None and n.loc), default=0),
        values=tuple(Value(v.name.value, _directives(v), _notes(v, text)) for v in getattr(node, "values", None) or ()),
        interfaces=tuple(i.name.value for i in interfaces),
        members=tuple(m.name.value for m in getattr(node, "types", None) or ()),
        extension=node.kind.endswith("_extension"),
        notes=_notes(node, text),
        above=_above(node, text),
        text="" if kind in _KINDS or node.loc is None else text[start : node.loc.end],
    )


def _start(node: ast.DefinitionNode, text: str) -> int:
    """Where the definition begins, after its description."""
    description = getattr(node, "description", None)
    at = description.loc.end if description is not None and description.loc else (node.loc.start if node.loc else 0)
    while at < len(text) and text[at] in " \t\r\n,\ufeff":
        at += 1
    return at


def _above(node: Any, text: str) -> int:
    """Where a definition begins, with the comment lines right above it and its description."""
    at = start = text.rfind("\n", 0, node.loc.start) + 1 if node.loc else 0
    if text[at : node.loc.start].strip():
        return int(node.loc.start)
    while start:
        start = text.rfind("\n", 0, start - 1) + 1
        if not text[start:at].lstrip().startswith("#"):
            break
        at = start
    return at


def _notes(node: Any, text: str) -> tuple[str, ...]:
    """The comment lines right above a definition, and its description."""
    above = text[_above(node, text) : node.loc.start].split("\n")
    comments = [line.lstrip().lstrip("#").strip() for line in above if line.lstrip().startswith("#")]
    description = getattr(node, "description", None)
    said = description.value.strip().split("\n") if description is not None else []
    return (*(line for line in comments if line), *(line.rstrip() for line in said))


def _field(node: Any, text: str) -> Field:
    return Field(
        node.name.value,
        _type(node.type),
        _directives(node),
        node.name.loc.start,
        node.loc.end,
        tuple(
            Argument(a.name.value, _type(a.type), _default(a, text), _directives(a))
            for a in getattr(node, "arguments", None) or ()
        ),
        _default(node, text),
        _notes(node, text),
        _above(node, text),
    )


def _default(node: Any, text: str) -> str:
    value = getattr(node, "default_value", None)
    return text[value.loc.start : value.loc.end] if value is not None else ""


def _type(node: Any) -> str:
    match node.kind:
        case "non_null_type":
            return f"{_type(node.type)}!"
        case "list_type":
            return f"[{_type(node.type)}]"
        case _:
            return str(node.name.value)


def _directives(node: Any) -> tuple[Directive, ...]:
    return tuple(
        Directive(
            d.name.value,
            {a.name.value: _value(a.value) for a in d.arguments or ()},
            d.loc.start,
            d.loc.end,
            {a.name.value: (a.value.loc.start, a.value.loc.end) for a in d.arguments or ()},
            {a.name.value: tuple(_ends(a.value)) for a in d.arguments or ()},
        )
        for d in node.directives or ()
    )


def _ends(node: Any) -> Iterator[int]:
    for item in node.values if node.kind == "list_value" else (node,):
        if item.kind == "object_value":
            yield item.fields[-1].loc.end if item.fields else item.loc.start + 1


def _value(node: Any) -> Json:
    match node.kind:
        case "list_value":
            return [_value(item) for item in node.values]
        case "object_value":
            return {field.name.value: _value(field.value) for field in node.fields}
        case "int_value":
            return int(node.value)
        case "float_value":
            return float(node.value)
        case "null_value":
            return None
        case "variable":
            return f"${node.name.value}"
        case _:
            value: str | bool = node.value
            return value
