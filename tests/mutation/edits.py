"""Changes of a synthesized assembly, in memory: a template gets another value somewhere, a file of it another text."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from migrator.verify.assembly import Assembly, Stack, construct_path

Step = str | int
Change = Callable[[Assembly], Assembly]
_STEP = re.compile(r"[^.\[\]]+|\[\d+\]")


class _Gone:
    """Stands for the value of what is taken out."""

    def __repr__(self) -> str:
        return "nothing"

    def __reduce__(self) -> str:
        return "GONE"  # the same one in other processes


GONE: Any = _Gone()


class Place(Struct, frozen=True):
    """A place in a template of the assembly."""

    file: str
    steps: tuple[Step, ...]


def edited(assembly: Assembly, place: Place, value: Any) -> Assembly:
    """The assembly with another value at a place; `GONE` takes out what is there."""
    stacks = tuple(
        replace(stack, template=_with(stack.template, place.steps, value)) if stack.file == place.file else stack
        for stack in assembly.stacks
    )
    return replace(assembly, stacks=stacks)


def _with(container: Any, steps: tuple[Step, ...], value: Any) -> Any:
    """A copy of a dict or list with another value below; what does not change is shared."""
    copy = dict(container) if isinstance(container, dict) else list(container)
    first, *rest = steps
    if rest:
        below = copy[first] if isinstance(copy, list) else copy.get(first, {})
        copy[first] = _with(below, tuple(rest), value)
    elif value is GONE:
        del copy[first]
    elif isinstance(copy, list) and first == len(copy):
        copy.append(value)
    else:
        copy[first] = value
    return copy


def value_at(assembly: Assembly, place: Place) -> Any:
    """What stands at a place; None when there is nothing."""
    found: Any = next(stack.template for stack in assembly.stacks if stack.file == place.file)
    for step in place.steps:
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int) and step < len(found):
            found = found[step]
        else:
            return None
    return found


def steps(path: str) -> tuple[Step, ...]:
    """`Policies.PasswordPolicy` and `Schema[0].Mutable` as steps; a segment with dots in it cannot be said."""
    return tuple(int(one[1:-1]) if one.startswith("[") else one for one in _STEP.findall(path))


def resources(assembly: Assembly, where: str) -> Iterator[tuple[Stack, str]]:
    """The stack and the logical id of every resource whose construct path is `where`, a regular expression.

    What a template includes has no construct path: its place is its stack and its logical id (`stack#LogicalId`).
    """
    for stack in assembly.stacks:
        for logical_id, body in stack.resources.items():
            if re.fullmatch(where, construct_path(body) or f"{stack.path}#{logical_id}"):
                yield stack, logical_id


def only(assembly: Assembly, where: str) -> tuple[Stack, str]:
    """The one resource at a construct path. Raises LookupError when there is none, or another one."""
    found = list(resources(assembly, where))
    if len(found) != 1:
        raise LookupError(f"{len(found)} resources at {where!r}")
    return found[0]


def put(where: str, path: str, value: Any) -> Change:
    """A resource gets another value: of a property, or of `/DeletionPolicy` and the like beside the properties."""

    def change(assembly: Assembly) -> Assembly:
        stack, logical_id = only(assembly, where)
        inner = steps(path[1:]) if path.startswith("/") else ("Properties", *steps(path))
        place = Place(stack.file, ("Resources", logical_id, *inner))
        said = value(deepcopy(value_at(assembly, place))) if callable(value) else value
        return edited(assembly, place, said)

    return change


def drop(where: str, path: str = "") -> Change:
    """A resource loses a property; without a path, the resource itself goes."""

    def change(assembly: Assembly) -> Assembly:
        if path:
            return put(where, path, GONE)(assembly)
        stack, logical_id = only(assembly, where)
        return edited(assembly, Place(stack.file, ("Resources", logical_id)), GONE)

    return change


def add(beside: str, logical_id: str, body: dict[str, Any]) -> Change:
    """A resource more, in the stack of another one."""

    def change(assembly: Assembly) -> Assembly:
        stack, _ = only(assembly, beside)
        made = {"Metadata": {"aws:cdk:path": f"root/{stack.path}/{logical_id}"}, **body}
        return edited(assembly, Place(stack.file, ("Resources", logical_id)), made)

    return change


def rewritten(suffix: str, old: str, new: str, holding: str = "") -> Change:
    """Another text in the file of the assembly that ends with `suffix` and holds `holding` (else `old`)."""

    def change(assembly: Assembly) -> Assembly:
        for key, path in assembly.assets.items():
            text = path.read_text("utf-8") if key.endswith(suffix) and path.is_file() else ""
            if old in text and holding in text:
                return with_text(assembly, key, text.replace(old, new, 1))
        raise LookupError(f"no {suffix} of the assembly holds {old!r}")

    return change


def with_text(assembly: Assembly, key: str, text: str) -> Assembly:
    """The assembly with another text for one of its files."""
    folder = Path(tempfile.gettempdir()) / "migrate-mutation"
    folder.mkdir(exist_ok=True)
    file = folder / f"{hashlib.sha256(text.encode()).hexdigest()}{Path(key).suffix}"
    if not file.is_file():
        file.write_text(text, "utf-8")
    return replace(assembly, assets=assembly.assets | {key: file})


def together(*changes: Change) -> Change:
    """Several changes, one after the other."""

    def change(assembly: Assembly) -> Assembly:
        for one in changes:
            assembly = one(assembly)
        return assembly

    return change
