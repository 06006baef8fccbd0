"""Differences between the generations as text: by resource, Gen 1 and Gen 2 side by side."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from migrator.engine.acceptance import Verdict
from migrator.engine.comparison import WHOLE
from migrator.report.page import text_width
from migrator.verify.results import CheckResult, Difference

_INDENT = " " * 8
_LONGEST = 400
"""Characters of a value that are shown; `--format json` has all of it."""
NOTHING = "(nothing)"


def differences_text(result: CheckResult, *, verbose: bool = False) -> list[str]:
    """What was compared, in numbers, and the differences; accepted ones only when `verbose`, gaps always."""
    counts = Counter(one.verdict for one in result.differences)
    places = len({(one.resource, one.kind, one.attribute) for one in result.differences})
    said = [f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict]]
    lines = [f"{_INDENT}{result.compared} compared: {', '.join([f'{result.compared - places} equal', *said])}"]
    shown = [one for one in result.differences if verbose or _is_told(one)]
    for resource, group in groupby(sorted(shown, key=_order), key=lambda one: (one.resource, one.kind)):
        lines += _resource(*resource, tuple(group))
    return lines


def _is_told(difference: Difference) -> bool:
    return difference.verdict is not Verdict.ACCEPTED or _is_gap(difference)


def _is_gap(difference: Difference) -> bool:
    """Whether it is a Gen 1 resource that was not converted."""
    return not difference.kind


def _order(difference: Difference) -> tuple[bool, str, str, str]:
    return difference.verdict is Verdict.ACCEPTED, difference.resource, difference.kind, difference.attribute


def _resource(name: str, kind: str, differences: tuple[Difference, ...]) -> Iterator[str]:
    yield f"{_INDENT}{name}" + (f"  ({kind})" if kind else "")
    rows = [(one.attribute or "the whole resource", shown(one.gen1), shown(one.gen2)) for one in differences]
    if any(one.attribute is not WHOLE and one.attribute for one in differences):
        yield from _table(rows, differences)
        return
    for one in differences:
        side = "Gen 1" if one.gen1 is not None else "Gen 2"
        yield f"{_INDENT}  only in {side}{_explained(one)}"


def _table(rows: list[tuple[str, str, str]], differences: Iterable[Difference]) -> Iterator[str]:
    """Two columns where all fits, else one below the other."""
    widths = [max(len(row[at]) for row in (*rows, ("setting", "Gen 1", "Gen 2"))) for at in range(3)]
    beside = sum(widths) + len(_INDENT) + 6 <= text_width()
    if beside:
        yield f"{_INDENT}  {'':<{widths[0]}}  {'Gen 1':<{widths[1]}}  Gen 2".rstrip()
    for (attribute, one, other), difference in zip(rows, differences, strict=True):
        if beside:
            yield f"{_INDENT}  {attribute:<{widths[0]}}  {one:<{widths[1]}}  {other}".rstrip()
        else:
            yield f"{_INDENT}  {attribute}"
            yield f"{_INDENT}    Gen 1  {one}"
            yield f"{_INDENT}    Gen 2  {other}"
        if explained := _explained(difference):
            yield f"{_INDENT}    {explained.removeprefix(': ')}"


def _explained(difference: Difference) -> str:
    """The rule and its reason, where there is one."""
    if not difference.rule:
        return ""
    word = "" if difference.verdict is Verdict.ACCEPTED else f"{difference.verdict}, "
    return f": {word}{difference.rule}: {difference.reason}"


def shown(value: Any) -> str:
    """A value of a setting; control characters as JSON writes them."""
    if value is None:
        return NOTHING
    text = value if isinstance(value, str) and value.isprintable() and value else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
