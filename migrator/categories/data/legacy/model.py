"""What the conversion of a schema of transformer 1 is told, and what it gives."""

from __future__ import annotations

from msgspec import Struct

from migrator.categories.data.legacy.kinds import ChangeKind
from migrator.categories.data.model import AuthMode, SchemaFile


class Change(Struct, frozen=True):
    """One difference: where (`Post`, `Post.title`), and what in particular."""

    place: str
    kind: ChangeKind
    text: str = ""


class Conversion(Struct, frozen=True):
    """The schema for transformer 2."""

    files: tuple[SchemaFile, ...] = ()
    changes: tuple[Change, ...] = ()


class Deployed(Struct, frozen=True):
    """What besides the schema decides what transformer 1 makes of it."""

    mode: AuthMode = AuthMode.API_KEY
    """The default mode."""
    pluralized: bool = False
    """The flag improvePluralization: without it a plural is an `s` at the end."""
