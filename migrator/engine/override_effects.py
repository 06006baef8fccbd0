"""What statements of an `override.ts` do, carried out on data as CDK carries them out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from migrator.engine.override_values import BRANCH
from migrator.typescript.nodes import Arr, Expr, Lit, Obj, Property, Template

GONE = object()
"""In the place of a value: what was there is taken away."""


def data(value: Expr | Any, branch: Any) -> Any:
    """The value of an expression; `branch` is what the name of the environment means."""
    match value:
        case Lit():
            return value.value
        case Obj():
            members = (one for one in value.props if isinstance(one, Property))
            return {str(one.key): data(one.value, branch) for one in members}
        case Arr():
            return [data(one, branch) for one in value.items]
        case Template():
            return _joined([part if isinstance(part, str) else data(part, branch) for part in value.parts])
    return branch if value == BRANCH else None


def _joined(parts: list[Any]) -> Any:
    """A text; where a part is only known to CloudFormation, what joins it."""
    if any(isinstance(part, dict) for part in parts):
        return {"Fn::Join": ["", parts]}
    return "".join(map(str, parts))


def place_of(text: str) -> tuple[str, ...]:
    """The steps of a place that an escape hatch names: dots part them, a backslash before a dot makes it a letter."""
    steps = [""]
    letters = iter(text)
    for letter in letters:
        if letter == "\\":
            steps[-1] += next(letters, letter)
        elif letter == ".":
            steps.append("")
        else:
            steps[-1] += letter
    return tuple(steps)


def put(whole: Any, place: Iterable[str], value: Any) -> Any:
    """The data with a value at a place, as an assignment puts it there."""
    return _changed(whole, tuple(place), lambda old: value)


def merged(whole: Any, place: Iterable[str], value: Any) -> Any:
    """The data with a value at a place, as CDK's escape hatches put it there: objects are merged."""
    return _changed(whole, tuple(place), lambda old: _merge(old, value))


def _changed(whole: Any, place: tuple[str, ...], change: Any) -> Any:
    """What is taken out of a list leaves its place empty, as in CDK."""
    if not place:
        return change(whole)
    first, *rest = place
    if isinstance(whole, list) and first.isdecimal() and int(first) < len(whole):
        said = _changed(whole[int(first)], tuple(rest), change)
        return [*whole[: int(first)], None if said is GONE else said, *whole[int(first) + 1 :]]
    members = dict(whole) if isinstance(whole, dict) and not _is_intrinsic(whole) else {}
    said = _changed(members.get(first), tuple(rest), change)
    if said is GONE:
        members.pop(first, None)
    else:
        members[first] = said
    return members


def _merge(old: Any, value: Any) -> Any:
    if not isinstance(old, dict) or not isinstance(value, dict) or _is_intrinsic(old) or _is_intrinsic(value):
        return value
    return old | {key: _merge(old.get(key), one) for key, one in value.items()}


def _is_intrinsic(value: dict[str, Any]) -> bool:
    """Whether an object is one of CloudFormation's functions, which are replaced as a whole."""
    name = next(iter(value), "")
    return len(value) == 1 and (name == "Ref" or name.startswith("Fn::"))
