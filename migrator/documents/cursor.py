"""Reading a document key by key: typed, total, and remembering where each value came from."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TypeVar

from migrator.core.finding import Finding, Severity
from migrator.documents.document import Document, Json, Pointer
from migrator.documents.traced import Source, Traced

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

ABSENT = object()
"""What a cursor holds where the file says nothing."""


class Cursor:
    """A place in a document, maybe empty. Values of the wrong type become findings (GEN005) and count as absent."""

    __slots__ = ("_value", "document", "findings", "pointer")

    def __init__(
        self, document: Document, findings: list[Finding], pointer: Pointer = (), value: object = ABSENT
    ) -> None:
        self.document = document
        self.findings = findings
        self.pointer = pointer
        self._value = document.root if value is ABSENT and not pointer else value

    def get(self, *keys: str | int) -> Cursor:
        """The place below; reading an absent place gives defaults."""
        value: object = self._value
        for key in keys:
            value = _step(value, key)
            if value is ABSENT:
                break
        return self._at((*self.pointer, *keys), value)

    def _at(self, pointer: Pointer, value: object) -> Cursor:
        return Cursor(self.document, self.findings, pointer, value if pointer else self._value)

    @property
    def present(self) -> bool:
        """Whether the file says anything here (null counts as nothing)."""
        return self._value is not ABSENT and self._value is not None

    @property
    def source(self) -> Source:
        """This place."""
        return Source(self.document, self.pointer)

    def items(self) -> Iterator[tuple[str, Cursor]]:
        """Members of the object here, none when it is no object."""
        if isinstance(self._value, dict):
            for key in self._value:
                yield key, self.get(key)

    def elements(self) -> Iterator[Cursor]:
        """Elements of the array here, none when it is no array."""
        if isinstance(self._value, list):
            for index in range(len(self._value)):
                yield self.get(index)

    def one_or_more(self) -> Iterator[Cursor]:
        """Elements of the array here; a value that is no array stands for its only element, as in IAM policies.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
        """
        alone = self.present and not isinstance(self.whole().value, list)
        return iter((self,)) if alone else self.elements()

    def whole(self) -> Traced[Json]:
        """Everything below, as data. The taker answers for all of it."""
        value, sources = self._deep()
        return Traced(None if value is ABSENT else value, sources)  # type: ignore[arg-type]

    def _deep(self) -> tuple[object, tuple[Source, ...]]:
        """The value with everything below it, and the places it was read from."""
        return self._value, () if self._value is ABSENT else (self.source,)

    def text(self, default: str = "") -> Traced[str]:
        """A string; numbers are taken as written."""
        return self._scalar(default, _text, "a string")

    def integer(self, default: int = 0) -> Traced[int]:
        """A whole number, also when it is written as a string."""
        return self._scalar(default, _integer, "a whole number")

    def flag(self, default: bool = False) -> Traced[bool]:
        """A boolean, also when it is written as "true" or "false"."""
        return self._scalar(default, _flag, "true or false")

    def texts(self, default: tuple[str, ...] = ()) -> Traced[tuple[str, ...]]:
        """A list of strings; a single string is a list of one."""
        return self._scalar(default, _texts, "a list of strings")

    def choice(self, kind: type[E], default: E, table: dict[str, E] | None = None) -> Traced[E]:
        """One of a closed set of words."""

        def pick(value: object) -> E | None:
            if not isinstance(value, str):
                return None
            if table is not None:
                return table.get(value)
            return kind(value) if value in kind._value2member_map_ else None

        known = ", ".join(table or [str(k) for k in kind])
        return self._scalar(default, pick, f"one of {known}")

    def embedded(self, default: Json = None) -> Traced[Json]:
        """JSON inside a string (`oAuthMetadata`, `triggers` ...), or the value itself when it is not a string."""
        found, sources = self._deep()
        if not isinstance(found, str):
            return self.whole() if self.present else Traced(default, sources)
        try:
            return Traced(json.loads(found), sources)
        except (ValueError, RecursionError):
            self.complain("JSON inside a string")
            return Traced(default)

    def _scalar(self, default: T, read: Callable[[object], T | None], expected: str) -> Traced[T]:
        found, sources = self._deep()
        if not self.present:
            return Traced(default, sources)
        value = read(found)
        if value is None:
            self.complain(expected)
            return Traced(default)
        return Traced(value, sources)

    def complain(self, expected: str) -> None:
        """Notes that the file does not hold what it should."""
        self.findings.append(
            Finding(
                "GEN005",
                Severity.GAP,
                f"Expected {expected}, found {_kind(self._value)}; the value is not used.",
                self.document.place(self.pointer),
                hint="Compare the file with what the Gen 1 CLI writes, or have it rewritten with `amplify push`.",
            )
        )


def _step(value: object, key: str | int) -> object:
    if isinstance(value, dict):
        return value.get(key, ABSENT)
    if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
        return value[key]
    return ABSENT


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return None


_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")


def _integer(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value.strip()):
        return int(value)
    return None


def _flag(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    return None


def _texts(value: object) -> tuple[str, ...] | None:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        texts = [_text(item) for item in value]
        if None not in texts:
            return tuple(t for t in texts if t is not None)
    return None


def _kind(value: object) -> str:
    names: dict[type, str] = {
        dict: "an object",
        list: "a list",
        str: "a string",
        bool: "a boolean",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), "nothing")
