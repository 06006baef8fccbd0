"""Replacing nodes of a syntax tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from migrator.typescript.nodes import Node

N = TypeVar("N")


def rewrite(tree: N, change: Callable[[Node], Node]) -> N:
    """The tree with `change` applied to every node, parents before children; a node it returns as it is stays."""
    if isinstance(tree, tuple):
        items = tuple(rewrite(item, change) for item in tree)
        return tree if all(new is old for new, old in zip(items, tree, strict=True)) else items  # type: ignore[return-value]
    if not isinstance(tree, Node):
        return tree
    changed = change(tree)
    if changed is not tree:
        return rewrite(changed, change)  # type: ignore[return-value]
    updates: dict[str, Any] = {}
    for name in tree.__struct_fields__:
        old = getattr(tree, name)
        if isinstance(old, (Struct, tuple)):
            new = rewrite(old, change)
            if new is not old:
                updates[name] = new
    return replace(tree, **updates) if updates else tree


def walk(tree: object) -> Iterator[Node]:
    """Every node of the tree, parents first."""
    if isinstance(tree, tuple):
        for item in tree:
            yield from walk(item)
    elif isinstance(tree, Node):
        yield tree
        for name in tree.__struct_fields__:
            value = getattr(tree, name)
            if isinstance(value, (Struct, tuple)):
                yield from walk(value)
