"""A structured file: its value as plain data, and positions worked out only when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from migrator.core.location import Location

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Pointer: TypeAlias = tuple[str | int, ...]

MAX_DEPTH = 200
"""Deeper nesting is refused: no settings file comes near it, and a hostile one would exhaust the stack."""


class Document:
    """One file, or a part of one, that was read.

    `name` is the path shown to users, relative to the project. `base` is where `root` stands in the file
    (`team-provider-info.json` holds one part for each resource).
    """

    __slots__ = ("_text", "base", "name", "path", "root")

    def __init__(self, path: Path, name: str, root: Json, text: str | None = None, base: Pointer = ()) -> None:
        self.path = path
        self.name = name
        self.root = root
        self.base = base
        self._text = text

    def __repr__(self) -> str:
        return f"Document({self.name}{format_pointer(self.base)})"

    def part(self, *keys: str | int) -> Document:
        """The document below `keys` as one of its own (empty when nothing is there)."""
        value: Json = self.root
        for key in keys:
            value = child(value, key)
        return Document(self.path, self.name, value, self._text, (*self.base, *keys))

    def leaves(self) -> Iterator[Pointer]:
        """Every scalar and every empty object or array: what the ledger counts."""
        yield from _leaves(self.root, ())

    def place(self, pointer: Pointer) -> Location:
        """The place of a value, without its line, which costs time (`positions.pinpoint` adds it when it is shown)."""
        return Location(self.name, format_pointer((*self.base, *pointer)))

    def locate(self, pointer: Pointer) -> Location:
        """The place of a value, with its line and column."""
        full = (*self.base, *pointer)
        line, column = self._position(full)
        return Location(self.name, format_pointer(full), line, column)

    def _position(self, pointer: Pointer) -> tuple[int, int]:
        from migrator.documents.positions import position  # only needed when a place is shown

        text = self._text
        if text is None:
            try:
                text = self.path.read_text(encoding="utf-8-sig", errors="replace")
            except OSError:
                return 0, 0  # the file went away after it was read: the pointer still says where
        return position(text, self.path.suffix, pointer)


def child(value: Json, key: str | int) -> Json:
    """The member or element at `key`, or None."""
    if isinstance(value, dict) and isinstance(key, str):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
        return value[key]
    return None


def format_pointer(pointer: Pointer) -> str:
    """A JSON pointer as RFC 6901 writes it."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in pointer)


def _leaves(value: Json, pointer: Pointer) -> Iterator[Pointer]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _leaves(item, (*pointer, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from _leaves(item, (*pointer, index))
    else:
        yield pointer
