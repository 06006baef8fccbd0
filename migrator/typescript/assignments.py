"""Where a long `left = right` breaks: after the sign, inside the right side, or nowhere."""

from __future__ import annotations

from typing import Any

from migrator.typescript.layout import (
    SPACE,
    Concat,
    Doc,
    Group,
    IfBreak,
    Indent,
    Line,
    group,
    indent,
    indent_if_break,
    is_hard,
    text_width,
)
from migrator.typescript.literals import quoted
from migrator.typescript.nodes import (
    Arrow,
    Await,
    Binary,
    Call,
    Conditional,
    Const,
    Index,
    Lit,
    Member,
    Name,
    Node,
    NonNull,
    ObjPattern,
    ObjType,
    Property,
    Template,
    TypeName,
    UnionType,
)
from migrator.typescript.operators import inlines_right
from migrator.typescript.path import Path, Unary
from migrator.typescript.type_names import hugs_union

SHORT_ARGUMENT = 20
"""Columns up to which the only argument of a call counts as short: a quarter of the line."""


def assignment(path: Path[Node], left: Doc, sign: str, role: str) -> Doc:
    """`left`, the sign, and the right side, which is the child of that role."""
    right = path.child(role)
    node = right.node
    if isinstance(node, UnionType) and not hugs_union(node):
        return after_sign(left, sign, right.doc)
    if isinstance(node, Call) and node.fn == Name("require"):
        return beside(left, sign, right.doc)
    breakable = _can_break(left)
    if _breaks_left(path, breakable):
        return group(left, sign, " ", group(right.doc))
    short_key = isinstance(path.node, Property) and _is_short(left)
    if _breaks_after_sign(right, short_key):
        return after_sign(left, sign, right.doc)
    if not breakable and (short_key or isinstance(node, Template) or _is_plain_literal(node)):
        return beside(left, sign, right.doc)
    return fluid(left, sign, right.doc)


def after_sign(left: Doc, sign: str, right: Doc) -> Doc:
    """The right side goes to the next line when it does not fit."""
    return group(group(left), sign, group(indent(SPACE, right)))


def beside(left: Doc, sign: str, right: Doc) -> Doc:
    """The right side stays on the line of the sign."""
    return group(group(left), sign, " ", right)


def fluid(left: Doc, sign: str, right: Doc) -> Doc:
    """The right side goes to the next line when not even its beginning fits."""
    mark = object()
    return group(group(left), sign, group(indent(SPACE), id=mark), indent_if_break(right, mark))


def _can_break(doc: Doc) -> bool:
    if isinstance(doc, str):
        return False
    if isinstance(doc, Line):
        return True
    if isinstance(doc, IfBreak):
        return _can_break(doc.broken) or _can_break(doc.flat)
    if isinstance(doc, (Group, Indent)):
        return _can_break(doc.body)
    return any(map(_can_break, doc.parts))


def _breaks_left(path: Path[Node], breakable: bool) -> bool:
    node = path.node
    if not isinstance(node, Const):
        return False
    if isinstance(node.name, ObjPattern):
        bindings = node.name.bindings
        count = len(bindings) + (node.name.rest is not None)
        if count > 2 and any(binding.name is not None or binding.default is not None for binding in bindings):
            return True
    args = node.type.type_args if isinstance(node.type, TypeName) else ()
    if len(args) > 1 and any(isinstance(arg, TypeName) and arg.type_args for arg in args):
        return True
    return isinstance(node.value, Arrow) and breakable


def _is_short(key: Doc) -> bool:
    if isinstance(key, Concat) and all(isinstance(part, str) for part in key.parts):
        key = "".join(part for part in key.parts if isinstance(part, str))
    return isinstance(key, str) and text_width(key) < 5


def _is_plain_literal(node: object) -> bool:
    """A number or a boolean; `null` and strings go another way."""
    return isinstance(node, Lit) and isinstance(node.value, (bool, int, float))


def _breaks_after_sign(right: Path[Node], short_key: bool) -> bool:
    node = right.node
    if isinstance(node, Binary) and not inlines_right(node):
        return True
    if isinstance(node, Conditional):
        test = right.child("test").node
        return isinstance(test, Binary) and not inlines_right(test)
    if short_key:
        return False
    inner = right
    while isinstance(inner.node, (Unary, Await, NonNull)):
        inner = inner.child("expr")
    if isinstance(inner.node, Lit) and isinstance(inner.node.value, str):
        return True
    return _is_stiff_chain(inner, deep=False)


def _is_stiff_chain(path: Path[Any], deep: bool) -> bool:
    """A chain of members and short calls that would look bad broken inside."""
    node = path.node
    if isinstance(node, NonNull):
        return _is_stiff_chain(path.child("expr"), True)
    if isinstance(node, Call):
        path.doc  # noqa: B018  # decides is_chain
        if path.is_chain or len(node.args) > 1 or _is_rich(path):
            return False
        if node.args and not _is_short_argument(path.child("args", 0)):
            return False
        return _is_stiff_chain(path.child("fn"), True)
    if isinstance(node, (Member, Index)):
        return _is_stiff_chain(path.child("obj"), True)
    return deep and isinstance(node, Name)


def _is_rich(call: Path[Call]) -> bool:
    types = call.children("type_args")
    if len(types) > 1:
        return True
    return any(isinstance(each.node, (UnionType, ObjType)) or is_hard(each.doc) for each in types)


def _is_short_argument(path: Path[Node]) -> bool:
    node = path.node
    if isinstance(node, Name):
        return len(path.dialect.local.get(node, node.id)) <= SHORT_ARGUMENT
    if isinstance(node, Lit):
        return not isinstance(node.value, str) or len(quoted(node.value)) <= SHORT_ARGUMENT
    if isinstance(node, Template):
        text = "".join(part if isinstance(part, str) else "\n" for part in node.parts)
        return "\n" not in text and len(text) <= SHORT_ARGUMENT
    if isinstance(node, Unary):
        return _is_short_argument(path.child("expr"))
    if isinstance(node, Call) and not node.args and isinstance(node.fn, Name):
        return len(node.fn.id) <= SHORT_ARGUMENT - 2
    return False
