"""Where functions stand so that no circle of nested stacks arises, and which links have to be made late.

CloudFormation refuses circles twice over: between nested stacks, and between the resources within one. A function is in
the stack of whoever calls it. What it needs is handed to it directly as long as that closes no circle; the rest is
*late*: the value goes through Parameter Store, the rights into a policy of a stack on which nothing depends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from migrator.core.ref import ResourceRef

FUNCTIONS = "function"
"""The stack of functions that nothing in the backend calls."""
_ORDER = (FUNCTIONS, "data", "storage", "auth")
"""Whose needs are met first: a function that users sign in through can have almost nothing directly."""
_CALLERS = ("auth", "data", "storage")


class CallKind(StrEnum):
    """How a resource calls a function."""

    OWN = "own"
    """The resource itself names the function (a user pool, an API with an authorizer), so it depends on it."""
    BESIDE = "beside"
    """Something that depends on the resource names the function (a resolver, a bucket's notifications)."""


class Call(Struct, frozen=True, order=True):
    """`caller` calls `function`."""

    caller: ResourceRef
    function: ResourceRef
    kind: CallKind


class Need(Struct, frozen=True, order=True):
    """`function` gets names, ids or rights of `target`."""

    function: ResourceRef
    target: ResourceRef


class Placement(Struct, frozen=True):
    """The stack of each function, and the needs that have to be met late."""

    stacks: Mapping[ResourceRef, str]
    late: frozenset[Need]

    def group(self, function: ResourceRef) -> str:
        """`resourceGroupName`, empty for the default."""
        stack = self.stacks.get(function, FUNCTIONS)
        return "" if stack == FUNCTIONS else stack


def place(
    functions: Iterable[ResourceRef],
    calls: Iterable[Call],
    needs: Iterable[Need],
    stacks: Mapping[ResourceRef, str],
    between: Iterable[tuple[str, str]] = (),
) -> Placement:
    """The placement of all functions.

    `stacks` names the stack of every other resource, `between` the edges between stacks that are there anyway
    (`("data", "auth")`: data refers to auth).
    """
    calls = sorted(set(calls))
    found = {function: _stack(function, calls, stacks) for function in functions}
    everywhere = {**stacks, **found}
    graph = _Graph()
    for source, target in between:
        graph.add(f"stack {source}", f"stack {target}")
    for call in calls:
        if call.function in found and call.caller in everywhere:
            caller = str(call.caller) if call.kind is CallKind.OWN else f"{call.caller} beside"
            _link(graph, caller, str(call.function), everywhere[call.caller], found[call.function])
    late = set()
    wanted = {n for n in needs if n.function in found and n.target in everywhere and n.function != n.target}
    for need in sorted(wanted, key=lambda n: (_is_call_back(n, found), _ORDER.index(found[n.function]), n)):
        one, other = found[need.function], everywhere[need.target]
        if graph.reaches(str(need.target), str(need.function)) or (
            one != other and graph.reaches(f"stack {other}", f"stack {one}")
        ):
            late.add(need)
        else:
            _link(graph, str(need.function), str(need.target), one, other)
    return Placement(found, frozenset(late))


def _is_call_back(need: Need, stacks: Mapping[ResourceRef, str]) -> bool:
    """Whether a function that something calls needs one that nothing calls: directly, that would cut the latter's
    whole stack off from what they both use."""
    return stacks[need.function] != FUNCTIONS and stacks.get(need.target) == FUNCTIONS


def _stack(function: ResourceRef, calls: Iterable[Call], stacks: Mapping[ResourceRef, str]) -> str:
    callers = {stacks.get(call.caller, "") for call in calls if call.function == function}
    return next((stack for stack in _CALLERS if stack in callers), FUNCTIONS)


def _link(graph: _Graph, source: str, target: str, source_stack: str, target_stack: str) -> None:
    graph.add(source, target)
    if source_stack != target_stack:
        graph.add(f"stack {source_stack}", f"stack {target_stack}")


class _Graph:
    """Names and arrows between them."""

    def __init__(self) -> None:
        self._next: dict[str, set[str]] = {}

    def add(self, source: str, target: str) -> None:
        self._next.setdefault(source, set()).add(target)

    def reaches(self, source: str, target: str) -> bool:
        """Whether a way leads from the first to the second."""
        waiting, seen = [source], {source}
        while waiting:
            name = waiting.pop()
            if name == target:
                return True
            fresh = self._next.get(name, set()) - seen
            seen |= fresh
            waiting += fresh
        return False
