"""Types."""

from __future__ import annotations

from typing import Any

from migrator.typescript.functions import groups_parameters, parameters
from migrator.typescript.layout import SOFT, SPACE, Doc, concat, group, if_break, indent, join
from migrator.typescript.literals import key as key_text
from migrator.typescript.literals import number, quoted
from migrator.typescript.nodes import (
    ArrayType,
    Arrow,
    Call,
    Const,
    FunctionType,
    IndexedType,
    KeyOf,
    LitType,
    Member,
    New,
    Node,
    ObjType,
    TupleType,
    TypeAlias,
    TypeName,
    TypeProperty,
    TypeQuery,
    UnionType,
)
from migrator.typescript.path import NOTES, Path, Print
from migrator.typescript.sequences import remarks, separated
from migrator.typescript.type_names import hugs_union, is_simple


def type_arguments(path: Path[Call | New | TypeName]) -> Doc:
    """`<A, B>`, or nothing."""
    args = path.children("type_args")
    if not args:
        return ""
    docs = [each.doc for each in args]
    if len(args) == 1 and is_simple(args[0].node) and not _types_arrow(path):
        return concat("<", docs[0], ">")
    return group("<", indent(SOFT, join(concat(",", SPACE), docs)), SOFT, ">")


def _types_arrow(path: Path[Node]) -> bool:
    """`const f: Handler<Event> = () => …`."""
    only_object = len(path.node.type_args) == 1 and isinstance(path.node.type_args[0], ObjType)  # type: ignore[attr-defined]
    in_const = path.role == "type" and isinstance(path.up, Const) and isinstance(path.up.value, Arrow)
    return in_const and not only_object


def named(path: Path[TypeName]) -> Doc:
    """`Name<A>`, `space.Name`."""
    node = path.node
    local = path.dialect.local.get(node, node.id)
    return concat(".".join((local, *node.path)), type_arguments(path))


def query(path: Path[TypeQuery]) -> Doc:
    """`typeof a.b`."""
    node: Any = path.node.expr
    names: list[str] = []
    while isinstance(node, Member):
        names.append(node.name)
        node = node.obj
    return "typeof " + ".".join((path.dialect.local.get(node, node.id), *names[::-1]))


def literal(path: Path[LitType]) -> Doc:
    """A literal as a type."""
    value = path.node.value
    if isinstance(value, str):
        return quoted(value)
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return ("-" if value < 0 else "") + number(value)


def union(path: Path[UnionType]) -> Doc:
    """`A | B`, one per line where they do not fit."""
    docs = [each.doc for each in path.children("types")]
    if hugs_union(path.node):
        return join(" | ", docs)
    members = (concat(SPACE, "| ", indent(doc)) for doc in docs[1:])
    body = group(if_break("| "), indent(docs[0]), *members)
    if path.parens:
        return group(indent(SOFT, body), SOFT)
    parent = path.up
    if isinstance(parent, TupleType) and len(parent.items) > 1:
        return group(indent(if_break(concat("(", SOFT)), body), SOFT, if_break(")"))
    direct = isinstance(parent, (TypeAlias, TupleType)) or path.role == "type_args"
    return body if direct else group(indent(SOFT, body))


def array(path: Path[ArrayType]) -> Doc:
    """`A[]`."""
    return concat(path.child("item").doc, "[]")


def tuple_(path: Path[TupleType]) -> Doc:
    """`[A, B]`."""
    docs = [group(each.doc) for each in path.children("items")]
    if not docs:
        return "[]"
    return group("[", indent(SOFT, join(concat(",", SPACE), docs)), if_break(","), SOFT, "]")


def key_of(path: Path[KeyOf]) -> Doc:
    """`keyof A`."""
    return concat("keyof ", path.child("type").doc)


def indexed(path: Path[IndexedType]) -> Doc:
    """`A['b']`."""
    return concat(path.child("obj").doc, "[", path.child("key").doc, "]")


def object_(path: Path[ObjType]) -> Doc:
    """`{ a: A; b?: B }`."""
    node = path.node
    if not node.props:
        return "{}"
    if all(isinstance(each, NOTES) for each in node.props):
        return remarks(path)
    body = separated(path, "props", ";")
    doc = concat("{", indent(SPACE, body), SPACE, "}")
    if _is_hugged(path):
        return doc
    path.dialect.objects[path] = None
    return group(doc, broken=path.opened or bool(node.expanded), id=path)


def _is_hugged(path: Path[ObjType]) -> bool:
    """The type of an only parameter opens with the parentheses around it."""
    above = path.parent
    return path.role == "type" and above is not None and above.role == "params" and len(above.up.params) == 1


def property_(path: Path[TypeProperty]) -> Doc:
    """`key?: A`."""
    node = path.node
    return group(key_text(node.key), "?" if node.optional else "", ": ", path.child("type").doc)


def function(path: Path[FunctionType]) -> Doc:
    """`(a: A) => B`."""
    params = parameters(path)
    returns = path.child("returns").doc
    if groups_parameters(path.node, returns):
        params = group(params)
    return group(params, " => ", returns)


PRINTERS: dict[type, Print] = {
    TypeName: named,
    TypeQuery: query,
    LitType: literal,
    UnionType: union,
    ArrayType: array,
    TupleType: tuple_,
    KeyOf: key_of,
    IndexedType: indexed,
    ObjType: object_,
    TypeProperty: property_,
    FunctionType: function,
}
