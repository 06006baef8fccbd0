"""Statements."""

from __future__ import annotations

from migrator.typescript.assignments import assignment
from migrator.typescript.layout import HARD, SOFT, SPACE, Doc, concat, group, if_break, indent, join
from migrator.typescript.literals import quoted
from migrator.typescript.nodes import (
    Assign,
    Binary,
    Blank,
    Const,
    Do,
    ForOf,
    If,
    Module,
    ReExport,
    Return,
    SideEffectImport,
    Throw,
    TypeAlias,
)
from migrator.typescript.path import LOGICAL, Block, Path, Print, Unary


def sequence(statements: list[Path[Block | Module]]) -> Doc:
    """Statements under each other; empty lines between them, one at a time, and none at either end."""
    parts: list[Doc] = []
    blank = False
    for each in statements:
        if isinstance(each.node, Blank):
            blank = bool(parts)
            continue
        if parts:
            parts.append(HARD)
        if blank:
            parts.append(HARD)
            blank = False
        parts.append(each.doc)
    return concat(*parts)


def block(path: Path[Block]) -> Doc:
    """`{ … }`; an empty one is `{}` behind a function and open elsewhere."""
    statements = path.children("body")
    if all(isinstance(each.node, Blank) for each in statements):
        return concat("{", HARD, "}") if isinstance(path.up, (If, ForOf)) else "{}"
    return concat("{", indent(HARD, sequence(statements)), HARD, "}")


def const(path: Path[Const]) -> Doc:
    """`const name = value;`."""
    node = path.node
    target = node.name if isinstance(node.name, str) else path.child("name").doc
    kind = concat(": ", path.child("type").doc) if node.type is not None else ""
    word = "export const " if node.export else "const "
    return group(word, assignment(path, concat(target, kind), " =", "value"), ";")


def assign(path: Path[Assign]) -> Doc:
    """`target = value;`."""
    return concat(assignment(path, path.child("target").doc, " =", "value"), ";")


def do(path: Path[Do]) -> Doc:
    """An expression and a semicolon."""
    return concat(path.child("expr").doc, ";")


def leave(path: Path[Return | Throw]) -> Doc:
    """`return value;` or `throw value;`."""
    word = "return" if isinstance(path.node, Return) else "throw"
    if path.node.value is None:
        return f"{word};"
    value = path.child("value")
    doc = value.doc
    if isinstance(value.node, Binary):
        doc = group(if_break("("), indent(SOFT, doc), SOFT, if_break(")"))
    return concat(word, " ", doc, ";")


def branch(path: Path[If]) -> Doc:
    """`if (test) { … } else { … }`."""
    node = path.node
    test = path.child("test")
    condition = test.doc if _negates_logic(test) else group(indent(SOFT, test.doc), SOFT)
    doc = group("if (", condition, ") ", path.child("then").doc)
    if not node.otherwise:
        return doc
    single = len(node.otherwise) == 1 and isinstance(node.otherwise[0], If)
    otherwise = path.child("otherwise", 0) if single else path.child("otherwise")
    return concat(doc, " else ", group(otherwise.doc))


def _negates_logic(test: Path[Unary]) -> bool:
    """`!(a && b)`, `!!(a && b)`."""
    inner: Path[Unary] = test
    for _ in range(2):
        if isinstance(inner.node, Unary) and inner.node.op == "!":
            inner = inner.child("expr")
    return inner is not test and isinstance(inner.node, Binary) and inner.node.op in LOGICAL


def loop(path: Path[ForOf]) -> Doc:
    """`for (const name of iterable) { … }`."""
    node = path.node
    target = node.name if isinstance(node.name, str) else path.child("name").doc
    return group("for (const ", target, " of ", path.child("iterable").doc, ") ", path.child("body").doc)


def alias(path: Path[TypeAlias]) -> Doc:
    """`type name = type;`."""
    word = "export type " if path.node.export else "type "
    return concat(assignment(path, word + path.node.name, " =", "type"), ";")


def side_effect(path: Path[SideEffectImport]) -> Doc:
    """`import 'module';`."""
    return f"import {quoted(path.node.module)};"


def re_export(path: Path[ReExport]) -> Doc:
    """`export { a } from 'module';`."""
    node = path.node
    return concat("export ", specifiers(node.names) if node.names else "*", f" from {quoted(node.module)};")


def specifiers(names: tuple[str, ...], alone: bool = True) -> Doc:
    """`{ a, b }` of an import or export; a single name without company never breaks."""
    if len(names) == 1 and alone:
        return f"{{ {names[0]} }}"
    return group("{", indent(SPACE, join(concat(",", SPACE), names)), if_break(","), SPACE, "}")


PRINTERS: dict[type, Print] = {
    Block: block,
    Const: const,
    Assign: assign,
    Do: do,
    Return: leave,
    Throw: leave,
    If: branch,
    ForOf: loop,
    TypeAlias: alias,
    SideEffectImport: side_effect,
    ReExport: re_export,
}
