"""What the syntax of a custom stack is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migrator.documents.syntax import field, find_all, kind_of, literal, span, text_of

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

_LOOSE = re.compile(
    r"\bprocess\.env\b|\.(?:find|match|exec|tryFindChild|get)\(|\bcatch\s*\(|\b(?:let|var)\s+\w+\s*[;,=]"
)


def is_stack(declared: SyntaxNode) -> bool:
    """Whether a class is a stack."""
    extended = field(declared.find(kind="extends_clause"), "value")
    return text_of(extended).rpartition(".")[2] == "Stack"


def argument_of(call: SyntaxNode, index: int) -> str:
    """A text among the arguments, empty for anything else."""
    arguments = [one for one in (field(call, "arguments") or call).children() if one.is_named() or one.kind() == "this"]
    return literal(arguments[index]) or "" if index < len(arguments) else ""


def unpacked(above: SyntaxNode | None) -> list[str]:
    """The names of `const { Arn, Name } = …`."""
    pattern = field(above, "name") if kind_of(above) == "variable_declarator" else None
    if pattern is None or pattern.kind() != "object_pattern":
        return []
    inner = [one for one in pattern.children() if one.is_named()]
    plain = all(one.kind() == "shorthand_property_identifier_pattern" for one in inner)
    return [one.text() for one in inner] if plain else []


def without_comments(text: str, tree: SyntaxNode) -> str:
    """The code alone: the CLI writes examples into comments."""
    for start, end in (span(one) for one in find_all(tree, {"kind": "comment"})):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def is_loose(tree: SyntaxNode) -> bool:
    """Whether strict checks might refuse it: parameters without a type, values that may not be there."""
    if _LOOSE.search(tree.text()):
        return True
    declared = find_all(tree, {"kind": "required_parameter"}, {"kind": "optional_parameter"})
    bare = any(field(one, "type") is None and field(one, "value") is None for one in declared)
    return bare or any(kind_of(field(one, "parameter")) == "identifier" for one in tree.find_all(kind="arrow_function"))
