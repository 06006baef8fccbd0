"""The proof of a schema: what of it reaches Gen 2, and how that compares with Gen 1."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from migrator.core.ref import ResourceRef

if TYPE_CHECKING:
    from migrator.engine.context import Context


_SHOWN = 100
"""Characters of a difference that are told in a sentence."""


class Form(StrEnum):
    """In which form a schema is handed to `defineData`."""

    TEXT = "text"
    """As SDL. Only then are live tables taken over."""
    OBJECT = "object"
    """As an `a.schema(...)`, patched or not."""
    SEVERAL = "several"
    """As `{ schemas: [...] }`, put together."""


class Reached(Struct, frozen=True):
    """What one `amplify/data/resource.ts` hands to `defineData`, as Node saw it; with an `error`, why it does not."""

    sdl: str = ""
    unpatched: str | None = None
    """The SDL of the `a.schema` that types the client; None when `data/schema.ts` exports none."""
    functions: Mapping[str, str] = {}
    """Names in `@function(name:)` to functions such as `function/resize/resource#resize`: the file below `amplify/` and
    what it exports. Empty for what is no function."""
    resolvers: tuple[str, ...] = ()
    """Resolvers in JavaScript and in slots that come with the schema."""
    modes: Mapping[str, Any] = {}
    """`authorizationModes`."""
    form: Form = Form.TEXT
    tables: Mapping[str, Mapping[str, str]] = {}
    """Branch to the live tables that it takes over, by model."""
    error: str = ""
    place: str = ""
    """The file of the error, where it is known; with line and column, both from 1."""
    line: int = 0
    column: int = 0


class Outcome(StrEnum):
    """How a proof ended."""

    EQUAL = "equal"
    DIFFERENT = "different"
    NOT_RUN = "not-run"


class Contrast(Struct, frozen=True):
    """One place where the two generations differ. With a `rule` it is meant, and the rule's page says why."""

    place: str
    gen1: str
    gen2: str
    rule: str = ""
    reason: str = ""

    @property
    def accepted(self) -> bool:
        """Whether a rule explains it."""
        return bool(self.rule)

    def __str__(self) -> str:
        return f"{self.place}: Gen 1 {_quoted(self.gen1)}, Gen 2 {_quoted(self.gen2)}"


def _quoted(text: str) -> str:
    return f"`{text if len(text) <= _SHOWN else f'{text[:_SHOWN]}…'}`" if text else "nothing"


class Proof(Struct, frozen=True):
    """The comparison of one schema. `compared` counts the definitions that were looked at."""

    outcome: Outcome
    reason: str = ""
    """Why it did not run, or the first difference in words."""
    differences: tuple[Contrast, ...] = ()
    """Of the SDL that reaches Gen 2: tables, access, resolvers, the API."""
    client: tuple[Contrast, ...] = ()
    """Of the schema that types the client, from the API."""
    compared: int = 0

    @property
    def unexplained(self) -> tuple[Contrast, ...]:
        """Differences that no rule explains."""
        return tuple(one for one in (*self.differences, *self.client) if not one.accepted)


class Outline(Struct, frozen=True):
    """How a schema is written: `typed`, `mixed` or `sdl`, the patches by kind, and why not all of it is typed."""

    style: str
    patches: Mapping[str, int] = {}
    reasons: tuple[str, ...] = ()


Outlines: TypeAlias = "Callable[[ResourceRef, Context], Outline | None]"
Compares: TypeAlias = "Callable[[ResourceRef, Reached, Context], Proof]"


class SchemaProof(Struct, frozen=True):
    """What a category with a schema gives, so that commands can prove the schema without knowing it."""

    file: str
    """Below the Gen 2 project: the file that calls `defineData`."""
    outline: Outlines
    """How the schema of a resource is written with the context's options; None when the resource has none."""
    compare: Compares
    """The schema of a resource against what reached Gen 2."""
