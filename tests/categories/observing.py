"""Declared resources of both generations, written by hand, and what observers see in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migrator.core.ref import ResourceRef
from migrator.engine.comparison import compare
from migrator.engine.context import Context
from migrator.engine.observed import Aspect, Declared, Generation, Observed, Observer, Side
from migrator.gen1.graph import Evidence, Resource, ResourceGraph
from migrator.verify.naming import named


def gen1(id: str, type: str, properties: Mapping[str, Any] = {}, **more: Any) -> Declared:
    """A resource of a Gen 1 stack: `auth/club#UserPool`."""
    stack = id.partition("#")[0]
    category, _, name = stack.partition("/")
    return Declared(id, type, properties, stack, owner=ResourceRef(category, name) if name else None, **more)


def gen2(path: str, type: str, properties: Mapping[str, Any] = {}, **more: Any) -> Declared:
    """A resource of the Gen 2 backend, at its construct path; its id is `path#R`."""
    return Declared(f"{path}#R", type, properties, path.partition("/")[0], path, **more)


def generation(side: Side, *resources: Declared, known: tuple[tuple[str, str], ...] = ()) -> Generation:
    """One generation; `known` are Gen 1 resources by name and service."""
    graph = ResourceGraph(tuple(Resource(ResourceRef("function", n), s, Evidence.SOURCE) for n, s in known))
    return Generation(side, resources, Context(graph, None))  # type: ignore[arg-type]


def seen(observer: Observer, one: Generation, aspect: Aspect = Aspect.SETTINGS) -> dict[str, Observed]:
    """What the observer sees, by key."""
    return {found.key: found for found in observer.observe(named(one, [observer])) if found.aspect is aspect}


def differing(
    observer: Observer, one: Generation, other: Generation, aspect: Aspect = Aspect.SETTINGS
) -> list[tuple[str, str, Any, Any]]:
    """Key, attribute and both values of what is not the same."""
    left, right = (seen(observer, side, aspect).values() for side in (one, other))
    found = compare(left, right, observer.defaults).mismatches
    return [(each.key, each.attribute, each.gen1, each.gen2) for each in found]
