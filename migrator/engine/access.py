"""Whom an app lets do what, in words of no category: what requests to a deployed backend are expected to give."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct


class Who(StrEnum):
    """Whom a rule lets in."""

    KEY = "key"
    """Everybody with the API key."""
    GUEST = "guest"
    """Credentials of the identity pool without signing in."""
    SIGNED_IN = "signed-in"
    """Users of the pool, with their token."""
    IDENTITY = "identity"
    """Signed-in users with credentials of the identity pool."""
    OWNER = "owner"
    GROUP = "group"
    OTHER = "other"
    """OpenID Connect, a function: nothing that can be tried without more."""


class Operation(StrEnum):
    """What is done with a row."""

    CREATE = "create"
    GET = "get"
    LIST = "list"
    UPDATE = "update"
    DELETE = "delete"


class AccessRule(Struct, frozen=True):
    """One rule of a model or a field."""

    who: Who
    operations: frozenset[Operation] = frozenset(Operation)
    owner_field: str = ""
    """The field that names the owner, or the owners."""
    several_owners: bool = False
    """Whether that field is a list."""
    groups: tuple[str, ...] = ()
    """Groups by name; with a `group_field`, none."""
    group_field: str = ""
    claimed: bool = False
    """Whether the rule goes by a claim of its own, so that nothing is known of whom it means."""


class ModelAccess(Struct, frozen=True):
    """Who may do what with the rows of a model. Without rules nobody may."""

    model: str
    rules: tuple[AccessRule, ...] = ()
    fields: Mapping[str, tuple[AccessRule, ...]] = {}
    """Fields with rules of their own."""
    relations: frozenset[str] = frozenset()
    """Fields that hold other models."""


class FileAccess(Struct, frozen=True):
    """What may be done with files below one folder of a bucket: `public`, `protected`, `private`, `uploads`.

    The words are `get`, `write`, `delete`.
    """

    bucket: str
    """The Gen 1 resource."""
    folder: str
    own: frozenset[str] = frozenset()
    """By a signed-in user, with the files below their own identity id (`public` and `uploads` have no such)."""
    others: frozenset[str] = frozenset()
    """By another signed-in user, with these files."""
    guest: frozenset[str] = frozenset()
    """By people who are not signed in, with these files."""


VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")
"""What paths of REST APIs are called with."""


class CallAccess(Struct, frozen=True):
    """Who may call a path of a REST API that asks for the credentials of a role, by verb."""

    api: str
    """The Gen 1 resource."""
    path: str
    """With a sample in the place of parameters."""
    verbs: tuple[str, ...] = VERBS
    """Those that it answers."""
    guest: frozenset[str] = frozenset()
    signed_in: frozenset[str] = frozenset()
    groups: Mapping[str, frozenset[str]] = {}
    """By group, for its members: they have the group's role."""


class Access(Struct, frozen=True):
    """Everything that is known of it."""

    models: tuple[ModelAccess, ...] = ()
    files: tuple[FileAccess, ...] = ()
    unknown: tuple[str, ...] = ()
    """What nothing is known of, and why, in words."""
    calls: tuple[CallAccess, ...] = ()
