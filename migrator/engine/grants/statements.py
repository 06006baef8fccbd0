"""Policy documents as single rights.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from migrator.engine.grants.actions import all_but, expanded
from migrator.engine.grants.conditions import Condition, implies, options
from migrator.engine.grants.patterns import Area, everything_but, tidy
from migrator.gen1.values import as_text

EVERYONE = "everyone"
_CURRENT = "2012-10-17"
_VARIABLE = re.compile(r"\$\{[a-z-]+(?:\.[a-z.]+)?:[A-Za-z/]+\}")
"""A policy variable (`${aws:username}`); references have two colons or none."""
_ACCOUNT = re.compile(r"(?:arn:aws:iam::)?(\d{12}|\$\{AWS::AccountId\})(?::root)?$")
_ROLE = re.compile(r"arn:aws:iam::\$\{AWS::AccountId\}:role/\$\{([^{}]+)\}$")


class Effect(StrEnum):
    """What a statement does; `TRUST` is an Allow of a role's trust policy."""

    ALLOW = "Allow"
    DENY = "Deny"
    TRUST = "Trust"
    DISTRUST = "Deny trust"


class Place(NamedTuple):
    """What a right is about: who (of documents that say it), on what, and what a request has to be like."""

    effect: Effect
    who: str
    resource: Area
    condition: Condition = ()

    def contains(self, other: Place) -> bool:
        """Whether a request that the other one is about is one that this is about."""
        return (
            self.effect is other.effect
            and self.who in (other.who, EVERYONE)
            and self.resource.contains(other.resource)
            and implies(other.condition, self.condition)
        )


Right = tuple[Place, frozenset[str]]
"""A place, and the actions there."""


def rights(document: Any, *, trust: bool = False) -> Iterator[Right]:
    """The rights that a document gives, or takes; `trust` for the one that says who may become a role."""
    said = _decoded(document)
    literal = str(said.get("Version", "")) != _CURRENT
    for statement in _listed(said.get("Statement")):
        if isinstance(statement, Mapping):
            yield from _rights(statement, trust, literal)


def _decoded(document: Any) -> Mapping[str, Any]:
    """A document is JSON, or text that holds it."""
    if isinstance(document, str):
        try:
            document = json.loads(document)
        except ValueError:
            return {}
    return document if isinstance(document, Mapping) else {}


def _rights(statement: Mapping[str, Any], trust: bool, literal: bool) -> Iterator[Right]:
    effect = _effect(statement, trust)
    actions = _actions(statement)
    resources = tuple(_resources(statement, literal)) or (Area(""),)
    for who in tuple(_principals(statement)) or ("",):
        for resource in resources:
            for condition in options(statement.get("Condition")):
                yield Place(effect, who, resource, condition), actions


def _effect(statement: Mapping[str, Any], trust: bool) -> Effect:
    if statement.get("Effect") == "Deny":
        return Effect.DISTRUST if trust else Effect.DENY
    return Effect.TRUST if trust else Effect.ALLOW


def _actions(statement: Mapping[str, Any]) -> frozenset[str]:
    if "NotAction" in statement:
        return frozenset((all_but(as_text(one) for one in _listed(statement["NotAction"])),))
    return frozenset(name for one in _listed(statement.get("Action")) for name in expanded(as_text(one)))


def _resources(statement: Mapping[str, Any], literal: bool) -> Iterator[Area]:
    if "NotResource" in statement:
        yield everything_but(_resource(one, literal) for one in _listed(statement["NotResource"]))
        return
    for one in _listed(statement.get("Resource")):
        yield Area(_resource(one, literal))


def _resource(said: Any, literal: bool) -> str:
    """A pattern; documents of an older version know no policy variables."""
    text = tidy(as_text(said))
    return f"{text} (as text)" if literal and _VARIABLE.search(text) else text


def _principals(statement: Mapping[str, Any]) -> Iterator[str]:
    if "NotPrincipal" in statement:
        named = ", ".join(sorted(_named(statement["NotPrincipal"])))
        yield f"{EVERYONE} but {named}"
    elif "Principal" in statement:
        yield from _named(statement["Principal"])


def _named(principal: Any) -> Iterator[str]:
    """Principals in words (normalisation `principals`): `*` of any kind is everyone, an account is its root."""
    if not isinstance(principal, Mapping):
        principal = {"AWS": principal}
    for kind, listed in principal.items():
        for one in _listed(listed):
            yield principal_named(kind, as_text(one))


def principal_named(kind: str, said: str) -> str:
    """A principal in words."""
    if said == "*":
        return EVERYONE
    if kind == "AWS":
        account, role = _ACCOUNT.fullmatch(said), _ROLE.fullmatch(said)
        return f"account {account[1]}" if account else role[1] if role else said
    return f"{kind.lower()} {said}"


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
