"""What the user must know about the project: one finding each, gathered to the end."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from migrator.core.location import Location
from migrator.core.ref import ResourceRef


class Severity(StrEnum):
    """How much a finding weighs; `--fail-on` takes these words."""

    BLOCKER = "blocker"
    """The migration should not go on as it is."""
    ERROR = "error"
    """Source code that cannot work with Gen 2; only rules about source code say so."""
    GAP = "gap"
    """A setting that the Gen 2 project will not have."""
    WARNING = "warning"
    """Something to look at; nothing is lost."""
    INFO = "info"
    """Good to know."""

    @property
    def rank(self) -> int:
        """0 for the heaviest."""
        return tuple(Severity).index(self)


class Topic(StrEnum):
    """What a finding is about, where a report has a part of its own for it."""

    DATA = "data"
    """What becomes of the users, files or rows that a live Gen 1 resource holds."""


class FindingKind(Struct, frozen=True):
    """What stands behind an id that is no rule's: what was found, how heavy it is, why it matters, what to do."""

    id: str
    title: str
    severity: Severity
    why: str
    instead: str


class Finding(Struct, frozen=True):
    """One fact for the user, under the id of the rule that `migrate explain` describes."""

    rule: str
    severity: Severity
    message: str
    location: Location | None = None
    hint: str = ""
    resource: ResourceRef | None = None
    app: str = ""
    topic: Topic | None = None
    said: tuple[str, ...] = ()
    """What of the project stands in the message: names and values, without the words around them."""
