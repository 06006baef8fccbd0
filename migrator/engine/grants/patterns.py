"""Texts with wildcards (`*` any text, `?` any sign), as policies name resources, actions and values of conditions.

What stands in `${...}` is one sign that no `*` divides: a reference, or a policy variable such as
`${cognito-identity.amazonaws.com:sub}`.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_PARTS = re.compile(r"(\$\{[^{}]*\}|\*|\?)")
_WILD = re.compile(r"[*?]")
_STARS = re.compile(r"\*+")


class Area(NamedTuple):
    """What a pattern takes in, without what others do (`NotResource`)."""

    pattern: str
    without: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.pattern} but {', '.join(self.without)}" if self.without else self.pattern

    def contains(self, other: Area) -> bool:
        """Whether everything in the other area is in this one."""
        return contains(self.pattern, other.pattern) and all(
            disjoint(left_out, other.pattern) or any(contains(more, left_out) for more in other.without)
            for left_out in self.without
        )


def everything_but(patterns: Iterable[str]) -> Area:
    """All that none of the patterns takes in."""
    return Area("*", tuple(sorted(set(widest(patterns)))))


@lru_cache(maxsize=1 << 16)
def contains(one: str, other: str) -> bool:
    """Whether every text that the other pattern takes in is taken in by the one."""
    if one in ("*", other):
        return True
    return bool(_WILD.search(one)) and _compiled(one).fullmatch(other) is not None


def widest(patterns: Iterable[str]) -> tuple[str, ...]:
    """The patterns without those that another one takes in."""
    listed = tuple(dict.fromkeys(tidy(one) for one in patterns))
    return tuple(one for one in listed if not any(other != one and contains(other, one) for other in listed))


def tidy(pattern: str) -> str:
    """A pattern in which no `*` stands beside another: `a**` is `a*`."""
    return _STARS.sub("*", pattern)


def fixed(pattern: str) -> str:
    """What stands before the first wildcard."""
    return _WILD.split(pattern, maxsplit=1)[0]


def disjoint(one: str, other: str) -> bool:
    """Whether no text is taken in by both, as far as what stands before the first wildcard tells."""
    if not _WILD.search(other):
        return not contains(one, other)
    if not _WILD.search(one):
        return not contains(other, one)
    left, right = fixed(one), fixed(other)
    return not left.startswith(right) and not right.startswith(left)


@lru_cache(maxsize=1 << 14)
def _compiled(pattern: str) -> re.Pattern[str]:
    """A `?` stands for no `*` of another pattern, which may be more than one sign."""
    words = {"*": ".*", "?": "[^*]"}
    return re.compile("".join(words.get(part) or re.escape(part) for part in _PARTS.split(pattern)), re.DOTALL)
