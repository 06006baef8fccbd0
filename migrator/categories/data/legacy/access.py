"""Who may use a model: the rules of transformer 1, and rules of transformer 2 that let the same callers in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from migrator.categories.data.flags import rules as said_rules
from migrator.categories.data.legacy.kinds import ChangeKind
from migrator.categories.data.legacy.model import Change, Deployed
from migrator.categories.data.legacy.rules import (
    EVERY,
    PROVIDERS,
    Rule,
    default_rule,
    guarded,
    lacks,
    lets_all_in,
    limited,
    provider,
    translated,
)
from migrator.categories.data.model import AuthMode
from migrator.categories.data.sdl import Definition

_CALLERS = {
    AuthMode.API_KEY: "everybody with the API key",
    AuthMode.USER_POOL: "every signed-in user",
    AuthMode.IAM: "whoever an IAM policy lets in",
    AuthMode.OIDC: "everybody with a token of the OpenID Connect provider",
    AuthMode.LAMBDA: "everybody whom the Lambda authorizer lets in",
}


class Access(Struct, frozen=True):
    """The rules of a model for transformer 2."""

    rules: tuple[Rule, ...] = ()
    """Those of the author come first, in his order."""
    changes: tuple[Change, ...] = ()


def access(model: Definition, deployed: Deployed) -> Access:
    """What transformer 1 lets callers do, said for transformer 2."""
    said = tuple(said_rules(model))
    own = tuple(new for rule in said for new in translated(rule))
    covered = {operation for rule in said for operation in guarded(rule)}
    rest = [operation for operation in EVERY if operation not in covered]
    everybody = default_rule(deployed.mode)
    readable = not said or PROVIDERS[deployed.mode] in {provider(rule) for rule in said}
    added = (limited(everybody, rest),) if rest and everybody and readable else ()
    every = (*own, *added)
    changes = (*_open(model, said, rest, deployed, readable), *_differences(model, said, own))
    if any(lacks(rule, every, "update", "delete") for rule in every):
        changes += (Change(model.name, ChangeKind.NULLS),)
    if any(lacks(rule, every, "delete", "update") for rule in every):
        changes += (Change(model.name, ChangeKind.EMPTY_UPDATES),)
    return Access(every, changes)


def _open(
    model: Definition, said: tuple[Rule, ...], rest: list[str], deployed: Deployed, readable: bool
) -> Iterator[Change]:
    who = _CALLERS[deployed.mode]
    if not said:
        yield Change(model.name, ChangeKind.OPEN_MODEL, who)
    elif rest and readable:
        yield Change(model.name, ChangeKind.OPEN_OPERATIONS, f"{operations(rest)}: {who}")
    elif rest:
        yield Change(model.name, ChangeKind.CLOSED_OPERATIONS, f"{operations(rest)}: {who}")


def operations(names: Iterable[str]) -> str:
    """Operations in words."""
    listed = tuple(names)
    words = limited({}, listed).get("operations", ["create", "update", "delete", "read"])
    return ", ".join(words)


def _differences(model: Definition, said: tuple[Rule, ...], own: tuple[Rule, ...]) -> Iterator[Change]:
    if any(rule.get("allow") == "public" and provider(rule) == "iam" for rule in said):
        yield Change(model.name, ChangeKind.SIGNED_IN_ROLE)
    owners = [rule for rule in own if rule.get("allow") == "owner"]
    if any(rule.get("identityClaim") == "username" for rule in owners):
        yield Change(model.name, ChangeKind.OWNER_CLAIM)
    open_create = any(lets_all_in(r) and provider(r) == "userPools" and "create" in guarded(r) for r in own)
    if open_create and any("create" in guarded(rule) for rule in owners):
        yield Change(model.name, ChangeKind.OWNER_FILLED)
    if any("listen" in guarded(rule) and _filters(rule) for rule in own):
        yield Change(model.name, ChangeKind.SUBSCRIPTIONS)
    if any(("list" in guarded(rule)) is not ("listen" in guarded(rule)) for rule in own):
        yield Change(model.name, ChangeKind.QUERY_RULES)


def _filters(rule: Rule) -> bool:
    """Whether a subscription depends on what the rows hold."""
    return rule.get("allow") == "owner" or bool(rule.get("groupsField"))
