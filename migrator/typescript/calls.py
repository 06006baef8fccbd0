"""Calls, members, and the chains they form."""

from __future__ import annotations

from migrator.typescript.arguments import arguments, is_curried
from migrator.typescript.layout import BREAK, HARD, INDENT, SOFT, Doc, choice, concat, group, indent, is_hard, join
from migrator.typescript.nodes import (
    Arrow,
    Assign,
    Call,
    Const,
    Do,
    Index,
    Lit,
    Member,
    Name,
    New,
    Node,
    NonNull,
    Template,
)
from migrator.typescript.path import Path, Print, plain
from migrator.typescript.shapes import bare, is_plain_number, is_simple_argument
from migrator.typescript.type_syntax import type_arguments

MEMBERS = (Member, Index)


def call(path: Path[Call | New]) -> Doc:
    """`fn(args)` or `new fn(args)`."""
    node = path.node
    callee = path.child("fn")
    if _keeps_line(node):
        return concat(_head(path), "(", join(", ", [each.doc for each in path.children("args")]), ")")
    if isinstance(node, Call) and isinstance(callee.node, MEMBERS) and not callee.parens:
        return _chain(path)  # type: ignore[arg-type]  # the node is a Call here
    doc = concat(_head(path), arguments(path))
    return group(doc) if isinstance(callee.node, Call) else doc


def _head(path: Path[Call | New]) -> Doc:
    new = "new " if isinstance(path.node, New) else ""
    return concat(new, path.child("fn").doc, type_arguments(path))


def _keeps_line(node: Call | New) -> bool:
    """A template of several lines as the only argument, and `require`, never break before it."""
    if len(node.args) != 1:
        return False
    only = node.args[0]
    if isinstance(only, Template):
        return any(isinstance(part, str) and "\n" in part for part in only.parts)
    text = isinstance(only, Lit) and isinstance(only.value, str)
    return text and isinstance(node, Call) and node.fn == Name("require")


def member(path: Path[Member | Index]) -> Doc:
    """`obj.name`, `obj[key]`."""
    obj = path.child("obj")
    doc = obj.doc
    path.is_chain = obj.is_chain
    look = _lookup(path)
    return concat(doc, look if _stays_beside(path, obj) else group(indent(SOFT, look)))


def _lookup(path: Path[Member | Index]) -> Doc:
    node = path.node
    if isinstance(node, Member):
        return f"{'?' if node.optional else ''}.{node.name}"
    mark = "?." if node.optional else ""
    key = path.child("key")
    if is_plain_number(key.node):
        return concat(mark, "[", key.doc, "]")
    return group(mark, "[", indent(SOFT, key.doc), SOFT, "]")


def _stays_beside(path: Path[Member | Index], obj: Path[Node]) -> bool:
    node = path.node
    if isinstance(node, Index) or _is_member_assigned(path) or _is_constructed(path):
        return True
    user = next((each.node for each in path.ancestors() if not isinstance(each.node, NonNull)), None)
    if isinstance(obj.node, Name) and obj.node.id != "this" and not isinstance(user, MEMBERS):
        return True
    inner = bare(obj.node)
    return isinstance(user, (Assign, Const)) and ((isinstance(inner, Call) and bool(inner.args)) or obj.is_chain)


def _is_member_assigned(path: Path[Node]) -> bool:
    """Whether the members are one side of `a.b = c.d`; an optional step hides that from prettier."""
    top = path.node
    for above in path.ancestors():
        if not isinstance(above.node, (*MEMBERS, NonNull)):
            assigned = isinstance(above.node, Assign) and not isinstance(plain(above.node.target), Name)
            return assigned and not _is_optional(top)
        top = above.node
    return False


def _is_optional(node: Node) -> bool:
    while isinstance(node, (*MEMBERS, Call, NonNull)):
        if isinstance(node, MEMBERS) and node.optional:
            return True
        node = plain(node.obj if isinstance(node, MEMBERS) else node.fn if isinstance(node, Call) else node.expr)
    return False


def _is_constructed(path: Path[Node]) -> bool:
    role, top = path.role, path.node
    for above in path.ancestors():
        if not ((isinstance(above.node, MEMBERS) and role == "obj") or isinstance(above.node, NonNull)):
            return isinstance(above.node, New) and role == "fn" and not _is_optional(top)
        role, top = above.role, above.node
    return False


