"""Version ranges of npm packages: which is higher, and whether one lies within the other.

Grammar: https://github.com/npm/node-semver#ranges. Pre-release tags only break ties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

Version: TypeAlias = tuple[int, int, int, bool, str]
"""Major, minor, patch, whether it is a full release (they come after pre-releases), pre-release tag."""

_ZERO: Version = (0, 0, 0, False, "")
_NONE_BELOW = 10**9
_HIGHEST: Version = (_NONE_BELOW, 0, 0, True, "")
_PARTIAL = r"[v=]*(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?"
_COMPARATOR = re.compile(rf"(\^|~>?|>=|<=|>|<)?\s*{_PARTIAL}")
_HYPHEN = re.compile(rf"\s*({_PARTIAL})\s+-\s+({_PARTIAL})\s*")


class Interval(Struct, frozen=True):
    """Versions from `low` (included) to `high` (excluded)."""

    low: Version
    high: Version


def intervals(text: str) -> tuple[Interval, ...] | None:
    """The intervals of a range; None for what is no range of versions (a tag, a path, a git address)."""
    found: list[Interval] = []
    for part in text.split("||"):
        interval = _interval(part.strip())
        if interval is None:
            return None
        if interval.low < interval.high:
            found.append(interval)
    return tuple(found) or None


def within(inner: str, outer: str) -> bool:
    """Whether every version of `inner` is one of `outer`'s; for what is no range, whether both say the same."""
    small, large = intervals(inner), intervals(outer)
    if small is None or large is None:
        return inner.strip() == outer.strip() or outer.strip() == "latest"
    return all(any(o.low <= i.low and i.high <= o.high for o in large) for i in small)


def higher(first: str, second: str) -> str:
    """The range with the higher lowest version; a range before what is none; of two that begin alike the
    narrower one."""
    one, two = intervals(first), intervals(second)
    if one is None or two is None:
        return first if two is None else second
    low, other = max(i.low for i in one), max(i.low for i in two)
    return second if other > low or (other == low and within(second, first)) else first


def _interval(text: str) -> Interval | None:
    if text in ("", "*", "x", "X"):
        return Interval(_ZERO, _HIGHEST)
    hyphen = _HYPHEN.fullmatch(text)
    if hyphen:
        low, high = _parts(hyphen.groups()[1:5]), _parts(hyphen.groups()[6:10])
        return Interval(_low(low), _after(high))
    bounds = list(_comparators(text))
    if not bounds or None in bounds:
        return None
    known = [bound for bound in bounds if bound is not None]
    return Interval(max(b.low for b in known), min(b.high for b in known))


def _comparators(text: str) -> Iterator[Interval | None]:
    position = 0
    while position < len(text):
        match = _COMPARATOR.match(text, position)
        if match is None or (match.end() < len(text) and not text[match.end()].isspace()):
            yield None
            return
        yield _bounds(match.group(1) or "", _parts(match.groups()[1:5]))
        position = match.end()
        while position < len(text) and text[position].isspace():
            position += 1


_Parts: TypeAlias = tuple[tuple[int, ...], str]


def _parts(groups: tuple[str | None, ...]) -> _Parts:
    """The numbers that are given, up to the first placeholder, and the pre-release tag."""
    numbers: list[int] = []
    for part in groups[:3]:
        if part is None or not part.isdigit():
            return tuple(numbers), ""
        numbers.append(int(part))
    return tuple(numbers), groups[3] or ""


def _bounds(operator: str, parts: _Parts) -> Interval:
    numbers, _ = parts
    match operator:
        case "^":
            first = next((index for index, number in enumerate(numbers) if number), len(numbers) - 1)
            return Interval(_low(parts), _next(numbers, first))
        case "~" | "~>":
            return Interval(_low(parts), _next(numbers, min(1, len(numbers) - 1)))
        case ">=":
            return Interval(_low(parts), _HIGHEST)
        case ">":
            return Interval(_after(parts), _HIGHEST)
        case "<":
            return Interval(_ZERO, _low(parts))
        case "<=":
            return Interval(_ZERO, _after(parts))
    return Interval(_low(parts), _after(parts))


def _low(parts: _Parts) -> Version:
    numbers, tag = parts
    major, minor, patch = (*numbers, 0, 0, 0)[:3]
    return (major, minor, patch, not tag, tag)


def _after(parts: _Parts) -> Version:
    """The first version after all that the (partial) version stands for."""
    numbers, tag = parts
    if tag:
        return (*_low(parts)[:3], False, f"{tag}\0")
    return _next(numbers, len(numbers) - 1)


def _next(numbers: tuple[int, ...], index: int) -> Version:
    if index < 0:
        return _HIGHEST
    raised = (*numbers[:index], numbers[index] + 1, 0, 0)
    return (raised[0], raised[1], raised[2], False, "")
