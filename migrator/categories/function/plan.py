"""The placement of a project's functions, worked out from the links of the graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.function.placeholders import holes, known_to, target
from migrator.categories.function.placement import FUNCTIONS, Call, CallKind, Need, Placement, place
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import LinkKind, ResourceGraph
from migrator.gen2.cdk import listed

_BACKEND = {"auth": "auth", "storage": "storage", "api": "data"}
"""The stacks that Amplify makes, by Gen 1 category."""
_REST = "rest-api-"
"""The start of the names of REST APIs' stacks."""
_CUSTOM = "custom"
"""The category of stacks of the project's own."""
_BASE = (("data", "auth"), ("storage", "auth"))
"""Amplify hands roles and the pool of auth to both, whenever there is auth."""

_last: tuple[ResourceGraph, frozenset[ResourceRef], str, Placement] | None = None
"""The placement that was asked for last: every builder of a conversion asks for the same one."""


def placement(context: Context) -> Placement:
    """Where the functions of the backend stand, and what has to reach them late."""
    global _last
    asked = (context.selection, context.options.datastore)
    if _last is None or _last[0] is not context.graph or _last[1:3] != asked:
        _last = (context.graph, *asked, _place(context))
    return _last[3]


def _place(context: Context) -> Placement:
    held = [r for r in context.graph.resources if r.ref in context.selection]
    functions = [r.ref for r in held if (r.ref.category, r.service) == ("function", "Lambda")]
    stacks = {r.ref: stack for r in held if (stack := _stack(r.ref, r.service))}
    rest = ((stack, "auth") for stack in stacks.values() if stack.startswith(_REST))
    between = (*_BASE, *rest, *_custom(context, stacks))
    return place(functions, _calls(context), _needs(context), stacks, between)


def _custom(context: Context, stacks: Mapping[ResourceRef, str]) -> Iterator[tuple[str, str]]:
    """What custom stacks take outputs of."""
    for link in context.graph.links(kind=LinkKind.USES):
        if link.source.category == _CUSTOM and link.source in stacks:
            target = FUNCTIONS if link.target.category == "function" else stacks.get(link.target)
            if target:
                yield stacks[link.source], target


def _stack(ref: ResourceRef, service: str) -> str:
    """The stack of what is no function; tables and layers have stacks of their own, which need nothing."""
    if service in ("DynamoDB", "LambdaLayer") or ref.category == _CUSTOM:
        return f"{ref.category}-{ref.name}"
    if service == "API Gateway":
        return f"{_REST}{ref.name}"
    return _BACKEND.get(ref.category, "")


def _calls(context: Context) -> Iterator[Call]:
    resolves = context.options.datastore == "keep"
    for link in context.graph.links(kind=LinkKind.TRIGGER):
        if link.target.category == "function" and (resolves or link.label != "conflicts"):
            own = link.source.category == "auth" or link.label.startswith("authoriz")
            yield Call(link.source, link.target, CallKind.OWN if own else CallKind.BESIDE)


def _needs(context: Context) -> Iterator[Need]:
    for kind in (LinkKind.USES, LinkKind.STREAM):
        for link in context.graph.links(kind=kind):
            if link.source.category == "function":
                yield Need(link.source, link.target)


def mentioned(value: Any, context: Context) -> frozenset[ResourceRef]:
    """The resources that a text, a statement or a list of texts mentions by placeholders."""
    known = known_to(context.graph.resources)
    texts = listed(value.get("Resource", ())) if isinstance(value, dict) else listed(value)
    names = (name for text in texts if isinstance(text, str) for name in holes(text))
    return frozenset(found.ref for name in names if (found := target(name, known)))


def is_late(ref: ResourceRef, value: Any, context: Context) -> bool:
    """Whether something that the value mentions can only reach the function late."""
    late = placement(context).late
    return any(Need(ref, other) in late for other in mentioned(value, context))