class _Link:
    """One step of a chain: its node, its text, and the name a reader sees in it."""

    __slots__ = ("doc", "name", "node")

    def __init__(self, node: Node, doc: Doc, name: str = "") -> None:
        self.node = node
        self.doc = doc
        self.name = name

    @property
    def is_step(self) -> bool:
        return isinstance(self.node, MEMBERS)

    @property
    def is_call(self) -> bool:
        return isinstance(self.node, Call)

    @property
    def is_numbered(self) -> bool:
        return isinstance(self.node, Index) and is_plain_number(plain(self.node.key))


def _links(path: Path[Call]) -> list[_Link]:
    links = [_Link(path.node, concat(type_arguments(path), arguments(path)))]
    step = path.child("fn")
    while not step.parens:
        node = step.node
        if isinstance(node, Call) and isinstance(step.child("fn").node, (*MEMBERS, Call)):
            links.append(_Link(node, concat(type_arguments(step), arguments(step))))
            step = step.child("fn")
        elif isinstance(node, MEMBERS):
            links.append(
                _Link(node, _lookup(step), node.name if isinstance(node, Member) else _seen(step.child("key")))
            )
            step = step.child("obj")
        elif isinstance(node, NonNull):
            links.append(_Link(node, "!"))
            step = step.child("expr")
        else:
            break
    links.append(_Link(step.node, step.doc, _seen(step)))
    return links[::-1]


def _seen(path: Path[Node]) -> str:
    """The name of an identifier in this file; nothing for any other node."""
    return str(path.doc) if isinstance(path.node, Name) and path.node.id != "this" else ""


def _grouped(links: list[_Link]) -> list[list[_Link]]:
    """The head of the chain, then one group per call with the members before it."""
    index = 1
    while index < len(links) and (isinstance(links[index].node, (NonNull, Call)) or links[index].is_numbered):
        index += 1
    if not links[0].is_call:
        while index + 1 < len(links) and links[index].is_step and links[index + 1].is_step:
            index += 1
    groups = [links[:index]]
    current: list[_Link] = []
    called = False
    for link in links[index:]:
        if called and link.is_step and not link.is_numbered:
            groups.append(current)
            current, called = [], False
        called = called or link.is_call
        current.append(link)
    return [*groups, current] if current else groups


def _chain(path: Path[Call]) -> Doc:
    links = _links(path)
    groups = _grouped(links)
    merged = len(groups) >= 2 and _joins_first(groups, isinstance(path.up, Do))
    docs = [concat(*(link.doc for link in each)) for each in groups]
    flat = concat(*docs)
    kept = 2 if merged else 1
    if len(groups) <= kept + 1:
        return flat if is_curried(path) else group(flat)
    path.is_chain = True
    steps = docs[kept:]
    open_ = concat(*docs[:kept], indent(HARD, join(HARD, steps)))
    calls = [link.node for link in links if isinstance(link.node, Call)]
    rich = len(calls) > 2 and any(not is_simple_argument(plain(arg)) for each in calls for arg in each.args)
    functions = any(isinstance(arg, Arrow) for each in calls[:-1] for arg in each.args)
    last_opens = groups[-1][-1].is_call and is_hard(docs[-1]) and functions
    if rich or any(map(is_hard, docs[:-1])) or last_opens:
        return group(open_)
    return concat(BREAK if is_hard(flat) else "", choice(flat, open_))


def _joins_first(groups: list[list[_Link]], statement: bool) -> bool:
    """Whether the first call stays on the line of the head: `this.a()`, `z.object()`, `App.use()`."""
    computed = isinstance(groups[1][0].node, Index)
    head = groups[0][-1]
    if head.node == Name("this"):
        return len(groups[0]) == 1
    named = _is_factory(head.name) or computed
    if len(groups[0]) == 1:
        return isinstance(head.node, Name) and (named or (statement and len(head.name) <= INDENT))
    return bool(head.name) and named


def _is_factory(name: str) -> bool:
    return name[:1].isascii() and (name[:1].isupper() or (name != "" and not name.strip("$_")))


PRINTERS: dict[type, Print] = {Call: call, New: call, Member: member, Index: member}
