"""Calls of storage in version 6 that name a file by key and level, as calls with a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.documents.syntax import kind_of, literal, span, text_of
from migrator.engine.sources import Edit, Fix
from migrator.sources.frontend.expressions import is_unused, path_text
from migrator.sources.frontend.paths import members
from migrator.sources.script import Script, arguments_of

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

TITLE = "Say the whole path."
_ANY_RESULT = frozenset(("getUrl", "downloadData"))
"""What they give names no file."""
_UNUSED_RESULT = frozenset(("uploadData", "remove"))


def with_path(script: Script, call: SyntaxNode, function: str) -> Fix | None:
    """The change of one call; None where key or level are not written out, or where its result says the key."""
    if function not in _ANY_RESULT and not (function in _UNUSED_RESULT and _is_unused(call)):
        return None
    arguments = arguments_of(call)
    given = members(arguments[0]) if len(arguments) == 1 else {}
    options = members(given.get("options"))
    level = literal(options.get("accessLevel")) if options else None
    if "key" not in given or level is None or "targetIdentityId" in options or script.is_broken:
        return None
    path = path_text(level, given["key"])
    if path is None:
        return None
    key = _pair(given["key"])
    return Fix(TITLE, (Edit(*script.place(key), f"path: {path}"), _without_level(script, given, options)))


def _is_unused(call: SyntaxNode) -> bool:
    """Whether nothing is done with the result, which may be awaited as `.result`."""
    above = call.parent()
    if kind_of(above) == "member_expression" and above is not None and text_of(above.field("property")) == "result":
        return is_unused(above)
    return is_unused(call)


def _pair(value: SyntaxNode) -> SyntaxNode:
    """The member with a value: the value itself, where it is written as a name alone."""
    above = value.parent()
    return above if above is not None and above.kind() == "pair" else value


def _without_level(script: Script, given: dict[str, SyntaxNode], options: dict[str, SyntaxNode]) -> Edit:
    """The edit that takes the level out, and the options when nothing else is in them."""
    gone = _pair(options["accessLevel"] if len(options) > 1 else given["options"])
    start, end = span(gone)
    text = script.text
    after = end
    while after < len(text) and text[after].isspace():
        after += 1
    if after < len(text) and text[after] == ",":
        end = after + 1
        while end < len(text) and text[end] in " \t":
            end += 1
    else:
        before = start
        while before and text[before - 1].isspace():
            before -= 1
        if before and text[before - 1] == ",":
            start = before - 1
    return Edit(script.start + start, script.start + end, "")
