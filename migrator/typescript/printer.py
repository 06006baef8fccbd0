"""Modules to text, as prettier 3 would leave it: single quotes, two spaces, 80 columns, es5 commas, semicolons."""

from __future__ import annotations

from migrator.typescript import calls, functions, operators, sequences, statements, type_syntax
from migrator.typescript.imports import Import, Imports, imports_of
from migrator.typescript.layout import HARD, Doc, concat, join, layout
from migrator.typescript.literals import quoted
from migrator.typescript.nodes import Blank, Expr, Module, SideEffectImport, Stmt, Type
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
    root = Path(module, "", None, Dialect(PRINTERS, needs_parentheses, imports.local))
    body = [each for each in root.children("body") if not isinstance(each.node, SideEffectImport)]
    while body and isinstance(body[0].node, Blank):
        del body[0]
    sections = [
        statements.sequence(root.children("header")),
        _imports(imports),
        statements.sequence(body),
    ]
    parts: list[Doc] = []
    for section in sections:
        if section != concat():
            parts += [HARD, HARD, section] if parts else [section]
    return layout(concat(*parts, HARD)) if parts else ""


def print_node(node: Expr | Stmt | Type) -> str:
    """The text of one node by itself, names as they are; for messages and tests."""
    return layout(Path(plain(node), "", None, Dialect(PRINTERS, needs_parentheses, {})).doc)


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
