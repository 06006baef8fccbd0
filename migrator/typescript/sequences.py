"""Objects, arrays, templates and names: what expressions are made of."""

from __future__ import annotations

from migrator.typescript.assignments import assignment
from migrator.typescript.layout import (
    BREAK,
    HARD,
    LITERAL,
    SOFT,
    SPACE,
    Doc,
    concat,
    fill,
    group,
    if_break,
    indent,
    indent_from,
    join,
    layout,
)
from migrator.typescript.literals import doc_comment, line_comment, number, quoted, template_text
from migrator.typescript.literals import key as key_text
from migrator.typescript.nodes import (
    Arr,
    As,
    Binary,
    Call,
    Comment,
    Conditional,
    DocComment,
    Expr,
    Index,
    Lit,
    Member,
    Name,
    Node,
    Obj,
    ObjType,
    Property,
    Satisfies,
    Template,
)
from migrator.typescript.path import NOTES, Path, Print
from migrator.typescript.shapes import bare, is_number_list, is_remark


def name(path: Path[Name]) -> Doc:
    """An identifier, by the name it has in this file."""
    return path.dialect.local.get(path.node, path.node.id)


def literal(path: Path[Lit]) -> Doc:
    """A string, number, boolean or null."""
    value = path.node.value
    if isinstance(value, str):
        return quoted(value)
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else number(value)


def comment(path: Path[Comment]) -> Doc:
    """`//` lines."""
    return concat(BREAK, join(HARD, line_comment(path.node.text)))


def documentation(path: Path[DocComment]) -> Doc:
    """A `/** */` block."""
    return concat(BREAK, join(HARD, doc_comment(path.node.text)))


def separated(path: Path[Node], role: str, mark: str) -> Doc:
    """The members of a field with marks between, and behind the last when broken; comments have none."""
    members = path.children(role)
    last = max((index for index, each in enumerate(members) if not isinstance(each.node, NOTES)), default=-1)
    parts: list[Doc] = []
    for index, each in enumerate(members):
        if index:
            parts.append(HARD if isinstance(members[index - 1].node, NOTES) else SPACE)
        parts.append(each.doc)
        if not isinstance(each.node, NOTES):
            parts.append(mark if index < last else if_break(mark))
    return concat(*parts)


def obj(path: Path[Obj]) -> Doc:
    """`{ a: 1, b }`."""
    node = path.node
    if not node.props:
        return "{}"
    if is_remark(node):
        return remarks(path)
    doc = concat("{", indent(SPACE, separated(path, "props", ",")), SPACE, "}")
    path.dialect.objects[path] = None
    return group(doc, broken=path.opened or _is_expanded(path), id=path)


def remarks(path: Path[Obj | ObjType]) -> Doc:
    """An object of comments only; a single `/** */` of one line stays on the line of the braces."""
    nodes = [each.node for each in path.children("props")]
    lines = [line_comment(node.text) if isinstance(node, Comment) else doc_comment(node.text) for node in nodes]
    body = join(HARD, [join(HARD, each) for each in lines])
    return group("{", indent(SOFT, body), HARD if any(isinstance(node, Comment) for node in nodes) else SOFT, "}")


def _is_expanded(path: Path[Obj]) -> bool:
    """What the author asked for; else the settings of a `define…` call are opened, one per line."""
    if path.node.expanded is not None:
        return path.node.expanded
    parent = path.up
    defines = isinstance(parent, Call) and isinstance(parent.fn, Name) and parent.fn.id.startswith("define")
    return defines and path.role == "args" and len(path.node.props) > 1


def property_(path: Path[Property]) -> Doc:
    """`key: value`, or `key` alone where the value is a name that reads the same."""
    node = path.node
    value = path.child("value")
    if isinstance(node.key, Expr):
        inner = path.child("key")
        text = inner.doc if isinstance(inner.node, (Name, Lit)) else group(inner.doc)
        return assignment(path, concat("[", text, "]"), ":", "value")
    if isinstance(value.node, Name) and value.node.id != "this" and value.doc == node.key:
        return value.doc
    return assignment(path, key_text(node.key), ":", "value")


def arr(path: Path[Arr]) -> Doc:
    """`[a, b]`; numbers fill lines."""
    node = path.node
    if not node.items:
        return "[]"
    items = path.children("items")
    mark = object()
    if is_number_list(node):
        body: Doc = _filled(items, mark)
    elif any(isinstance(each.node, NOTES) for each in items):
        body = separated(path, "items", ",")
    else:
        body = concat(join(concat(",", SPACE), [group(each.doc) for each in items]), if_break(","))
    return group("[", indent(SOFT, body), SOFT, "]", broken=bool(node.expanded) or _is_table(items), id=mark)


def _filled(items: list[Path[Node]], mark: object) -> Doc:
    parts: list[Doc] = []
    for each in items[:-1]:
        parts += [concat(each.doc, ","), SPACE]
    return fill([*parts, concat(items[-1].doc, if_break(",", id=mark))])


def _is_table(items: list[Path[Node]]) -> bool:
    """Several objects, or several arrays, of several members each."""
    rows = [each.node for each in items if not isinstance(each.node, NOTES)]
    if len(rows) < 2:
        return False
    if all(isinstance(row, Obj) for row in rows):
        return all(_count(row.props) > 1 for row in rows if isinstance(row, Obj))
    return all(isinstance(row, Arr) and _count(row.items) > 1 for row in rows)


def _count(members: tuple[Node, ...]) -> int:
    return sum(not isinstance(each, NOTES) for each in members)


def template(path: Path[Template]) -> Doc:
    """A template literal. Its lines never break; an expression inside breaks only where it must."""
    parts: list[Doc] = ["`"]
    text = ""
    column = 0
    for index, part in enumerate(path.node.parts):
        if isinstance(part, str):
            text += part
            continue
        column = _column(text, column)
        parts += [_text(text), _interpolation(path.child("parts", index), text, column)]
        text = ""
    return concat(*parts, _text(text), "`")


def _text(text: str) -> Doc:
    return join(LITERAL, template_text(text).split("\n"))


def _column(text: str, before: int) -> int:
    """How far the last line of the text is indented; text without a line end leaves that as it was."""
    if "\n" not in text:
        return before
    line = text.rpartition("\n")[2]
    blanks = line[: len(line) - len(line.lstrip(" \t"))]
    return sum(1 if char == " " else 2 for char in blanks)


def _interpolation(part: Path[Node], text: str, column: int) -> Doc:
    flat = layout(part.doc, float("inf"))
    if "\n" not in flat:
        return concat("${", flat, "}")
    doc = part.doc
    node = part.node
    member = isinstance(bare(node), (Member, Index))
    if member or isinstance(node, (Name, Conditional, As, Satisfies, Binary)) or is_remark(node):
        doc = concat(indent(SOFT, doc), SOFT)
    if column or text.endswith("\n"):
        doc = indent_from(column, doc)
    return group("${", doc, "}")


PRINTERS: dict[type, Print] = {
    Name: name,
    Lit: literal,
    Comment: comment,
    DocComment: documentation,
    Obj: obj,
    Property: property_,
    Arr: arr,
    Template: template,
}
