"""Functions: arrows and declarations, their parameters, and what parameters and constants take apart."""

from __future__ import annotations

from typing import Any

from migrator.typescript.assignments import beside, fluid
from migrator.typescript.layout import (
    SOFT,
    SPACE,
    Doc,
    Group,
    IfBreak,
    Indent,
    Line,
    concat,
    group,
    if_break,
    indent,
    indent_if_break,
    is_hard,
    join,
)
from migrator.typescript.nodes import (
    Arr,
    Arrow,
    ArrPattern,
    Assign,
    Binary,
    Binding,
    Conditional,
    Const,
    ForOf,
    FunctionDecl,
    FunctionType,
    Name,
    Node,
    Obj,
    ObjPattern,
    ObjType,
    Param,
    Property,
    Template,
)
from migrator.typescript.parentheses import CALLS, leftmost_role
from migrator.typescript.path import Block, Path, Print, plain


class Unfit(Exception):
    """The head of a function would break, so the function cannot open in place."""


def parameters(path: Path[Arrow | FunctionDecl | FunctionType], flat: bool = False) -> Doc:
    """`(a, b)`. With `flat` on one line; raises `Unfit` if that cannot be."""
    node = path.node
    docs = [each.doc for each in path.children("params")]
    if not docs:
        return "()"
    if flat:
        if any(map(is_hard, docs)):
            raise Unfit
        return group("(", *(_without_lines(doc) for doc in _commas(docs, " ")), ")")
    if _hugs_parameter(node.params):
        return concat("(", docs[0], ")")
    return concat("(", indent(SOFT, *_commas(docs, SPACE)), SOFT, ")")


def _commas(docs: list[Doc], space: Doc) -> list[Doc]:
    return [concat(doc, ",", space) for doc in docs[:-1]] + docs[-1:]


def _hugs_parameter(params: tuple[Param, ...]) -> bool:
    if len(params) != 1 or params[0].rest:
        return False
    param = params[0]
    if isinstance(param.name, str):
        return isinstance(param.type, ObjType) and param.default is None
    if param.default is None:
        return True
    default = plain(param.default)
    if isinstance(default, Name):
        return default.id != "this"
    return (isinstance(default, Obj) and not default.props) or (isinstance(default, Arr) and not default.items)


def _without_lines(doc: Doc) -> Doc:
    if isinstance(doc, str):
        return doc
    if isinstance(doc, Line):
        return doc if doc.hard else doc.flat
    if isinstance(doc, IfBreak):
        return _without_lines(doc.flat)
    if isinstance(doc, Indent):
        return indent(_without_lines(doc.body))
    if isinstance(doc, Group):
        return group(_without_lines(doc.body))
    return concat(*map(_without_lines, doc.parts))


def param(path: Path[Param]) -> Doc:
    """One parameter."""
    node = path.node
    target = node.name if isinstance(node.name, str) else path.child("name").doc
    kind = concat(": ", path.child("type").doc) if node.type is not None else ""
    doc = concat("..." if node.rest else "", target, "?" if node.optional else "", kind)
    if isinstance(node.name, ObjPattern) and not _hugs_parameter(path.up.params):
        doc = group(doc)
    return concat(doc, " = ", path.child("default").doc) if node.default is not None else doc


def object_pattern(path: Path[ObjPattern]) -> Doc:
    """`{ a, b: c, ...rest }`."""
    node = path.node
    docs = [each.doc for each in path.children("bindings")]
    if node.rest is not None:
        docs.append(f"...{node.rest}")
    if not docs:
        return "{}"
    comma = if_break(",") if node.rest is None else ""
    doc = concat("{", indent(SPACE, join(concat(",", SPACE), docs)), comma, SPACE, "}")
    return group(doc) if isinstance(path.up, ForOf) else doc


def binding(path: Path[Binding]) -> Doc:
    """One name of an object pattern."""
    node = path.node
    target = node.name or node.key
    doc: Doc = concat(target, " = ", path.child("default").doc) if node.default is not None else target
    if node.name is None or node.name == node.key:
        return doc
    return beside(node.key, ":", doc) if len(node.key) < 5 else fluid(node.key, ":", doc)


def array_pattern(path: Path[ArrPattern]) -> Doc:
    """`[a, , b]`."""
    names = path.node.names
    if not names:
        return "[]"
    comma = "," if not names[-1] else if_break(",")
    return group("[", indent(SOFT, join(concat(",", SPACE), names)), comma, SOFT, "]")


