"""Definitions with something changed: what rules are made of. What a change leaves as it is stays the same object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from migrator.categories.data.model import AuthMode
from migrator.categories.data.proof.model import Flags
from migrator.categories.data.sdl import ROOTS, Definition, Directive, Field

Schema: TypeAlias = tuple[Definition, ...]
DirectiveChange: TypeAlias = Callable[[Directive], Directive | None]


class Side(Struct, frozen=True):
    """One of the two schemas: which generation reads it, and with which settings."""

    gen1: bool
    mode: AuthMode
    flags: Flags
    functions: Mapping[str, str]


class Rule(Struct, frozen=True):
    """A named reason why two forms mean the same; the first line of the function's docstring says it."""

    id: str
    apply: Callable[[Schema, Side], Schema]

    @property
    def title(self) -> str:
        """What the rule says, in one line."""
        return (self.apply.__doc__ or "").strip().split("\n")[0]


def is_root(definition: Definition) -> bool:
    """Whether its fields are operations."""
    return definition.kind == "type" and definition.name in ROOTS


def models(schema: Schema, change: Callable[[Definition], Definition]) -> Schema:
    """The schema with every model changed."""
    return tuple(change(one) if one.is_model else one for one in schema)


def fields(definition: Definition, change: Callable[[Field], Field]) -> Definition:
    """The definition with every field changed."""
    changed = tuple(change(field) for field in definition.fields)
    return definition if changed == definition.fields else replace(definition, fields=changed)


def on_fields(schema: Schema, name: str, change: DirectiveChange) -> Schema:
    """The schema with every directive of a name on fields changed."""
    return tuple(fields(one, lambda field: directives(field, name, change)) for one in schema)


def everywhere(schema: Schema, name: str, change: DirectiveChange) -> Schema:
    """The schema with every directive of a name on definitions and fields changed."""
    return on_fields(tuple(directives(one, name, change) for one in schema), name, change)


def directives(holder: Any, name: str, change: DirectiveChange) -> Any:
    """A definition or a field with its directives of a name changed; None takes them away."""
    if not any(one.name == name for one in holder.directives):
        return holder
    changed = tuple(change(one) if one.name == name else one for one in holder.directives)
    kept = tuple(one for one in changed if one is not None)
    return holder if kept == holder.directives else replace(holder, directives=kept)


def said(directive: Directive, **arguments: Any) -> Directive:
    """The directive with arguments set."""
    return replace(directive, arguments={**directive.arguments, **arguments})


def unsaid(directive: Directive, *names: str) -> Directive:
    """The directive without arguments."""
    if not any(name in directive.arguments for name in names):
        return directive
    return replace(directive, arguments={k: v for k, v in directive.arguments.items() if k not in names})


def directive(name: str, /, **arguments: Any) -> Directive:
    """A directive that stands in no text."""
    return Directive(name, arguments, 0, 0)


def listed(value: Any) -> list[Any]:
    """A list as it is; one value as a list of it."""
    return list(value) if isinstance(value, list) else [value]


def upper(word: str) -> str:
    """With a first capital; nothing else changes."""
    return word[:1].upper() + word[1:]


def lower(word: str) -> str:
    """With a small first letter; nothing else changes."""
    return word[:1].lower() + word[1:]


def camel(words: Iterable[str]) -> str:
    """`post`, `comments`, `id` as `postCommentsId`."""
    return lower("".join(upper(word) for word in words if word))
