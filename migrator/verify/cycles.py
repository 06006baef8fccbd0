"""The check `cycles`: no template holds resources that wait for each other, for CloudFormation refuses such a template.

What makes one resource wait for another: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from migrator.verify.assembly import Assembly, Stack, Template
from migrator.verify.results import Check, CheckResult, Detail, Status

Graph = Mapping[str, tuple[str, ...]]
_SUBSTITUTION = re.compile(r"\$\{([^!${}][^${}]*)\}")

_REFUSED = "CloudFormation refuses the deployment: nothing of the backend would be made or changed."
_STARTS = 100
"""Members of a knot from which the shortest cycle is looked for: each one costs a walk over the knot."""


class Cycle(Struct, frozen=True):
    """Logical ids of which each needs the next and the last needs the first; and all that share the knot."""

    path: tuple[str, ...]
    knot: tuple[str, ...]


def check_cycles(assemblies: Iterable[Assembly]) -> CheckResult:
    """Looks at every template of every assembly; what branch and sandbox have in common is told once."""
    found: dict[str, Detail] = {}
    for assembly in assemblies:
        for stack in assembly.stacks:
            for cycle in find_cycles(resource_graph(stack.template)):
                key = " ".join(_label(stack, logical_id) for logical_id in cycle.path)
                found.setdefault(key, _detail(assembly, stack, cycle))
    if not found:
        return CheckResult(Check.CYCLES, Status.PASSED)
    details = tuple(found.values())
    return CheckResult(Check.CYCLES, Status.FAILED, details[0].message.splitlines()[0], details)


def resource_graph(template: Template) -> dict[str, tuple[str, ...]]:
    """Each resource of a template with the resources it needs, in the order they are mentioned."""
    resources = template.get("Resources")
    bodies = resources if isinstance(resources, dict) else {}
    return {name: tuple(dict.fromkeys(n for n in _needs(body) if n in bodies)) for name, body in bodies.items()}


def _needs(body: object) -> Iterator[str]:
    if not isinstance(body, dict):
        return
    match body.get("DependsOn"):
        case str(name):
            yield name
        case [*names]:
            yield from (name for name in names if isinstance(name, str))
    yield from mentioned({key: value for key, value in body.items() if key not in ("Type", "DependsOn")})


def mentioned(value: Any) -> Iterator[str]:
    """Names that `Ref`, `Fn::GetAtt` and `Fn::Sub` mention anywhere inside a value (parameters among them)."""
    match value:
        case {"Ref": str(name)} if len(value) == 1:
            yield name
        case {"Fn::GetAtt": [str(name), *attribute]} if len(value) == 1:
            yield name
            yield from mentioned(attribute)
        case {"Fn::GetAtt": str(text)} if len(value) == 1:
            yield text.split(".")[0]
        case {"Fn::Sub": str(text)} if len(value) == 1:
            yield from _substituted(text, {})
        case {"Fn::Sub": [str(text), dict(variables)]} if len(value) == 1:
            yield from _substituted(text, variables)
            yield from mentioned(variables)
        case dict():
            for inner in value.values():
                yield from mentioned(inner)
        case list():
            for inner in value:
                yield from mentioned(inner)


def _substituted(text: str, variables: Mapping[str, object]) -> Iterator[str]:
    for found in _SUBSTITUTION.findall(text):
        name = found.strip()
        if name not in variables:
            yield name.split(".")[0]


def find_cycles(graph: Graph) -> tuple[Cycle, ...]:
    """One shortest cycle for each group of resources that need each other."""
    cycles = []
    for knot in _knots(graph):
        members = set(knot)
        paths = (_shortest(graph, start, members) for start in knot[:_STARTS])
        cycles.append(Cycle(min(paths, key=len), tuple(knot)))
    return tuple(cycles)


def _shortest(graph: Graph, start: str, members: set[str]) -> tuple[str, ...]:
    """The shortest way from `start` back to it; there is one, since all members reach each other."""
    before: dict[str, str] = {}
    queue = deque((start,))
    while queue:
        node = queue.popleft()
        for needed in graph[node]:
            if needed == start:
                path = [node]
                while path[-1] != start:
                    path.append(before[path[-1]])
                return tuple(reversed(path))
            if needed in members and needed not in before:
                before[needed] = node
                queue.append(needed)
    return (start,)


def _knots(graph: Graph) -> Iterator[list[str]]:
    """Strongly connected groups (Tarjan 1972, without recursion), and resources that need themselves."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    is_open: set[str] = set()
    position = {name: index for index, name in enumerate(graph)}
    for root in graph:
        if root in order:
            continue
        work = [(root, iter(graph[root]))]
        order[root] = low[root] = len(order)
        open_.append(root)
        is_open.add(root)
        while work:
            node, rest = work[-1]
            unseen = None
            for needed in rest:
                if needed not in order:
                    unseen = needed
                    break
                if needed in is_open:
                    low[node] = min(low[node], order[needed])
            if unseen is not None:
                order[unseen] = low[unseen] = len(order)
                open_.append(unseen)
                is_open.add(unseen)
                work.append((unseen, iter(graph[unseen])))
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[node])
            if low[node] == order[node]:
                knot = open_[open_.index(node) :]
                del open_[-len(knot) :]
                is_open.difference_update(knot)
                if len(knot) > 1 or node in graph[node]:
                    yield sorted(knot, key=position.__getitem__)


def _detail(assembly: Assembly, stack: Stack, cycle: Cycle) -> Detail:
    labels = [_label(stack, logical_id) for logical_id in (*cycle.path, cycle.path[0])]
    lines = [f"circular dependency: {' -> '.join(labels)}"]
    lines += [line for step in _steps(cycle.path) for line in _explained(assembly, stack, *step)]
    others = [_label(stack, name) for name in cycle.knot if name not in cycle.path]
    if others:
        lines.append(f"tied to the same knot: {', '.join(others)}")
    return Detail("error", "\n".join(lines), subject=stack.path or "root stack", hint=_REFUSED)


def _steps(path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return zip(path, (*path[1:], path[0]), strict=True)


def _label(stack: Stack, logical_id: str) -> str:
    child = stack.construct_path(logical_id)
    place = re.sub(r"(^|/)([^/]+)\.NestedStack/\2\.NestedStackResource$", r"\1\2", child)
    return f"{logical_id} ({place})" if place else logical_id


def _explained(assembly: Assembly, stack: Stack, needing: str, needed: str) -> Iterator[str]:
    """For two nested stacks: which resource inside the one takes what from which resource inside the other."""
    user, giver = assembly.child(stack, needing), assembly.child(stack, needed)
    if user is None:
        return
    parameters = stack.resources[needing].get("Properties", {}).get("Parameters", {})
    for parameter, value in parameters.items():
        if needed not in mentioned(value):
            continue
        users = [_label(user, name) for name, body in user.resources.items() if parameter in mentioned(body)]
        source = _output_source(giver, value) if giver else ""
        taken = f" takes {source}" if source else f" takes the parameter {parameter}"
        yield f"  {', '.join(users) or _label(stack, needing)}{taken} from {_label(stack, needed)}"


def _output_source(giver: Stack, value: object) -> str:
    """The resources behind `Fn::GetAtt: [stack, Outputs.name]`."""
    match value:
        case {"Fn::GetAtt": [str(), str(attribute)]} if attribute.startswith("Outputs."):
            output = giver.template.get("Outputs", {}).get(attribute.removeprefix("Outputs."), {})
            names = [name for name in mentioned(output.get("Value")) if name in giver.resources]
            return ", ".join(_label(giver, name) for name in names)
    return ""
