"""Operators between, before and behind expressions, and `test ? then : otherwise`."""

from __future__ import annotations

from typing import Any

from migrator.typescript.layout import SOFT, SPACE, Doc, Group, concat, group, if_break, indent
from migrator.typescript.nodes import (
    Arr,
    Arrow,
    As,
    Assign,
    Await,
    Binary,
    Call,
    Conditional,
    Const,
    If,
    Index,
    Member,
    New,
    Node,
    NonNull,
    Obj,
    Property,
    Return,
    Satisfies,
    Spread,
    Template,
    Throw,
)
from migrator.typescript.parentheses import CALLS, CAST, flattens, is_leftmost, leftmost_role
from migrator.typescript.path import LOGICAL, NOTES, Path, Print, Unary, plain
from migrator.typescript.shapes import is_remark

_RIGHT_SIDES: dict[Any, str] = {
    Assign: "value",
    Const: "value",
    Return: "value",
    Throw: "value",
    Unary: "expr",
    Await: "expr",
}


def inlines_right(node: Binary) -> bool:
    """`a ?? {…}`: the right side opens on the line of the operator."""
    if node.op not in LOGICAL:
        return False
    right = node.right
    members = right.props if isinstance(right, Obj) else right.items if isinstance(right, Arr) else ()
    return any(not isinstance(each, NOTES) for each in members)


def binary(path: Path[Binary]) -> Doc:
    """`left op right`; operators of one precedence line up."""
    parent = path.up
    in_test = isinstance(parent, If)
    parts = _parts(path, in_test)
    if in_test:
        return concat(*parts)
    if (path.role == "fn" and isinstance(parent, CALLS)) or isinstance(parent, (Unary, Member)):
        return group(indent(SOFT, *parts), SOFT)
    node = path.node
    assigned = isinstance(parent, (Assign, Const, Property))
    if _stays_flush(path) or _inlines_throughout(node) or (assigned and not inlines_right(node)):
        return group(*parts)
    first = next((index for index, part in enumerate(parts) if isinstance(part, Group)), 0) + 1
    return group(*parts[:first], indent(*parts[first:]))


def _stays_flush(path: Path[Binary]) -> bool:
    parent = path.up
    if isinstance(parent, (Return, Throw, Unary, Template)) or (isinstance(parent, Arrow) and path.role == "body"):
        return True
    above = path.parent.up if path.parent else None
    return isinstance(parent, Conditional) and not isinstance(above, (Return, Throw, *CALLS))


def _inlines_throughout(node: Binary) -> bool:
    while inlines_right(node):
        left = plain(node.left)
        if not (isinstance(left, Binary) and flattens(node.op, left.op)):
            return True
        node = left
    return False


def _parts(path: Path[Node], in_test: bool) -> list[Doc]:
    node = path.node
    if not isinstance(node, Binary):
        return [group(path.doc)]
    left, right = path.child("left"), path.child("right")
    flat = isinstance(left.node, Binary) and flattens(node.op, left.node.op)
    parts = _parts(left, in_test) if flat else [group(left.doc)]
    tail = concat(node.op, " " if inlines_right(node) else SPACE, right.doc)
    kind = node.op in LOGICAL
    alone = all(
        not isinstance(each, Binary) or (each.op in LOGICAL) != kind for each in (path.up, left.node, right.node)
    )
    if alone and not (in_test and kind):
        tail = group(tail)
    return [*parts, " ", tail]


def unary(path: Path[Unary]) -> Doc:
    """`!a`, `-1`, `typeof a`."""
    node = path.node
    doc = path.child("expr").doc
    if is_remark(node.expr):
        doc = group("(", indent(SOFT, doc), SOFT, ")")
    return concat(node.op, " " if node.op[-1].isalpha() else "", doc)


def waiting(path: Path[Await]) -> Doc:
    """`await a`."""
    parts = concat("await ", path.child("expr").doc)
    parent = path.up
    if (isinstance(parent, Call) and path.role == "fn") or (isinstance(parent, (Member, Index)) and path.role == "obj"):
        parts = concat(indent(SOFT, parts), SOFT)
        if not _begins_await(path):
            return group(parts)
    return parts


def _begins_await(path: Path[Await]) -> bool:
    return is_leftmost(path, {Await: "expr"})


def cast(path: Path[As | Satisfies]) -> Doc:
    """`a as T`, `a satisfies T`."""
    word = " as " if isinstance(path.node, As) else " satisfies "
    parts = concat(path.child("expr").doc, word, path.child("type").doc)
    parent = path.up
    if (path.role == "fn" and isinstance(parent, CALLS)) or (
        path.role == "obj" and isinstance(parent, (Member, Index))
    ):
        return group(indent(SOFT, parts), SOFT)
    return parts


def non_null(path: Path[NonNull]) -> Doc:
    """`a!`."""
    return concat(path.child("expr").doc, "!")


def spread(path: Path[Spread]) -> Doc:
    """`...a`."""
    return concat("...", path.child("expr").doc)


def conditional(path: Path[Conditional]) -> Doc:
    """`test ? then : otherwise`; nested ones break together."""
    parent = path.up
    nested = isinstance(parent, Conditional)
    as_test = nested and path.role == "test"
    then, otherwise = path.child("then"), path.child("otherwise")
    open_, close = (if_break("", "("), if_break("", ")")) if isinstance(then.node, Conditional) else ("", "")
    branches = concat(SPACE, "? ", open_, indent(then.doc), close, SPACE, ": ", indent(otherwise.doc))
    test = path.child("test").doc
    if nested and path.role == "otherwise":
        test = indent(test)
    extra = _extra_indent(path)
    end = SOFT if isinstance(parent, Member) and not extra else ""
    doc = concat(test, branches if nested and not as_test else indent(branches), end)
    if not nested or as_test:
        doc = group(doc)
    return group(indent(SOFT, doc), SOFT) if as_test or extra else doc


def _extra_indent(path: Path[Conditional]) -> bool:
    """`x = (a ? b : c).d()`: the conditional is what a chain on a right side begins with."""
    role, begun = path.role, False
    for above in path.ancestors():
        node = above.node
        if leftmost_role(node) == role and isinstance(node, (NonNull, Call, Member, Index)):
            role, begun = above.role, True
        elif begun and _RIGHT_SIDES.get(type(node)) == role:
            return True
        elif (isinstance(node, New) and role == "fn") or (isinstance(node, CAST) and role == "expr"):
            return _RIGHT_SIDES.get(type(above.up)) == above.role
        else:
            return False
    return False


PRINTERS: dict[type, Print] = {
    Binary: binary,
    Unary: unary,
    Await: waiting,
    As: cast,
    Satisfies: cast,
    NonNull: non_null,
    Spread: spread,
    Conditional: conditional,
}
