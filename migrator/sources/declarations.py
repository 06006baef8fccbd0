"""Names of JavaScript: which of them come from a module, and where another thing of the same name is meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from migrator.documents.syntax import field, kind_of, literal, span, text_of

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

EVERYTHING = "*"
"""`import * as name`, and `require` without a pattern."""
_FUNCTIONS = frozenset(
    (
        "function_declaration",
        "function_expression",
        "arrow_function",
        "method_definition",
        "generator_function_declaration",
        "generator_function",
        "catch_clause",
        "for_in_statement",
        "for_statement",
    )
)
_SCOPES = _FUNCTIONS | {"statement_block", "program", "class_body", "switch_body"}
_PATTERNS = frozenset(
    (
        "object_pattern",
        "array_pattern",
        "pair_pattern",
        "rest_pattern",
        "assignment_pattern",
        "object_assignment_pattern",
    )
)


class Binding(NamedTuple):
    """A name in this file for something of a module."""

    local: str
    module: str
    name: str
    """What the module calls it; `default`, or `*` for the module itself."""
    clause: SyntaxNode
    """The part of the import that says it."""
    around: SyntaxNode
    """The import statement, or the declaration."""


def bound_names(module: str, around: SyntaxNode) -> Iterator[Binding]:
    """The names that an import, or a call of `require` or `import`, gives to a module and its members."""
    if around.kind() == "import_statement":
        for clause in around.children():
            if clause.kind() == "import_clause":
                for child in clause.children():
                    yield from _imported(module, child, around)
    elif around.kind() == "import_require_clause":
        name = next((child for child in around.children() if child.kind() == "identifier"), None)
        if name is not None:
            yield Binding(name.text(), module, EVERYTHING, name, around)
    elif around.kind() == "call_expression":
        yield from _required(module, around)


def _imported(module: str, child: SyntaxNode, around: SyntaxNode) -> Iterator[Binding]:
    if child.kind() == "identifier":
        yield Binding(child.text(), module, "default", child, around)
    elif child.kind() == "namespace_import":
        name = next((one for one in child.children() if one.kind() == "identifier"), None)
        if name is not None:
            yield Binding(name.text(), module, EVERYTHING, child, around)
    elif child.kind() == "named_imports":
        for one in child.children():
            if one.kind() == "import_specifier":
                name, alias = one.field("name"), one.field("alias")
                yield Binding(text_of(alias or name), module, (literal(name) or text_of(name)), one, around)


def _required(module: str, call: SyntaxNode) -> Iterator[Binding]:
    """`const x = require("…")`, `const { a: b } = await import("…")`, `const x = require("…").a`."""
    at: SyntaxNode | None = call.parent()
    member = EVERYTHING
    while kind_of(at) in ("await_expression", "parenthesized_expression", "member_expression"):
        if at is not None and at.kind() == "member_expression":
            if member != EVERYTHING:
                return
            member = text_of(at.field("property"))
        at = at.parent() if at is not None else None
    if at is None or at.kind() != "variable_declarator" or span(at)[1] < span(call)[1]:
        return
    name = at.field("name")
    if name is not None and name.kind() == "identifier":
        yield Binding(name.text(), module, member, name, at)
    elif name is not None and name.kind() == "object_pattern" and member in (EVERYTHING, "default"):
        yield from _destructured(module, name, at)


def _destructured(module: str, pattern: SyntaxNode, around: SyntaxNode) -> Iterator[Binding]:
    for one in pattern.children():
        if one.kind() == "shorthand_property_identifier_pattern":
            yield Binding(one.text(), module, one.text(), one, around)
        elif one.kind() == "pair_pattern" and kind_of(value := one.field("value")) == "identifier":
            yield Binding(text_of(value), module, text_of(one.field("key")), one, around)


class Scopes:
    """Which of some names declare something themselves, and what parts of the code those declarations cover."""

    def __init__(self, names: Iterable[SyntaxNode], bindings: Iterable[Binding]) -> None:
        own = [(binding.local, *span(binding.clause)) for binding in bindings]
        self._declared: set[tuple[int, int]] = set()
        self._covered: dict[str, list[tuple[int, int]]] = {}
        for node in names:
            start, end = span(node)
            if any(local == node.text() and a <= start and end <= b for local, a, b in own):
                self._declared.add((start, end))
            elif (scope := _declares(node)) is not None:
                self._declared.add((start, end))
                self._covered.setdefault(node.text(), []).append(span(scope))

    def declares(self, node: SyntaxNode) -> bool:
        """Whether the name is written here to declare it."""
        return span(node) in self._declared

    def shadows(self, node: SyntaxNode) -> bool:
        """Whether another declaration of the name covers this place."""
        start, end = span(node)
        return any(a <= start and end <= b for a, b in self._covered.get(node.text(), ()))


def _declares(node: SyntaxNode) -> SyntaxNode | None:
    """The scope of what the name declares; None where it only uses something."""
    at, above = node, node.parent()
    while above is not None and above.kind() in _PATTERNS:
        if above.kind() == "pair_pattern" and span(field(above, "key") or above) == span(at):
            return None
        if "assignment_pattern" in above.kind() and span(field(above, "left") or above) != span(at):
            return None
        at, above = above, above.parent()
    if above is None:
        return None
    kind = above.kind()
    named = field(above, "name")
    is_name = named is not None and span(named) == span(at)
    if kind == "variable_declarator":
        return _scope(above.parent()) if is_name else None
    if kind in ("function_declaration", "class_declaration", "enum_declaration", "abstract_class_declaration"):
        return _scope(above.parent()) if is_name else None
    if kind in ("formal_parameters", "required_parameter", "optional_parameter"):
        value = field(above, "value")
        return None if value is not None and span(value) == span(at) else _scope(above)
    if kind == "arrow_function":
        parameter = above.field("parameter")
        return above if parameter is not None and span(parameter) == span(at) else None
    if kind in ("catch_clause", "for_in_statement"):
        left = above.field("parameter") or above.field("left")
        return above if left is not None and span(left) == span(at) else None
    return None


def _scope(node: SyntaxNode | None) -> SyntaxNode | None:
    while node is not None and node.kind() not in _SCOPES:
        node = node.parent()
    return node
