"""Modules to text, as prettier 3 would leave it: single quotes, two spaces, 80 columns, es5 commas, semicolons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from migrator.typescript import calls, functions, operators, sequences, statements, type_syntax
from migrator.typescript.imports import Import, Imports, imports_of
from migrator.typescript.layout import HARD, Doc, Layout, concat, join
from migrator.typescript.literals import quoted
from migrator.typescript.nodes import Arr, Assign, Const, Expr, Module, Obj, Property, SideEffectImport, Stmt, Type
from migrator.typescript.parentheses import needs_parentheses
from migrator.typescript.path import Dialect, Path, Print, plain

PRINTERS: dict[type, Print] = {
    **sequences.PRINTERS,
    **operators.PRINTERS,
    **functions.PRINTERS,
    **calls.PRINTERS,
    **type_syntax.PRINTERS,
    **statements.PRINTERS,
}
"""How each class of node is printed."""


def print_module(module: Module) -> str:
    """The text of a file, its imports included, ending in a line end; nothing at all for an empty module."""
    imports = imports_of(module)
    dialect = Dialect(PRINTERS, needs_parentheses, imports.local)
    root = Path(module, "", None, dialect)
    return _settled(lambda: _module(root, imports), dialect)


def print_node(node: Expr | Stmt | Type) -> str:
    """The text of one node by itself, names as they are; for messages and tests."""
    dialect = Dialect(PRINTERS, needs_parentheses, {})
    root = Path(plain(node), "", None, dialect)
    return _settled(lambda: root.doc, dialect)


def _settled(document: Callable[[], Doc], dialect: Dialect) -> str:
    """The text that prettier leaves alone.

    Prettier keeps an object open that it finds open, and that can change what it does around it. So an object that came
    out open is printed as one that is wanted open, until nothing changes.
    """
    while True:
        run = Layout()
        text = run.run(document())
        opened = [each for each in dialect.objects if not each.opened and run.is_open(each)]
        for each in opened:
            each.open()
        if not any(map(_is_watched, opened)):
            return text


def _is_watched(path: Path[Any]) -> bool:
    """Whether something around the object, up to the next object, looks at how it is printed."""
    above = next((each for each in path.ancestors() if not isinstance(each.node, (Property, Arr))), None)
    return above is not None and not isinstance(above.node, (Obj, Assign, Const))


def _module(root: Path[Module], imports: Imports) -> Doc:
    body = [each for each in root.children("body") if not isinstance(each.node, SideEffectImport)]
    sections = [statements.sequence(root.children("header")), _imports(imports), statements.sequence(body)]
    parts: list[Doc] = []
    for section in sections:
        if section != concat():
            parts += [HARD, HARD, section] if parts else [section]
    return concat(*parts, HARD) if parts else ""


def _imports(imports: Imports) -> Doc:
    docs: list[Doc] = [f"import {quoted(module)};" for module in imports.side_effects]
    docs += [_import(each) for each in imports.statements]
    return join(HARD, docs)


def _import(each: Import) -> Doc:
    clauses: list[Doc] = []
    if each.default is not None:
        clauses.append(each.default)
    if each.namespace is not None:
        clauses.append(f"* as {each.namespace}")
    if each.names:
        clauses.append(statements.specifiers(each.names, alone=not clauses))
    word = "import type " if each.type_only else "import "
    from_ = f" from {quoted(each.module)};"
    return concat(word, clauses[0], *(part for clause in clauses[1:] for part in (", ", clause)), from_)
