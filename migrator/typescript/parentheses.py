"""Which node needs parentheses where it stands: for its meaning, or because prettier writes them for clarity."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from migrator.typescript.nodes import (
    ArrayType,
    Arrow,
    As,
    Assign,
    Await,
    Binary,
    Call,
    Conditional,
    Do,
    FunctionType,
    Index,
    IndexedType,
    KeyOf,
    Lit,
    Member,
    Name,
    New,
    Node,
    NonNull,
    Obj,
    Satisfies,
    Spread,
    TypeQuery,
    UnionType,
)
from migrator.typescript.path import LOGICAL, Path, Unary, plain

_LEVELS = (
    ("??",),
    ("||",),
    ("&&",),
    ("|",),
    ("^",),
    ("&",),
    ("==", "===", "!=", "!=="),
    ("<", ">", "<=", ">=", "in", "instanceof"),
    (">>", "<<", ">>>"),
    ("+", "-"),
    ("*", "/", "%"),
    ("**",),
)
PRECEDENCE = {op: level for level, ops in enumerate(_LEVELS) for op in ops}
_EQUALITY, _SHIFT, _PRODUCT = _LEVELS[6], _LEVELS[8], _LEVELS[10]
_BITWISE = frozenset((*_SHIFT, "|", "^", "&"))

CAST = (As, Satisfies)
CALLS = (Call, New)
_LEFTMOST = {Binary: "left", Member: "obj", Index: "obj", Call: "fn", Conditional: "test", NonNull: "expr"}


def flattens(parent: str, op: str) -> bool:
    """Whether `a op b parent c` reads well without parentheses."""
    if PRECEDENCE[parent] != PRECEDENCE[op] or parent == "**":
        return False
    if op in _EQUALITY or op in _SHIFT or (parent == ">" and op == "<"):
        return False
    return op not in _PRODUCT or op == parent != "%"


def leftmost_role(node: Node) -> str | None:
    """The field of the node whose text it begins with, if it begins with another node's."""
    return "expr" if isinstance(node, CAST) else _LEFTMOST.get(type(node))


def is_leftmost(path: Path[Node], tops: dict[type, str]) -> bool:
    """Whether the text of one of `tops` (in that role) would begin with this node."""
    role = path.role
    for above in path.ancestors():
        if tops.get(type(above.node)) == role:
            return True
        if leftmost_role(above.node) != role:
            return False
        role = above.role
    return False


def needs_parentheses(path: Path[Node]) -> bool:
    """Whether the node of the path is written in parentheses."""
    if path.parent is None:
        return False
    decide = _DECIDE.get(type(path.node))
    return decide is not None and decide(path, path.parent.node, path.role)


def _is_operand(parent: Node, role: str) -> bool:
    """Called, constructed, or taken a member of."""
    return (role == "fn" and isinstance(parent, CALLS)) or (role == "obj" and isinstance(parent, (Member, Index)))


def _object(path: Path[Node], parent: Node, role: str) -> bool:
    return is_leftmost(path, {Do: "expr", Assign: "target", Arrow: "body"})


def _unary(path: Path[Node], parent: Node, role: str) -> bool:
    if isinstance(parent, Unary):
        return isinstance(path.node, Unary) and path.node.op == parent.op and parent.op in "+-"
    if isinstance(parent, Binary):
        return role == "left" and parent.op in ("in", "instanceof", "**")
    return isinstance(parent, NonNull) or _is_operand(parent, role)


def _await(path: Path[Node], parent: Node, role: str) -> bool:
    if isinstance(parent, Conditional):
        return role == "test"
    return isinstance(parent, (Unary, Binary, Spread, NonNull, *CAST)) or _is_operand(parent, role)


def _cast(path: Path[Node], parent: Node, role: str) -> bool:
    if isinstance(parent, Assign):
        return role == "target"
    if isinstance(parent, (Unary, Await, Spread, NonNull, Conditional, Binary)):
        return True
    return _is_operand(parent, role)


def _binary(path: Path[Node], parent: Node, role: str) -> bool:
    node = path.node
    if not isinstance(node, Binary):
        return False
    if isinstance(parent, Conditional):
        return node.op == "??"
    if isinstance(parent, Binary):
        return _in_binary(node.op, parent.op, role)
    return isinstance(parent, (Unary, Await, Spread, NonNull, *CAST)) or _is_operand(parent, role)


def _in_binary(op: str, parent: str, role: str) -> bool:
    if op in LOGICAL and parent in LOGICAL:
        return op != parent
    inner, outer = PRECEDENCE[op], PRECEDENCE[parent]
    if outer > inner or (outer == inner and (role == "right" or not flattens(parent, op))):
        return True
    return (op == "%" and parent in ("+", "-")) or parent in _BITWISE


def _conditional(path: Path[Node], parent: Node, role: str) -> bool:
    if isinstance(parent, Conditional):
        return role == "test"
    return isinstance(parent, (Unary, Spread, Binary, Await, NonNull, *CAST)) or _is_operand(parent, role)


def _arrow(path: Path[Node], parent: Node, role: str) -> bool:
    if isinstance(parent, Conditional):
        return role == "test"
    return isinstance(parent, (Unary, Binary, Await, NonNull, *CAST)) or _is_operand(parent, role)


def _literal(path: Path[Node], parent: Node, role: str) -> bool:
    value = path.node.value if isinstance(path.node, Lit) else None
    if isinstance(value, str):
        return isinstance(parent, Do)
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return number and role == "obj" and isinstance(parent, (Member, Index))


def _chain(path: Path[Node], parent: Node, role: str) -> bool:
    """`new (a.b().c)()`: what is constructed must not hold a call, nor an optional step."""
    if not (role == "fn" and isinstance(parent, New)):
        return False
    node: Node = path.node
    while True:
        if isinstance(node, Call):
            return True
        if isinstance(node, (Member, Index)):
            if node.optional:
                return True
            node = plain(node.obj)
        elif isinstance(node, NonNull):
            node = plain(node.expr)
        else:
            return False


def _name(path: Path[Node], parent: Node, role: str) -> bool:
    """`(type) satisfies T;` at the start of a statement would read as a declaration."""
    words = ("await", "interface", "module", "using", "yield", "let", "type")
    at_start = role == "expr" and isinstance(parent, CAST) and isinstance(path.node, Name)
    return at_start and path.node.id in words and is_leftmost(path, {Do: "expr"})  # type: ignore[attr-defined]


def _type(path: Path[Node], parent: Node, role: str) -> bool:
    node = path.node
    if isinstance(parent, ArrayType) or (isinstance(parent, IndexedType) and role == "obj"):
        return True
    if isinstance(node, TypeQuery):
        return False
    if isinstance(parent, KeyOf):
        return True
    if isinstance(node, FunctionType):
        return isinstance(parent, UnionType) or (isinstance(parent, Arrow) and role == "returns")
    return False


_DECIDE: dict[type, Callable[[Path[Any], Node, str], bool]] = {
    Obj: _object,
    Name: _name,
    Unary: _unary,
    Await: _await,
    As: _cast,
    Satisfies: _cast,
    Binary: _binary,
    Conditional: _conditional,
    Arrow: _arrow,
    Lit: _literal,
    Call: _chain,
    Member: _chain,
    Index: _chain,
    NonNull: _chain,
    FunctionType: _type,
    UnionType: _type,
    KeyOf: _type,
    TypeQuery: _type,
}
