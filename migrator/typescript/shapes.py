"""Questions about the shape of an expression."""

from __future__ import annotations

from migrator.typescript.nodes import (
    Arr,
    Arrow,
    Binary,
    Call,
    Comment,
    Conditional,
    Index,
    Lit,
    Member,
    Name,
    Node,
    NonNull,
    Obj,
    Property,
    Template,
    TypeName,
)
from migrator.typescript.parentheses import CALLS, CAST
from migrator.typescript.path import NOTES, Block, Unary, plain
from migrator.typescript.type_names import is_simple


def is_huggable(node: Node, in_arrow: bool = False) -> bool:
    """Whether the node, as the last argument of a call, opens in place."""
    if isinstance(node, Obj):
        return bool(node.props)
    if isinstance(node, Arr):
        return bool(node.items)
    if isinstance(node, CAST):
        return is_huggable(plain(node.expr))
    if not isinstance(node, Arrow):
        return False
    body = plain(node.body)
    if isinstance(body, Arrow):
        return is_huggable(body, True)
    return isinstance(body, (Block, Obj, Arr)) or (not in_arrow and isinstance(bare(body), (Conditional, Call)))


def is_short(node: Node) -> bool:
    """Whether the node is short enough to follow a function among the arguments."""
    if isinstance(node, CAST):
        kind = plain(node.type)
        return isinstance(kind, TypeName) and is_simple(kind) and is_simple_argument(plain(node.expr), 1)
    if isinstance(node, CALLS) and len(node.args) > 1:
        return False
    if isinstance(node, Binary):
        return is_simple_argument(plain(node.left), 1) and is_simple_argument(plain(node.right), 1)
    return is_simple_argument(node)


def is_simple_argument(node: Node, depth: int = 2) -> bool:
    """A name, a literal, or a little built of them: nothing a reader needs a line of its own for."""
    if depth <= 0:
        return False
    node = bare(node)

    def inner(each: Node) -> bool:
        return is_simple_argument(plain(each), depth - 1)

    if isinstance(node, (Name, Lit)):
        return True
    if isinstance(node, Template):
        return all("\n" not in part if isinstance(part, str) else inner(part) for part in node.parts)
    if isinstance(node, Obj):
        pairs = [each for each in node.props if not isinstance(each, NOTES)]
        return all(isinstance(each, Property) and isinstance(each.key, str) and inner(each.value) for each in pairs)
    if isinstance(node, Arr):
        return all(inner(each) for each in node.items if not isinstance(each, Comment))
    if isinstance(node, CALLS):
        return (
            is_simple_argument(plain(node.fn), depth)
            and len(node.args) <= depth
            and all(inner(each) for each in node.args)
        )
    if isinstance(node, Member):
        return is_simple_argument(plain(node.obj), depth)
    if isinstance(node, Index):
        return is_simple_argument(plain(node.obj), depth) and is_simple_argument(plain(node.key), depth)
    return isinstance(node, Unary) and node.op in "!-+~" and is_simple_argument(plain(node.expr), depth)


def bare(node: Node) -> Node:
    """The node without `!` behind it."""
    while isinstance(node, NonNull):
        node = plain(node.expr)
    return node


def is_number_list(node: Node) -> bool:
    """An array of nothing but numbers, which is filled line by line."""
    return isinstance(node, Arr) and bool(node.items) and all(_is_number(plain(each)) for each in node.items)


def _is_number(node: Node) -> bool:
    return is_plain_number(node.expr if isinstance(node, Unary) and node.op == "-" else node)


def is_remark(node: Node) -> bool:
    """An object or array of nothing but comments."""
    members = node.props if isinstance(node, Obj) else node.items if isinstance(node, Arr) else ()
    return bool(members) and all(isinstance(each, NOTES) for each in members)


def is_plain_number(node: Node) -> bool:
    """A number without a sign."""
    return isinstance(node, Lit) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
