"""The primary key of a model."""

from __future__ import annotations

from msgspec import Struct

from migrator.categories.data.proof.rewrite import listed
from migrator.categories.data.sdl import Definition, Field


class Key(Struct, frozen=True):
    """The primary key of a model: its fields, the first of which is the partition key."""

    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(field.name for field in self.fields)


def primary_key(model: Definition) -> Key:
    """The primary key; `id: ID!` where none is said."""
    for field in model.fields:
        if key := field.directive("primaryKey"):
            sort = listed(key.arguments.get("sortKeyFields") or [])
            return Key((field, *(model.field(str(name)) or Field(str(name), "") for name in sort)))
    return Key((model.field("id") or Field("id", "ID!"),))
