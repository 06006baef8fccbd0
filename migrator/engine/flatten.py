"""Properties as flat settings: `Policies.PasswordPolicy.MinimumLength`, `Schema[email].Required`, `Methods[GET]`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from migrator.engine.observed import Value
from migrator.gen1.values import as_text

_ELEMENT = re.compile(r"\[[^\]]*\]")


class Shape(NamedTuple):
    """How a list is flattened. Without one, scalars stay one ordered list, and objects are counted (`[0]`)."""

    key: str = ""
    """The property that tells objects apart."""
    kind: str = "set"


EACH = Shape(kind="each")
"""A set of scalars, one setting for each (`Flows[code]: true`), so that one more or less is one difference."""
SET = Shape(kind="set")
"""A set of scalars as one setting: sorted, each once."""
BAG = Shape(kind="bag")
"""Objects whose order means nothing and that no property tells apart: sorted by what they say."""


def by(key: str) -> Shape:
    """Objects that the property `key` tells apart: `Schema[email].Required`.

    That there is one is a setting of its own (`Schema[email]: true`), since all that it says may be defaults.
    """
    return Shape(key, "by")


def settings(properties: Mapping[str, Any], shapes: Mapping[str, Shape] = {}) -> dict[str, Value]:
    """The leaves of properties by path. `shapes` names lists by path, `[*]` standing for any element.

    What is empty (`{}`, `[]`, null) says nothing, as in CloudFormation, and is left out.
    """
    return dict(_flat("", properties, shapes))


def pattern(path: str) -> str:
    """A path with `[*]` for each of its elements."""
    return _ELEMENT.sub("[*]", path)


def _flat(path: str, value: Any, shapes: Mapping[str, Shape]) -> Iterator[tuple[str, Value]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _flat(f"{path}.{key}" if path else str(key), item, shapes)
    elif isinstance(value, list | tuple):
        yield from _listed(path, list(value), shapes)
    elif value is not None:
        yield path, value


def _listed(path: str, items: list[Any], shapes: Mapping[str, Shape]) -> Iterator[tuple[str, Value]]:
    shape = shapes.get(pattern(path))
    objects = any(isinstance(item, Mapping | list | tuple) for item in items)
    if shape == EACH and not objects:
        yield from ((f"{path}[{as_text(item)}]", True) for item in items)
    elif not objects and items:
        yield path, tuple(sorted(dict.fromkeys(items), key=as_text)) if shape == SET else tuple(items)
    elif objects:
        if shape == BAG:
            items = sorted(items, key=_said)
        for label, item in _labelled(items, shape.key if shape else ""):
            if (shape and shape.key) or not item:
                yield f"{path}[{label}]", True
            yield from _flat(f"{path}[{label}]", item, shapes)


def _labelled(items: list[Any], key: str) -> Iterator[tuple[str, Any]]:
    """Elements with the text that tells them apart, and without it; without one they are counted."""
    seen: Counter[str] = Counter()
    for index, item in enumerate(items):
        name = as_text(item.get(key)) if key and isinstance(item, Mapping) else ""
        if not name:
            yield str(index), item
            continue
        seen[name] += 1
        label = name if seen[name] == 1 else f"{name} ({seen[name]})"
        yield label, {member: value for member, value in item.items() if member != key}


def _said(value: Any) -> str:
    """What an object says, whatever the order of its members."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key}:{_said(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(_said(item) for item in value) + "]"
    return as_text(value)
