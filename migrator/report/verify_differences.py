"""Differences between the generations as text: what nothing explains by resource, Gen 1 and Gen 2 side by side; the
rest by the rule that explains it, its reason once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from migrator.engine.acceptance import Verdict
from migrator.engine.comparison import WHOLE
from migrator.report.page import text_width, wrapped
from migrator.verify.results import CheckResult, Difference

_INDENT = " " * 8
_LONGEST = 400
"""Characters of a value that are shown; `--format json` has all of it."""
_SHARED = 4
"""Elements that two lists have to share before they are left out."""
_MANY = 12
"""Resources that are named for one setting; `-v` and `--format json` name all of them."""
NOTHING = "(nothing)"


def differences_text(result: CheckResult, *, verbose: bool = False) -> list[str]:
    """What was compared, in numbers, and the differences; accepted ones only when `verbose`, gaps always."""
    counts = Counter(one.verdict for one in result.differences)
    places = len({(one.resource, one.kind, one.attribute) for one in result.differences})
    said = [f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict]]
    lines = [f"{_INDENT}{result.compared} compared: {', '.join([f'{result.compared - places} equal', *said])}"]
    shown = [one for one in result.differences if verbose or _is_told(one)]
    unruled = sorted((one for one in shown if not one.rule), key=_place)
    for resource, group in groupby(unruled, key=lambda one: (one.resource, one.kind)):
        lines += _resource(*resource, tuple(group))
    ruled = sorted((one for one in shown if one.rule), key=_order)
    for _, group in groupby(ruled, key=lambda one: _order(one)[:3]):
        lines += _ruled(tuple(group), verbose)
    return lines


def _is_told(difference: Difference) -> bool:
    return difference.verdict is not Verdict.ACCEPTED or difference.gap


def _order(difference: Difference) -> tuple[bool, str, str]:
    return difference.verdict is Verdict.ACCEPTED, difference.rule, difference.reason


def _place(difference: Difference) -> tuple[str, str, str]:
    return difference.resource, difference.kind, difference.attribute


def _resource(name: str, kind: str, differences: tuple[Difference, ...]) -> Iterator[str]:
    yield f"{_INDENT}{name}" + (f"  ({kind})" if kind else "")
    rows = [(one.attribute or "the whole resource", *sides(one)) for one in differences]
    if any(one.attribute is not WHOLE and one.attribute for one in differences):
        yield from _table(rows)
        for reason in dict.fromkeys(one.reason for one in differences if one.reason):
            yield from wrapped(reason, text_width(), f"{_INDENT}  ")
        return
    for one in differences:
        yield f"{_INDENT}  {_only(one)}"


def _only(difference: Difference) -> str:
    return f"only in {'Gen 1' if difference.gen1 is not None else 'Gen 2'}"


def _table(rows: list[tuple[str, str, str]]) -> Iterator[str]:
    """Two columns where all fits, else one below the other."""
    widths = [max(len(row[at]) for row in (*rows, ("setting", "Gen 1", "Gen 2"))) for at in range(3)]
    beside = sum(widths) + len(_INDENT) + 6 <= text_width()
    if beside:
        yield f"{_INDENT}  {'':<{widths[0]}}  {'Gen 1':<{widths[1]}}  Gen 2".rstrip()
    for attribute, one, other in rows:
        if beside:
            yield f"{_INDENT}  {attribute:<{widths[0]}}  {one:<{widths[1]}}  {other}".rstrip()
        else:
            yield f"{_INDENT}  {attribute}"
            yield f"{_INDENT}    Gen 1  {one}"
            yield f"{_INDENT}    Gen 2  {other}"


def _ruled(differences: Sequence[Difference], verbose: bool) -> Iterator[str]:
    """What one rule explains: its reason, and below it each setting with the resources that have it so."""
    first = differences[0]
    word = "" if first.verdict is Verdict.ACCEPTED else f"{first.verdict}, "
    yield from wrapped(f"{word}{first.rule}: {first.reason}", text_width(), _INDENT, f"{_INDENT}  ")
    settings: dict[str, list[str]] = {}
    for one in sorted(differences, key=_place):
        settings.setdefault(_setting(one), []).append(one.resource)
    for setting, resources in settings.items():
        named = f"{setting}: {_listed(resources, verbose)}"
        yield from wrapped(named, text_width(), f"{_INDENT}  - ", f"{_INDENT}    ")


def _setting(difference: Difference) -> str:
    """What differs, in a line."""
    if not difference.attribute:
        return _only(difference)
    gen1, gen2 = sides(difference)
    return f"{difference.attribute} (Gen 1 {gen1}, Gen 2 {gen2})"


def _listed(resources: Iterable[str], verbose: bool) -> str:
    """Names of resources, those of one Gen 1 resource behind its name."""
    names = list(dict.fromkeys(resources))
    kept = names if verbose or len(names) <= _MANY else names[: _MANY - 1]
    owners: dict[str, list[str]] = {}
    for name in kept:
        owner, colon, own = name.partition(": ")
        owners.setdefault(f"{owner}: " if colon else "", []).append(own if colon else owner)
    said = "; ".join(f"{owner}{', '.join(own)}" for owner, own in owners.items())
    return said if len(kept) == len(names) else f"{said} and {len(names) - len(kept)} more"


def sides(difference: Difference) -> tuple[str, str]:
    """Both values. Of long lists (actions that are allowed) only what the other side does not have."""
    one, other = difference.gen1, difference.gen2
    if not isinstance(one, list | tuple) or not isinstance(other, list | tuple):
        return shown(one), shown(other)
    both = [item for item in one if item in other]
    if len(both) < _SHARED or len(both) == len(one) == len(other):
        return shown(one), shown(other)
    rest = ([item for item in side if item not in both] for side in (one, other))
    left, right = (f"{len(both)} in both" + (f", and {shown(more)}" if more else "") for more in rest)
    return left, right


def shown(value: Any) -> str:
    """A value of a setting; control characters as JSON writes them."""
    if value is None:
        return NOTHING
    text = value if isinstance(value, str) and value.isprintable() and value else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
