"""Type checks of `when`: its words, the attributes it names, and whether the tests fit their types."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin

from msgspec import Struct

from migrator.engine.conditions import TESTS
from migrator.engine.context import Options
from migrator.gen1.graph import LinkKind


class Known(Struct, frozen=True):
    """What a condition may name."""

    node: str
    types: Mapping[str, Any]
    """Attribute path to annotated type."""
    category: str
    checks: Collection[str]
    alone: bool
    """Whether facts know no other resources: those about source code."""


def condition_problems(when: Any, known: Known) -> Iterator[str]:
    """What is wrong with a condition."""
    if not isinstance(when, Mapping):
        yield f"{when!r} is no condition"
        return
    for word, test in when.items():
        match word:
            case "all" | "any":
                yield from _several(word, test, known)
            case "not":
                yield from (
                    condition_problems(test, known) if isinstance(test, Mapping) else ("`not` needs a condition",)
                )
            case "check":
                if test not in known.checks:
                    yield f"{known.category} has no check {test!r}"
            case "linked" | "option" if known.alone:
                yield f"{word!r} is for rules about resources"
            case "linked":
                yield from _linked(test)
            case "option":
                yield from _option(test)
            case path if path in known.types:
                yield from (f"{path}: {problem}" for problem in _test(test, known.types[path]))
            case path:
                yield f"{known.node} has no attribute {path!r}; it has {', '.join(known.types)}"


def _several(word: str, listed: Any, known: Known) -> Iterator[str]:
    if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
        yield f"`{word}` needs a list of conditions"
        return
    for each in listed:
        yield from condition_problems(each, known)


def _linked(test: Any) -> Iterator[str]:
    words = set(test) if isinstance(test, Mapping) else set()
    if words - {"as"} not in ({"to"}, {"from"}):
        yield "`linked` needs `to` or `from` a category, and may have `as`"
    elif "as" in test and test["as"] not in LinkKind.__members__.values():
        yield f"unknown link kind {test['as']!r}"


def _option(test: Any) -> Iterator[str]:
    if not isinstance(test, Mapping):
        yield "`option` needs options and their values"
        return
    yield from (f"unknown option {name!r}" for name in test if name not in Options.__struct_fields__)


def _test(test: Any, kind: Any) -> Iterator[str]:
    if isinstance(test, Mapping):
        for word, wanted in test.items():
            yield from _worded(word, wanted, kind)
    elif get_origin(kind) is tuple:
        if not isinstance(test, list):
            yield "is a list: compare it with a list, or use `some`, `every`, `present`"
    elif (words := literal_words(kind)) and not (test is None and NoneType in get_args(kind)):
        said = str(test).lower() if isinstance(test, bool) else str(test)
        if said not in words:
            yield f"{test!r} is none of {', '.join(sorted(words))}"


def _worded(word: str, wanted: Any, kind: Any) -> Iterator[str]:
    match word:
        case "not":
            yield from _test(wanted, kind)
        case "in" if not isinstance(wanted, list):
            yield "`in` needs a list"
        case "in":
            for item in wanted:
                yield from _test(item, kind)
        case "some" | "every":
            if get_origin(kind) is tuple:
                yield from _test(wanted, get_args(kind)[0])
            else:
                yield f"is no list, and `{word}` is for lists"
        case "present" if not isinstance(wanted, bool):
            yield "`present` needs true or false"
        case "matches" if not _is_pattern(wanted):
            yield f"{wanted!r} is no regular expression"
        case "at_least" | "at_most" if not {int, float} & {kind, *get_args(kind)}:
            yield f"is no number, and `{word}` is for numbers"
        case _ if word not in TESTS:
            yield f"unknown test {word!r}; there are {', '.join(sorted(TESTS))}"


def _is_pattern(text: Any) -> bool:
    try:
        return isinstance(text, str) and re.compile(text) is not None
    except re.error:
        return False


def literal_words(kind: Any) -> frozenset[str]:
    """The values of a closed type as a rules file writes them: those of an enum or a boolean, also an optional one."""
    listed = [one for one in (get_args(kind) if get_origin(kind) is not tuple else ()) if one is not NoneType]
    if len(listed) == 1:
        return literal_words(listed[0])
    if kind is bool:
        return frozenset({"true", "false"})
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return frozenset(str(member) for member in kind)
    return frozenset()
