"""Python values to nodes, so that emitting code reads like what it emits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from migrator.typescript.nodes import (
    Arr,
    Arrow,
    Assign,
    Call,
    Const,
    Expr,
    Index,
    Lit,
    Member,
    Name,
    New,
    Obj,
    Param,
    Pattern,
    Property,
    Stmt,
    Type,
)

Value: TypeAlias = "Expr | str | int | float | bool | Sequence[Value] | Mapping[str, Value] | None"
"""What `expr` understands."""


def lit(value: str | int | float | bool | None) -> Lit:
    """A literal. Raises ValueError for what has no literal: NaN and the infinities."""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        raise ValueError(f"TypeScript has no literal for the number {value}")
    return Lit(value)


def expr(value: Value) -> Expr:
    """The node of a Python value: dict to object, list and tuple to array, nodes stay; TypeError for the rest."""
    if isinstance(value, Expr):
        return value
    if value is None or isinstance(value, (str, int, float)):
        return lit(value)
    if isinstance(value, Mapping):
        return obj(value)
    if isinstance(value, (list, tuple)):
        return arr(value)
    raise TypeError(f"{type(value).__name__} is no TypeScript value")


def obj(mapping: Mapping[str, Value] | None = None, expanded: bool | None = None) -> Obj:
    """An object literal in the mapping's order."""
    return Obj(tuple(Property(key, expr(value)) for key, value in (mapping or {}).items()), expanded)


def arr(items: Iterable[Value], expanded: bool | None = None) -> Arr:
    """An array literal."""
    return Arr(tuple(expr(item) for item in items), expanded)


def call(fn: Expr | str, *args: Value, type_args: tuple[Type, ...] = ()) -> Call:
    """`fn(args)`; a string is a name in scope."""
    return Call(_root(fn), tuple(expr(arg) for arg in args), type_args)


def new(fn: Expr | str, *args: Value, type_args: tuple[Type, ...] = ()) -> New:
    """`new fn(args)`."""
    return New(_root(fn), tuple(expr(arg) for arg in args), type_args)


def member(root: Expr | str, path: str) -> Expr:
    """`member(backend, "auth.resources.userPool")`. A step may end in `!` (non-null) or begin with `?` (optional).

    A step that is no property name is taken by index: `member(x, "functions.my-fn")` is `x.functions['my-fn']`.
    """
    node = _root(root)
    for step in path.split("."):
        name = step.removeprefix("?").removesuffix("!")
        if _is_property_name(name):
            node = Member(node, name, non_null=step.endswith("!"), optional=step.startswith("?"))
        else:
            node = Index(node, Lit(step))
    return node


def assign(target: Expr, value: Value) -> Assign:
    """`target = value;`."""
    return Assign(target, expr(value))


def const(name: str | Pattern, value: Value, export: bool = False, type: Type | None = None) -> Const:
    """`const name = value;`."""
    return Const(name, expr(value), export, type)


def arrow(params: str | Param | Iterable[str | Param], body: Value | Stmt | tuple[Stmt, ...]) -> Arrow:
    """`(params) => body`. A statement, or a tuple of them, makes a block; an empty tuple an empty block."""
    listed = (params,) if isinstance(params, (str, Param)) else params
    nodes = tuple(Param(param) if isinstance(param, str) else param for param in listed)
    if isinstance(body, Stmt):
        return Arrow(nodes, (body,))
    if isinstance(body, tuple):
        block = tuple(item for item in body if isinstance(item, Stmt))
        if len(block) == len(body):
            return Arrow(nodes, block)
    return Arrow(nodes, expr(body))  # type: ignore[arg-type]  # a tuple with statements in it fails in expr()


def _root(node: Expr | str) -> Expr:
    return Name(node) if isinstance(node, str) else node


def _is_property_name(text: str) -> bool:
    return text.isascii() and text.replace("$", "_").isidentifier()
