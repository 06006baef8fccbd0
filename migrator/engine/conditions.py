"""The closed vocabulary of `when`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias

from migrator.engine.context import Context
from migrator.engine.rule import Condition
from migrator.gen1.graph import Fact, LinkKind, attribute

Check: TypeAlias = Callable[[Any, Context], bool]
"""A predicate of a category: `(fact, context)`."""

NONE: Mapping[str, Check] = {}
WORDS = frozenset({"all", "any", "not", "linked", "check", "option"})
TESTS = frozenset({"not", "in", "matches", "present", "some", "every", "at_least", "at_most"})


def holds(
    when: Condition | None, fact: Fact[Any], context: Context | None = None, checks: Mapping[str, Check] = NONE
) -> bool:
    """Whether the condition is true of the fact. Everything named in it must hold.

    Facts about source code have no context; the words that need one (`linked`, `check`, `option`) are not for them.
    """
    if not when:
        return True
    return all(_holds(word, test, fact, context, checks) for word, test in when.items())


def _holds(word: str, test: Any, fact: Fact[Any], context: Context | None, checks: Mapping[str, Check]) -> bool:
    match word:
        case "all":
            return all(holds(each, fact, context, checks) for each in test)
        case "any":
            return any(holds(each, fact, context, checks) for each in test)
        case "not":
            return not holds(test, fact, context, checks)
        case "check" | "linked" | "option":
            if context is None:
                raise ValueError(f"{word!r} is for facts about resources")
            return _known(word, test, fact, context, checks)
        case path:
            return passes(attribute(fact.node, path), test)


def _known(word: str, test: Any, fact: Fact[Any], context: Context, checks: Mapping[str, Check]) -> bool:
    if word == "check":
        return checks[test](fact, context)
    if word == "linked":
        return _linked(test, fact, context)
    return all(getattr(context.options, name) == value for name, value in test.items())


def _linked(test: Mapping[str, str], fact: Fact[Any], context: Context) -> bool:
    """`{to: function, as: trigger}` or `{from: function, as: uses}`."""
    kind = LinkKind(test["as"]) if "as" in test else None
    if "from" in test:
        links = context.graph.links(target=fact.resource, kind=kind)
        return any(link.source.category == test["from"] for link in links)
    links = context.graph.links(source=fact.resource, kind=kind)
    return any(link.target.category == test["to"] for link in links)


def passes(value: Any, test: Any) -> bool:
    """Whether an attribute's value passes a test: a plain value (equal), or a mapping of the words in TESTS."""
    if not isinstance(test, Mapping):
        return bool(value == (tuple(test) if isinstance(test, list) else test))
    return all(_passes(value, word, wanted) for word, wanted in test.items())


def _passes(value: Any, word: str, wanted: Any) -> bool:
    match word:
        case "not":
            return not passes(value, wanted)
        case "in":
            return any(passes(value, item) for item in wanted)
        case "matches":
            return isinstance(value, str) and bool(_pattern(wanted).search(value))
        case "present":
            return present(value) is wanted
        case "some":
            return any(passes(item, wanted) for item in value or ())
        case "every":
            return all(passes(item, wanted) for item in value or ())
        case "at_least":
            return value is not None and bool(value >= wanted)
        case "at_most":
            return value is not None and bool(value <= wanted)
        case _:
            raise ValueError(f"unknown test {word!r}")


def present(value: Any) -> bool:
    """Whether there is anything: not None, not empty."""
    return value is not None and value != "" and value != () and value != {}


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
