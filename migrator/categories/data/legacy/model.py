"""What the conversion of a schema of transformer 1 is told, and what it gives."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from migrator.categories.data.edits import Edit
from migrator.categories.data.model import AuthMode, SchemaFile
from migrator.categories.data.sdl import Definition


class ChangeKind(StrEnum):
    """What is not the same as in transformer 1, or is kept only because the schema now says it. A rule for each."""

    OPEN_MODEL = "open model"
    """A model without rules, which everybody with the default mode may use."""
    OPEN_OPERATIONS = "open operations"
    """Operations that no rule lists, which everybody with the default mode may call."""
    CLOSED_OPERATIONS = "closed operations"
    """The same, where no rule of transformer 2 says what transformer 1 allowed."""
    SIGNED_IN_ROLE = "signed-in role"
    """`public` with IAM, which is for the role of signed-in users too."""
    OWNER_CLAIM = "owner claim"
    """Owners are stored by the claim `username`."""
    OWNER_FILLED = "owner filled"
    """Rows get an owner where transformer 1 stored none, because another rule lets everybody in."""
    SUBSCRIPTIONS = "subscriptions"
    """Who gets which rows from subscriptions."""
    NULLS = "nulls"
    """Who may update but not delete may not set fields to null."""
    FIELD_RULES = "field rules"
    """Rules of a field: beside those of the model, now instead of them."""
    CLOSED_FIELD = "closed field"
    """A field whose rules cannot be said together with those of the model."""
    NULLABLE_FIELD = "nullable field"
    """A required field that not everybody may read."""
    UNCHECKED_RULES = "unchecked rules"
    """Rules outside of models that transformer 1 does not check."""
    QUERY_RULES = "query rules"
    """`queries` of a rule, where queries by index and relations followed neither."""
    VERSIONED = "versioned"
    """`@versioned`."""
    INDEX_QUERY = "index query"
    """A query by index, whose partition key must now be given."""
    FOREIGN_KEY = "foreign key"
    """A foreign key that only inputs had, and that the type now has too."""
    FOREIGN_KEY_TYPE = "foreign key type"
    """A foreign key whose type is now that of the key it holds."""
    LOST_RELATION = "lost relation"
    """A relation that cannot be said; its field is taken out."""
    LIST_NAME = "list name"
    """A query whose plural transformer 2 would form otherwise; its name is kept."""
    SEARCH = "search"
    """Arguments of search queries."""
    GENERATED = "generated"
    """What the transformer adds to inputs and types of every model."""


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


class Written(Struct, frozen=True):
    """An edit of the file that holds a definition."""

    owner: Definition
    edit: Edit
