"""Conditions of statements: what a request has to be like.

A list of values means any of them, so a statement with a list says the same as one statement for each value.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any, NamedTuple, TypeAlias

from migrator.engine.grants.patterns import contains, tidy
from migrator.gen1.values import as_text

_LIKE = ("StringLike", "ArnLike", "ArnEquals")
_EACH = "ForAllValues:"
_ANY = "ForAnyValue:"


class Test(NamedTuple):
    """One question to a request; several values of a negated one stand together."""

    operator: str
    key: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        words = {"StringEquals": "is", "StringLike": "is like", "ArnLike": "is like", "Bool": "is"}
        operator = self.operator.removeprefix(_ANY)
        said = f"{self.key} {words.get(operator, operator)} {' or '.join(self.values)}"
        return f"any of {said}" if operator != self.operator else said

    def contains(self, other: Test) -> bool:
        """Whether every request that passes the other passes this one."""
        if self == other:
            return True
        if self.key != other.key or len(self.values) != 1 or len(other.values) != 1:
            return False
        set_, operator = _split(self.operator)
        other_set, other_operator = _split(other.operator)
        alike = set_ == other_set and other_operator in (operator, "StringEquals")
        return alike and operator in _LIKE and contains(self.values[0], other.values[0])


Condition: TypeAlias = tuple[Test, ...]
"""All of them have to pass; in order."""


def options(said: Any) -> tuple[Condition, ...]:
    """The ways to pass a `Condition`; one without any question where there is none."""
    tests = [
        _tests(str(operator), str(key), values)
        for operator, questions in (said.items() if isinstance(said, Mapping) else ())
        for key, values in (questions.items() if isinstance(questions, Mapping) else ())
    ]
    return tuple(dict.fromkeys(tuple(sorted(set(chosen))) for chosen in product(*tests)))


def _tests(operator: str, key: str, said: Any) -> tuple[Test, ...]:
    """The questions of which one has to pass (normalisation `lists-of-values`)."""
    values = sorted({tidy(as_text(value)) for value in (said if isinstance(said, list | tuple) else (said,))})
    if "Not" in operator or operator.startswith(_EACH) or not values:
        return (Test(operator, key, tuple(values)),)
    return tuple(_test(operator, key, value) for value in values)


def _test(operator: str, key: str, value: str) -> Test:
    """One question; a pattern without a wildcard is a value (normalisation `patterns-without-wildcards`)."""
    set_, plain = _split(operator)
    if plain == "StringLike" and "*" not in value and "?" not in value:
        plain = "StringEquals"
    if plain == "ArnEquals":
        plain = "ArnLike"  # the two do the same
    return Test(set_ + plain, key, (value,))


def _split(operator: str) -> tuple[str, str]:
    return (_ANY, operator.removeprefix(_ANY)) if operator.startswith(_ANY) else ("", operator)


def implies(condition: Condition, wider: Condition) -> bool:
    """Whether whatever passes the one passes the wider one."""
    return all(any(asked.contains(given) for given in condition) for asked in wider)


def text(condition: Iterable[Test]) -> str:
    """A condition in words."""
    return " and ".join(str(test) for test in condition)
