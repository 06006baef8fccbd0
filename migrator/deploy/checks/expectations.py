"""What the rules of a model let somebody do: the answer that is expected before a request is sent."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from migrator.engine.access import AccessRule, ModelAccess, Operation, Who


class Role(StrEnum):
    """Who asks."""

    OWNER = "owner"
    """The user who made the row."""
    OTHER = "another user"
    MEMBER = "a member of the group"
    IDENTITY = "a user with credentials"
    """A signed-in user who signs requests with the credentials of the identity pool."""
    KEY = "the API key"
    GUEST = "a guest"


class Asker(Struct, frozen=True):
    """Who asks, and the groups they are in."""

    role: Role
    groups: frozenset[str] = frozenset()


_SIGNED_IN = (Role.OWNER, Role.OTHER, Role.MEMBER)


def may(access: ModelAccess, asker: Asker, operation: Operation) -> bool:
    """Whether the rules allow the operation, on a row that the owner made."""
    if not _allowed(access.rules, asker, operation):
        # a model may be open by rules of its fields alone
        return not access.rules and any(_allowed(rules, asker, operation) for rules in access.fields.values())
    # deleting takes every field along, so each rule of a field has to allow it as well
    # https://docs.amplify.aws/gen1/react/build-a-backend/graphqlapi/customize-authorization-rules/#field-level-authorization-rules
    own = access.fields.values() if operation is Operation.DELETE else ()
    return all(_allowed(rules, asker, operation) for rules in own)


def _allowed(rules: Iterable[AccessRule], asker: Asker, operation: Operation) -> bool:
    return any(operation in rule.operations and _meant(rule, asker, operation) for rule in rules)


def _meant(rule: AccessRule, asker: Asker, operation: Operation) -> bool:
    match rule.who:
        case Who.KEY:
            return asker.role is Role.KEY
        case Who.GUEST:
            return asker.role is Role.GUEST
        case Who.SIGNED_IN:
            return asker.role in _SIGNED_IN
        case Who.OWNER:
            if operation is Operation.CREATE:
                return asker.role in _SIGNED_IN
            # the owner is written down by rules that let them create
            return asker.role is Role.OWNER and Operation.CREATE in rule.operations
        case Who.GROUP:
            return bool(asker.groups & set(rule.groups))
        case Who.IDENTITY:
            return asker.role is Role.IDENTITY
        case Who.OTHER:
            return False


def untried(access: ModelAccess) -> tuple[str, ...]:
    """Rules that nobody of those who ask is meant by, in words."""
    found = ["OpenID Connect or a function" for rule in access.rules if rule.who is Who.OTHER]
    found += ["users by a claim of its own" for rule in access.rules if rule.claimed]
    return tuple(dict.fromkeys(found))
