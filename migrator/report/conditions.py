"""The `when` of a rule in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def condition_words(when: Mapping[str, Any] | None) -> str:
    """The condition as one phrase; empty when there is none."""
    return " and ".join(_part(word, test) for word, test in (when or {}).items())


def _part(word: str, test: Any) -> str:
    match word:
        case "all":
            return " and ".join(_nested(each) for each in test)
        case "any":
            return " or ".join(_nested(each) for each in test)
        case "not":
            return f"not ({condition_words(test)})"
        case "check":
            return f"`{test}` holds"
        case "linked":
            return _link(test)
        case "option":
            return " and ".join(f"the option `{name}` is {value_words(value)}" for name, value in test.items())
        case path:
            return _test(f"`{path}`", test)


def _nested(when: Mapping[str, Any]) -> str:
    words = condition_words(when)
    return f"({words})" if any(mark in words for mark in (" or ", " and ", ", ")) else words


def _link(test: Mapping[str, str]) -> str:
    kind = f" as {test['as']}" if "as" in test else ""
    return f"linked from a {test['from']}{kind}" if "from" in test else f"linked to a {test['to']}{kind}"


def _test(path: str, test: Any) -> str:
    if not isinstance(test, Mapping):
        return f"{path} is {value_words(test)}"
    return " and ".join(_word(path, word, wanted) for word, wanted in test.items())


def _word(path: str, word: str, wanted: Any) -> str:
    match word:
        case "not":
            plain = not isinstance(wanted, Mapping)
            return f"{path} is not {value_words(wanted)}" if plain else f"not ({_test(path, wanted)})"
        case "in":
            return f"{path} is one of {', '.join(value_words(item) for item in wanted)}"
        case "matches":
            return f"{path} matches `{wanted}`"
        case "present":
            return f"{path} is {'given' if wanted else 'empty'}"
        case "some" | "every":
            return _test(f"{word} item of {path}", wanted)
        case "at_least" | "at_most":
            return f"{path} is {word.replace('_', ' ')} {wanted}"
        case other:
            return f"{path} {other} {value_words(wanted)}"


def value_words(value: Any) -> str:
    """A value as code."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if value not in ("", [], {}) else "empty"
