"""What the CLI's own files say about a pool: `cli-inputs.json`, `parameters.json`, the indexes' summary.

They say the same things several times. A setting is taken from the first file that has it, and the others are noted
as saying it too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from migrator.documents.cursor import Cursor
from migrator.documents.document import Json
from migrator.documents.traced import Traced, absent, traced
from migrator.gen1.entries import Entry

T = TypeVar("T")

_SUMMARY = {
    "usernameAttributes": ("usernameAttributes",),
    "requiredAttributes": ("signupAttributes",),
    "autoVerifiedAttributes": ("verificationMechanisms",),
    "mfaConfiguration": ("mfaConfiguration",),
    "mfaTypes": ("mfaTypes",),
    "passwordPolicyMinLength": ("passwordProtectionSettings", "passwordPolicyMinLength"),
    "passwordPolicyCharacters": ("passwordProtectionSettings", "passwordPolicyCharacters"),
    "authProvidersUserPool": ("socialProviders",),
}
"""Where `frontendAuthConfig` of the indexes says what a setting says; in capitals."""


class Settings:
    """The settings of one Cognito resource, as its source files have them."""

    def __init__(self, entry: Entry) -> None:
        inputs = entry.cursor("cli-inputs.json").get("cognitoConfig")
        files = ("build/parameters.json", "parameters.json", "team-provider")
        self._cursors = (inputs, *(entry.cursor(role) for role in files if role in entry.documents))
        self._summaries = [
            entry.cursor(role).get("frontendAuthConfig")
            for role in ("meta", "backend-config")
            if role in entry.documents
        ]
        self.present = any(cursor.present for cursor in self._cursors[:3]) or any(s.present for s in self._summaries)

    def text(self, name: str, default: str = "") -> Traced[str]:
        """A string."""
        return self._said(name, lambda cursor: cursor.text(default), default)

    def flag(self, name: str, default: bool = False) -> Traced[bool]:
        """A boolean."""
        return self._said(name, lambda cursor: cursor.flag(default), default)

    def integer(self, name: str, default: int = 0) -> Traced[int]:
        """A whole number."""
        return self._said(name, lambda cursor: cursor.integer(default), default)

    def texts(self, name: str) -> Traced[tuple[str, ...]]:
        """A list of words; old files write several as one string with commas."""
        return self._said(name, lambda cursor: cursor.texts().map(words), ())

    def data(self, name: str) -> Traced[Json]:
        """An object or list, also as JSON inside a string, or as a list of such strings."""
        return self._said(name, _unpacked, None)

    def items(self, name: str) -> list[tuple[str, Cursor]]:
        """Members of an object that is no string, from the first file that has it."""
        return next((list(c.get(name).items()) for c in self._cursors if c.get(name).present), [])

    def summary(self, name: str) -> Traced[str]:
        """A setting of the indexes' summary that only an old CLI writes."""
        return self._first([s.get(name).text() for s in self._summaries if s.get(name).present], "")

    def told(self, name: str) -> Traced[tuple[str, ...]]:
        """A list of the indexes' summary, which is all that clients are told."""
        return self._first([s.get(name).texts() for s in self._summaries if s.get(name).present], ())

    def _said(self, name: str, read: Callable[[Cursor], Traced[T]], default: T) -> Traced[T]:
        said = [read(cursor.get(name)) for cursor in self._cursors if cursor.get(name).present]
        if name in _SUMMARY:
            places = (summary.get(*_SUMMARY[name]) for summary in self._summaries)
            said += [read(place) for place in places if place.present]
        return self._first(said, default)

    def _first(self, said: list[Traced[T]], default: T) -> Traced[T]:
        return said[0].also(*said[1:]) if said else absent(default)


def words(listed: tuple[str, ...]) -> tuple[str, ...]:
    """Words of a list in which one string may hold several (`email, phone_number`)."""
    return tuple(word.strip() for text in listed for word in text.split(",") if word.strip())


def cognito_words(listed: tuple[str, ...]) -> tuple[str, ...]:
    """Names of attributes in Cognito's spelling; the indexes write them in capitals."""
    return tuple(word.lower() for word in words(listed))


def _unpacked(cursor: Cursor) -> Traced[Json]:
    elements = list(cursor.elements())
    if not elements:
        return cursor.embedded()
    unpacked = [element.embedded() for element in elements]
    return traced([one.value for one in unpacked], cursor.whole())
