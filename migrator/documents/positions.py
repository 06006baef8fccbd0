"""Lines and columns of values, worked out only when a place is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from migrator.core.location import Location
from migrator.documents.document import Pointer
from migrator.documents.literal import line_and_column

_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_TOKEN = re.compile(
    r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|//[^\n]*|/\*.*?\*/|[\[\]{}(),]", re.DOTALL
)
_KEY = re.compile(r"(?P<quote>[\"'])(?P<quoted>(?:[^\\]|\\.)*?)(?P=quote)|(?P<bare>[\w$]+)", re.DOTALL)
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")
_LARGEST = 50_000_000


def position(text: str, suffix: str, pointer: Pointer) -> tuple[int, int]:
    """Line and column, from 1, of the member's name or the element at `pointer`, or of what encloses it when absent."""
    suffix = suffix.lower()
    if suffix in (".yml", ".yaml") and not text.lstrip().startswith(("{", "[")):
        from migrator.documents.yaml_text import yaml_position

        return yaml_position(text, pointer)
    if suffix in (".js", ".mjs", ".cjs", ".ts", ".dart"):
        from migrator.documents.javascript import literal_offset

        return _literal_position(text, literal_offset(text, suffix) or 0, pointer)
    return _literal_position(text, 0, pointer)


def pinpoint(location: Location, root: Path) -> Location:
    """The location with its line and column, when the file below `root` can be read."""
    if location.line or not location.file:
        return location
    path = root / location.file
    try:
        if path.stat().st_size > _LARGEST:
            return location
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return location  # the file went away since: the pointer still says where
    line, column = position(text, path.suffix, parse_pointer(location.pointer))
    return Location(location.file, location.pointer, line, column)


def parse_pointer(text: str) -> Pointer:
    """The parts of a JSON pointer; what can be an index becomes a number, and is matched as a name too."""
    parts = (part.replace("~1", "/").replace("~0", "~") for part in text.split("/")[1:])
    return tuple(int(part) if _INDEX.fullmatch(part) else part for part in parts)


def _literal_position(text: str, start: int, pointer: Pointer) -> tuple[int, int]:
    shown = at = _skip_space(text, start)
    for part in pointer:
        found = None
        for name, index, name_at, value_at in _members(text, at):
            if str(part) == name if name is not None else part == index:
                found = name_at, value_at
        if found is None:
            break
        shown, at = found
    return line_and_column(text, min(shown, len(text)))


def _members(text: str, opened: int) -> Iterator[tuple[str | None, int, int, int]]:
    """Name (None in a list), index, offset of the name and offset of the value of each member."""
    if text[opened : opened + 1] not in ("{", "["):
        return
    named = text[opened] == "{"
    at = _skip_space(text, opened + 1)
    index = 0
    while at < len(text) and text[at] not in "}]":
        name, value_at = _name(text, at) if named else (None, at)
        yield name, index, at, value_at
        index += 1
        end = _end_of_value(text, value_at)
        if text[end : end + 1] != ",":
            return
        at = _skip_space(text, end + 1)


def _name(text: str, at: int) -> tuple[str, int]:
    match = _KEY.match(text, at)
    if match is None:
        return "", at
    name = match.group("bare") or match.group("quoted") or ""
    if "\\" in name:
        from migrator.documents.literal import Dialect, read_literal

        name = str(read_literal(text, at, Dialect.JAVASCRIPT).value)
    colon = _skip_space(text, match.end())
    return name, _skip_space(text, colon + 1) if text[colon : colon + 1] == ":" else colon


def _end_of_value(text: str, at: int) -> int:
    """The offset of the comma or bracket after the value that begins at `at`."""
    depth = 0
    while match := _TOKEN.search(text, at):
        token = match.group()
        if token in "[{(":
            depth += 1
        elif token in ")]}":
            if depth == 0:
                return match.start()
            depth -= 1
        elif token == "," and depth == 0:
            return match.start()
        at = match.end()
    return len(text)


def _skip_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
