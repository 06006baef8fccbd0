"""Where an `override.ts` does something else than its statements say one by one: names that change, and early ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrator.documents.syntax import field, find_all, kind_of, text_of

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

_FUNCTIONS = frozenset(
    ("arrow_function", "function_declaration", "function_expression", "method_definition", "generator_function")
)
_ENDS = frozenset(("return_statement", "break_statement", "continue_statement"))
"""What skips the statements that follow; where an error is thrown, nothing is deployed."""
_CHANGING = frozenset(("push", "unshift", "splice", "pop", "shift", "sort", "reverse", "fill", "copyWithin"))
"""Methods of a list that change it."""
_TARGETS = {
    "assignment_expression": "left",
    "augmented_assignment_expression": "left",
    "update_expression": "argument",
    "unary_expression": "argument",
}


def leaves(statement: SyntaxNode) -> bool:
    """Whether a statement may skip those that follow it."""
    open_ = [statement]
    while open_:
        one = open_.pop()
        if one.kind() in _ENDS:
            return True
        if one.kind() not in _FUNCTIONS:
            open_ += one.children()
    return False


def assigned_names(tree: SyntaxNode) -> frozenset[str]:
    """Names that come to stand for something else than what they are declared with."""
    return frozenset(target.text() for target in _targets(tree) if target.kind() == "identifier")


def changed_names(tree: SyntaxNode) -> frozenset[str]:
    """Names whose values are others than those that they are declared with: assigned anew, or changed inside."""
    called = (name for call in find_all(tree, {"kind": "call_expression"}) for name in _changed_by(call))
    return frozenset((*map(_root, _targets(tree)), *called))


def _targets(tree: SyntaxNode) -> Iterator[SyntaxNode]:
    """What is assigned to, counted up, or deleted."""
    for kind, role in _TARGETS.items():
        for one in find_all(tree, {"kind": kind}):
            target = field(one, role)
            if target is not None and (kind != "unary_expression" or text_of(field(one, "operator")) == "delete"):
                yield target


def _changed_by(call: SyntaxNode) -> Iterator[str]:
    """What a method changes, or what a function of the project, or `Object.assign`, may change of what it gets."""
    called, arguments = field(call, "function"), field(call, "arguments")
    if called is None or arguments is None:
        return
    if called.kind() == "member_expression" and text_of(field(called, "property")) in _CHANGING:
        yield _root(field(called, "object"))
    if called.kind() == "identifier" or called.text() == "Object.assign":
        yield from (_root(one) for one in arguments.children() if one.is_named())


def _root(one: SyntaxNode | None) -> str:
    """The name that an expression begins with; empty for another beginning."""
    while one is not None and one.kind() in ("member_expression", "subscript_expression"):
        one = field(one, "object")
    return text_of(one) if kind_of(one) == "identifier" else ""
