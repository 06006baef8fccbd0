"""Parts of JavaScript expressions as text, for rewriting them; nothing is reformatted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from migrator.documents.syntax import field, kind_of, literal, span, text_of
from migrator.sources.frontend.paths import members
from migrator.sources.script import arguments_of

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

_PREFIX = {"public": "public/", "guest": "public/", "protected": "protected/{}/", "private": "private/{}/"}
_UNSAFE = re.compile(r"[`\\]|\$\{")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")


def is_unused(call: SyntaxNode) -> bool:
    """Whether nothing is done with what a call gives: a statement of its own, awaited or not, or a handler in JSX."""
    at = call.parent()
    while kind_of(at) in ("await_expression", "parenthesized_expression"):
        at = at.parent() if at is not None else None
    if kind_of(at) == "expression_statement":
        return True
    return kind_of(at) == "arrow_function" and kind_of(at.parent() if at is not None else None) == "jsx_expression"


def awaited(call: SyntaxNode) -> SyntaxNode | None:
    """The `await` of a call."""
    above = call.parent()
    return above if kind_of(above) == "await_expression" else None


def plain_arguments(call: SyntaxNode, least: int, most: int) -> Sequence[SyntaxNode] | None:
    """The arguments, when they are as many as that and none is spread."""
    found = arguments_of(call)
    if not least <= len(found) <= most or any(one.kind() == "spread_element" for one in found):
        return None
    return found


def plain_members(node: SyntaxNode | None, allowed: str) -> Mapping[str, SyntaxNode] | None:
    """The members of an object literal that has no others than those allowed; None for anything else."""
    if kind_of(node) != "object" or node is None:
        return None
    found = members(node)
    written = [child for child in node.children() if child.is_named() and child.kind() != "comment"]
    return found if len(found) == len(written) and set(found) <= set(allowed.split()) else None


def pair(name: str, value: str) -> str:
    """A member of an object; short where the value is the name."""
    return name if name == value else f"{name}: {value}"


def object_text(pairs: Sequence[tuple[str, str]]) -> str:
    """An object literal."""
    return f"{{ {', '.join(pair(name, value) for name, value in pairs)} }}"


def path_text(level: str, key: SyntaxNode) -> str | None:
    """The whole path of a file as an expression; None when it cannot be said for certain."""
    prefix = _PREFIX.get(level)
    if prefix is None:
        return None
    text, quote = literal(key), key.text()[0]
    if text is not None and (text.startswith("/") or _UNSAFE.search(text)):
        return None
    if "{}" not in prefix and text is not None and quote != "`":
        return f"{quote}{prefix}{text}{quote}"
    if text is None and key.kind() == "template_string":
        inner = key.text()[1:-1]
        if inner.startswith("/"):
            return None
    else:
        inner = text if text is not None else f"${{{key.text()}}}"
    whole = f"`{prefix.format('${identityId}')}{inner}`"
    return f"({{ identityId }}) => {whole}" if "{}" in prefix else whole


def is_cast_to_any(call: SyntaxNode) -> bool:
    """Whether TypeScript is told to ask nothing of what a call gives."""
    at = call.parent()
    while kind_of(at) in ("await_expression", "parenthesized_expression"):
        at = at.parent() if at is not None else None
    if at is None or at.kind() != "as_expression":
        return False
    return at.text().rstrip().endswith((" any", "Promise<any>"))


def is_method(call: SyntaxNode, *names: str) -> bool:
    """Whether a method of those names is called on what a call gives."""
    above = call.parent()
    while kind_of(above) in ("parenthesized_expression", "await_expression", "as_expression"):
        above = above.parent() if above is not None else None
    return kind_of(above) == "member_expression" and text_of(field(above, "property")) in names


def is_name(text: str) -> bool:
    """Whether a text is one identifier."""
    return _NAME.fullmatch(text) is not None


def contains(outer: SyntaxNode, inner: SyntaxNode) -> bool:
    """Whether one node lies in another."""
    (a, b), (start, end) = span(outer), span(inner)
    return a <= start and end <= b
