"""Comments that suppress findings, with the reason for it.

`migrate-ignore JS010: reason` stands on the line of the finding, or alone on the line above it;
`migrate-ignore-file JS010: reason` counts for the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from migrator.core.location import Location
from migrator.engine.findings import engine_finding
from migrator.engine.sources import Excerpt, Flag

MARK = b"migrate-ignore"
_COMMENT = re.compile(
    r"(?P<lead>.*?)(?://|#|/\*+|<!--|\*|--|;|\bREM\b|::)[ \t]*(?P<all>migrate-ignore(?P<file>-file)?"
    r"(?P<rules>(?:[ \t]*,?[ \t]*[A-Za-z]{2,5}\d{0,3}\b)*)[ \t]*(?P<colon>:)?[ \t]*(?P<reason>.*?))"
    r"[ \t]*(?:\*+/\}?|-->)?[ \t]*$"
)
_WORD = re.compile(r"[A-Za-z]{2,5}\d{0,3}")


class Suppression(Struct, frozen=True):
    """What is suppressed where; `line` 0 is the whole file."""

    rules: tuple[str, ...]
    line: int
    reason: str
    flag: Flag
    """What is said of it when it is wrong or does nothing."""

    @property
    def valid(self) -> bool:
        """Whether it names rules and gives a reason."""
        return bool(self.rules) and bool(self.reason)

    def covers(self, flag: Flag) -> bool:
        """Whether a finding is one of those that are meant."""
        place = flag.finding.location
        here = self.line == 0 or (place is not None and place.line == self.line)
        return here and any(flag.finding.rule.startswith(rule) for rule in self.rules)


def suppressions(path: str, text: str) -> Iterator[Suppression]:
    """Every suppression in a file."""
    for number, line in enumerate(text.split("\n"), 1):
        match = _COMMENT.match(line.rstrip("\r")) if "migrate-ignore" in line else None
        if match is None:
            continue
        rules = tuple(word.upper() for word in _WORD.findall(match.group("rules")))
        reason = match.group("reason").strip() if match.group("colon") else ""
        alone = not match.group("lead").strip(" \t{")
        covered = 0 if match.group("file") else number + 1 if alone else number
        start, end = match.start("all") + 1, match.end("all") + 1
        wrong = "LINT002" if rules and reason else "LINT001"
        message = (
            f"Nothing in {'the file' if match.group('file') else 'its place'} is found by {', '.join(rules)}."
            if wrong == "LINT002"
            else "A suppression names rules and gives a reason: `migrate-ignore JS010: reason`."
        )
        finding = engine_finding(wrong, message, Location(path, "", number, start))
        yield Suppression(rules, covered, reason, Flag(finding, Excerpt(line.rstrip(), start, end)))


def suppress(flags: Iterable[Flag], found: Iterable[Suppression]) -> tuple[tuple[Flag, ...], tuple[Flag, ...]]:
    """The findings that stay, with what is wrong about the suppressions; and those that are suppressed."""
    listed = tuple(found)
    kept: list[Flag] = []
    dropped: list[Flag] = []
    used: set[int] = set()
    for flag in flags:
        fitting = [at for at, one in enumerate(listed) if one.valid and one.covers(flag)]
        used.update(fitting)
        (dropped if fitting else kept).append(flag)
    kept += [one.flag for at, one in enumerate(listed) if at not in used]
    return tuple(kept), tuple(dropped)
