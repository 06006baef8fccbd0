"""Places in the text of a schema, and values as text."""

from __future__ import annotations

import json
import re
from typing import Any

from migrator.categories.data.edits import Edit
from migrator.categories.data.sdl import Definition, Directive, Field

_ENUMS = frozenset({"allow", "provider", "operations", "level"})
"""Members whose texts are enum values, not strings."""


def is_name(text: str) -> bool:
    """Whether GraphQL takes the text for a name."""
    return re.fullmatch(r"[_A-Za-z][_0-9A-Za-z]*", text, re.ASCII) is not None


def put(text: str, start: int, end: int, words: str) -> Edit:
    """Words in the place of a part of the text, kept apart from what follows."""
    return Edit(start, end, words + " " * (text[end : end + 1].isalnum() or text[end : end + 1] == "_"))


def printed(value: Any, name: str = "") -> str:
    """A value as GraphQL; `name` is that of the member that holds it."""
    match value:
        case dict():
            return f"{{ {', '.join(f'{key}: {printed(item, key)}' for key, item in value.items())} }}"
        case list() | tuple():
            return f"[{', '.join(printed(item, name) for item in value)}]"
        case str() if name in _ENUMS and is_name(value):
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def call(directive: str, /, **arguments: Any) -> str:
    """A directive; arguments that are `...` are left out."""
    said = [f"{key}: {printed(value, key)}" for key, value in arguments.items() if value is not ...]
    return f"@{directive}({', '.join(said)})" if said else f"@{directive}"


def removal(text: str, directive: Directive) -> Edit:
    """A directive and the blanks before it, but no comment of the author's."""
    start = len(text[: directive.start].rstrip(" \t\r\n,"))
    above = text[text.rfind("\n", 0, start) + 1 : start]
    line_end = text.find("\n", directive.end)
    follows = text[directive.end : line_end if line_end >= 0 else len(text)].strip()
    if follows and not follows.startswith("#") and ("#" in above or _after_comment(text, start, directive.start)):
        start = directive.start
    return Edit(start, directive.end)


def _after_comment(text: str, start: int, end: int) -> bool:
    """Whether a line break goes with a removal, and a comment is above: what follows must not become a part of it."""
    return "\n" in text[start:end] and "#" in text[text.rfind("}", 0, start) + 1 : start]


def retyped(text: str, field: Field, type_: str) -> Edit:
    """Another type for a field without arguments."""
    found = re.compile(r"\w+\s*:\s*").match(text, field.start)
    start = found.end() if found else field.start
    end = min([field.end, *(directive.start for directive in field.directives)])
    return put(text, start, len(text[:end].rstrip()), type_)


def prepended(text: str, owner: Definition, line: str) -> Edit:
    """A field before the first one of a type, indented like it."""
    first = owner.fields[0]
    before = text[text.rfind("\n", 0, first.start) + 1 : first.start]
    place = text.index("{", owner.head) + 1
    return Edit(place, place, f"\n{before}{line}" if not before.strip() else f" {line}")


def appended(text: str, owner: Definition, lines: tuple[str, ...]) -> Edit:
    """Fields after the last one of a type, indented like it."""
    last = owner.fields[-1]
    line = text[text.rfind("\n", 0, last.start) + 1 : last.start]
    gap = f"\n{line}" if not line.strip() else " "
    end = text.find("\n", last.end)
    place = end if end >= 0 and text[last.end : end].lstrip(" \t,").startswith("#") else last.end
    return Edit(place, place, "".join(f"{gap}{one}" for one in lines))
