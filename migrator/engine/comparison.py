"""Observed resources of both generations, compared attribute by attribute. No category is known here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from migrator.core.ref import ResourceRef
from migrator.engine.flatten import pattern
from migrator.engine.observed import Default, Observed, Value
from migrator.gen1.values import as_text

WHOLE = ""
"""The attribute of a difference that is about a whole resource: it is there on one side only."""
THERE = "present"
"""What such a difference shows on the side that has the resource."""


class Mismatch(Struct, frozen=True):
    """One attribute that is not the same; None on the side that does not have it."""

    kind: str
    key: str
    attribute: str
    gen1: Value | None
    gen2: Value | None
    one: Observed | None = None
    """The resource in Gen 1."""
    other: Observed | None = None
    """The resource in Gen 2."""

    @property
    def owner(self) -> ResourceRef | None:
        """The Gen 1 resource that it belongs to, where that is known."""
        return self.one.of[0].owner if self.one and self.one.of else None


class Compared(Struct, frozen=True):
    """How many attributes were looked at, and those that differ."""

    compared: int
    mismatches: tuple[Mismatch, ...]


def compare(gen1: Iterable[Observed], gen2: Iterable[Observed], defaults: Iterable[Default] = ()) -> Compared:
    """Every attribute of every resource of either side, in the order of Gen 1, then what Gen 2 has beside it.

    An attribute that is missing on one side equals CloudFormation's default on the other.
    """
    left, right = _keyed(gen1), _keyed(gen2)
    known = {(one.kind, one.attribute): one.value for one in defaults}
    count, found = 0, []
    for name in dict.fromkeys((*left, *right)):
        one, other = left.get(name), right.get(name)
        if one is None or other is None:
            there = one or other
            count += 1 + len(there.attributes if there else ())
            found.append(Mismatch(*name, WHOLE, THERE if one else None, THERE if other else None, one, other))
            continue
        paths = tuple(dict.fromkeys((*one.attributes, *other.attributes)))
        count += len(paths) or 1
        found += list(_attributes(one, other, paths, known))
    return Compared(count, tuple(found))


def _keyed(observed: Iterable[Observed]) -> dict[tuple[str, str], Observed]:
    """By kind and key; where several have one name, the later ones are counted, so that none hides another."""
    seen: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, str], Observed] = {}
    for one in observed:
        name = (one.kind, one.key)
        seen[name] += 1
        if seen[name] > 1:
            name = (one.kind, f"{one.key} ({seen[name]})")
            one = replace(one, key=name[1])
        found[name] = one
    return found


def _attributes(
    one: Observed, other: Observed, paths: tuple[str, ...], known: Mapping[tuple[str, str], Value]
) -> Iterator[Mismatch]:
    for path in paths:
        left, right = one.attributes.get(path), other.attributes.get(path)
        default = known.get((one.kind, pattern(path)))
        if not same(default if left is None else left, default if right is None else right):
            yield Mismatch(one.kind, one.key, path, left, right, one, other)


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same to CloudFormation, which takes `"true"` and `"TRUE"` for true and `"5"` for 5."""
    if one is other:
        return True
    if one is None or other is None:
        return False
    if isinstance(one, tuple) or isinstance(other, tuple):
        left, right = (value if isinstance(value, tuple) else (value,) for value in (one, other))
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    if isinstance(one, bool) or isinstance(other, bool):
        return as_text(one).lower() == as_text(other).lower()
    return as_text(one) == as_text(other)
