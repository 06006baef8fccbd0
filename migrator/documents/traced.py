"""Values that remember the places of the files they were read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from migrator.documents.document import Document, Pointer

T = TypeVar("T")
U = TypeVar("U")


class Source(NamedTuple):
    """A place in a document. A pointer to an object or array stands for everything below it."""

    document: Document
    pointer: Pointer


class Traced(Generic[T]):
    """A value and every place that decided it. No source means: it was nowhere written, the value is a default."""

    __slots__ = ("sources", "value")

    def __init__(self, value: T, sources: tuple[Source, ...] = ()) -> None:
        self.value = value
        self.sources = sources

    def __repr__(self) -> str:
        return f"Traced({self.value!r}, {len(self.sources)} sources)"

    @property
    def present(self) -> bool:
        """Whether any file says it."""
        return bool(self.sources)

    def map(self, change: Callable[[T], U]) -> Traced[U]:
        """The changed value, from the same places."""
        return Traced(change(self.value), self.sources)

    def also(self, *others: Traced[Any]) -> Traced[T]:
        """The same value, which the places of `others` decided too."""
        return Traced(self.value, self.sources + tuple(s for o in others for s in o.sources))

    def or_else(self, other: Traced[T]) -> Traced[T]:
        """Itself when some file says it, else `other`; when both say it, the value is this one and both were read."""
        return self.also(other) if self.present else other


def traced(value: T, *from_: Traced[Any]) -> Traced[T]:
    """A value that was worked out from other traced values."""
    return Traced(value, tuple(s for t in from_ for s in t.sources))


def absent(default: T) -> Traced[T]:
    """A default that no file says."""
    return Traced(default)


def gather(items: Iterable[Traced[T]]) -> Traced[tuple[T, ...]]:
    """Many traced values as one traced tuple."""
    listed = tuple(items)
    return Traced(tuple(i.value for i in listed), tuple(s for i in listed for s in i.sources))