def declaration(path: Path[FunctionDecl]) -> Doc:
    """`function name(params) { … }`."""
    node = path.node
    params = parameters(path)
    returns = _returns(path)
    if groups_parameters(node, returns):
        params = group(params)
    words = ("export " if node.export else "") + ("async " if node.is_async else "")
    return concat(f"{words}function {node.name}", group(params, returns), " ", path.child("body").doc)


def _returns(path: Path[Arrow | FunctionDecl]) -> Doc:
    return concat(": ", path.child("returns").doc) if path.node.returns is not None else ""


def groups_parameters(node: FunctionDecl | FunctionType, returns: Doc) -> bool:
    """Whether the only parameter stays beside a result type that breaks."""
    return len(node.params) == 1 and (isinstance(node.returns, ObjType) or is_hard(returns))


def arrow(path: Path[Arrow], hug: str = "") -> Doc:
    """`(params) => body`; `hug` says that it opens in place as the first or the last argument."""
    if isinstance(path.child("body").node, Arrow) and hug != "last":
        return _arrow_chain(path, hug)
    body = path.child("body")
    same_line = _stays_on_line(body.node) or _is_plain_conditional(body.node)
    return group(group(_head(path, hug)), " =>", group(_body(body, hug, same_line)))


def _head(path: Path[Arrow], hug: str) -> Doc:
    returns = _returns(path)
    params = parameters(path, flat=bool(hug))
    if hug:
        if is_hard(returns):
            raise Unfit
        returns = group(_without_lines(returns))
    return concat("async " if path.node.is_async else "", group(params, returns))


def _body(body: Path[Any], hug: str, same_line: bool) -> Doc:
    doc = body.wrap(arrow(body, hug)) if hug and isinstance(body.node, Arrow) else body.doc
    end = SOFT if hug == "last" else ""
    if same_line and _is_plain_conditional(body.node):
        return concat(" ", group(if_break("", "("), indent(SOFT, doc), if_break("", ")"), end))
    if same_line:
        return concat(" ", doc)
    return concat(indent(SPACE, doc), end)


def _stays_on_line(node: Node) -> bool:
    if isinstance(node, Template):
        return any(isinstance(part, str) and "\n" in part for part in node.parts)
    return isinstance(node, (Arr, Obj, Arrow, Block))


def _is_plain_conditional(node: Node) -> bool:
    """A conditional that does not begin with an object."""
    if not isinstance(node, Conditional):
        return False
    first: Node = node
    while (role := leftmost_role(first)) is not None:
        first = plain(getattr(first, role))
    return not isinstance(first, Obj)


def _arrow_chain(path: Path[Arrow], hug: str) -> Doc:
    """`(a) => (b) => body`."""
    heads: list[Doc] = []
    current: Path[Any] = path
    odd = False
    while isinstance(current.node, Arrow):
        heads.append(_head(current, hug))
        node = current.node
        odd = odd or (node.returns is not None and bool(node.params)) or not all(map(_is_plain_parameter, node.params))
        current = current.child("body")
    called = path.role == "fn" and isinstance(path.up, CALLS)
    assigned = isinstance(path.up, (Assign, Const, Property)) and path.role == "value"
    mark = object()
    same_line = _stays_on_line(current.node) or (not odd and _is_plain_conditional(current.node))
    head = _chain_head(path, heads, odd, called or assigned)
    if called or assigned:
        head = indent(SOFT, head)
    return group(
        group(head, broken=called and not same_line, id=mark),
        " =>",
        indent_if_break(_body(current, hug, same_line), mark),
        if_break(SOFT, "", mark) if called else "",
    )


def _chain_head(path: Path[Arrow], heads: list[Doc], odd: bool, flush: bool) -> Doc:
    if (path.role != "fn" and isinstance(path.up, CALLS)) or isinstance(path.up, Binary):
        rest = join(concat(" =>", SPACE), heads[1:])
        return group(heads[0], " =>", indent(SPACE, rest), broken=odd)
    joined = join(concat(" =>", SPACE), heads)
    return group(joined if flush else indent(joined), broken=odd)


def _is_plain_parameter(node: Param) -> bool:
    return isinstance(node.name, str) and node.default is None and not node.rest


PRINTERS: dict[type, Print] = {
    Arrow: arrow,
    FunctionDecl: declaration,
    Param: param,
    ObjPattern: object_pattern,
    ArrPattern: array_pattern,
    Binding: binding,
}
