"""Rules of `@auth` as `a.schema` knows them, and what it does not take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from migrator.categories.data.flags import rules as listed
from migrator.categories.data.sdl import Definition, Directive, Field

NATIVE = ("aws_api_key", "aws_cognito_user_pools", "aws_oidc", "aws_lambda", "aws_iam", "aws_auth")
"""AppSync's own directives for access."""
INHERITED = frozenset(
    (
        *("__proto__", "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString"),
        *("toString", "valueOf", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"),
    )
)
"""Names that every JavaScript object has: the library looks names up in plain objects, and finds these."""
_POOLS = {None: "", "userPools": ""}
_OIDC = {"oidc": "oidc"}
_IDENTITY = {"iam": "identityPool", "identityPool": "identityPool"}
_PROVIDERS: Mapping[str, Mapping[Any, str]] = {
    "public": {None: "apiKey", "apiKey": "apiKey", **_IDENTITY},
    "private": {**_POOLS, **_OIDC, **_IDENTITY},
    "owner": {**_POOLS, **_OIDC},
    "groups": {**_POOLS, **_OIDC},
    "custom": {None: "", "function": ""},
}
"""By strategy, provider as written to provider as `a.schema` prints it; empty for none."""
_KEYS: Mapping[str, tuple[str, ...]] = {
    "owner": ("ownerField", "identityClaim"),
    "groups": ("groups", "groupsField", "groupClaim"),
}
_OPERATIONS = frozenset({"create", "update", "delete", "read", "get", "list", "sync", "listen", "search"})
_TEXTS = frozenset(
    {"ID", "String", "AWSDate", "AWSTime", "AWSDateTime", "AWSEmail", "AWSPhone", "AWSURL", "AWSIPAddress"}
)
"""Scalars that may hold an owner or a group."""


class Rule(Struct, frozen=True):
    """One rule."""

    allow: str
    provider: str = ""
    """As `a.schema` prints it; empty where it prints none."""
    operations: tuple[str, ...] | None = None
    field: str = ""
    """That holds the owner or the group."""
    several: bool = False
    """Whether that field is a list."""
    groups: tuple[str, ...] = ()
    identity_claim: str = ""
    group_claim: str = ""


def sayable_rules(holder: Definition | Field, model: Definition) -> tuple[Rule, ...]:
    """The rules on a model, or on a field of it, that `a.schema` has words for."""
    return tuple(rule(said, model) for said in listed(holder) if not refusal(said, model))


def unsaid_rules(holder: Definition | Field, model: Definition) -> tuple[Mapping[str, Any], ...]:
    """The other rules."""
    return tuple(said for said in listed(holder) if refusal(said, model))


def rule(said: Mapping[str, Any], model: Definition | None = None) -> Rule:
    """A rule that is not refused."""
    allow = str(said["allow"])
    operations = said.get("operations")
    groups = said.get("groups") or ()
    field = said.get("ownerField", "owner") if allow == "owner" else said.get("groupsField", "")
    holder = model.field(field) if model else None
    return Rule(
        allow,
        _PROVIDERS[allow][said.get("provider")],
        None if operations is None else tuple(operations),
        field,
        holder is not None and holder.is_list,
        (groups,) if isinstance(groups, str) else tuple(groups),
        said.get("identityClaim") or "",
        said.get("groupClaim") or "",
    )


def malformed(holder: Definition | Field) -> Iterator[str]:
    """What of the rules no transformer takes."""
    for directive in holder.directives:
        if directive.name != "auth":
            continue
        said = directive.arguments.get("rules")
        if set(directive.arguments) != {"rules"} or not isinstance(said, list) or not said:
            yield "it wants a list of rules"
        for one in said if isinstance(said, list) else ():
            if reason := _malformed(one):
                yield reason


def _malformed(said: Any) -> str:
    if not isinstance(said, dict):
        return "a rule is an object"
    allow = said.get("allow")
    if not isinstance(allow, str) or allow not in _PROVIDERS:
        return f"there is no strategy {allow!r}"
    provider = said.get("provider")
    if not isinstance(provider, str | None) or provider not in _PROVIDERS[allow]:
        return f"{allow} has no provider {provider!r}"
    for name, value in said.items():
        if name in ("allow", "provider"):
            continue
        if name != "operations" and name not in _KEYS.get(allow, ()):
            return f"a rule for {allow} has no {name}"
        if not _is_shaped(name, value):
            return f"{name} has another form"
    if allow == "groups" and ("groups" in said) == ("groupsField" in said):
        return "a rule for groups has either groups or groupsField"
    return ""


def _is_shaped(name: str, value: Any) -> bool:
    if name == "operations":
        return isinstance(value, list) and all(isinstance(one, str) and one in _OPERATIONS for one in value)
    if name == "groups":
        return _is_text(value) or (isinstance(value, list) and bool(value) and all(map(_is_text, value)))
    return _is_text(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def refusal(said: Mapping[str, Any], model: Definition) -> str:
    """Why `a.schema` does not take a rule; empty when it does."""
    if reason := _malformed(said):
        return reason
    name = rule(said).field
    holder = model.field(name) if name else None
    if name in INHERITED:
        return f"{name} belongs to every JavaScript object"
    if holder is not None and holder.base not in _TEXTS:
        return f"{name} is a {holder.base}"
    return ""


def operation_rules(field: Field, returns_type: bool) -> tuple[tuple[Rule, ...], bool]:
    """The callers of an operation as near as `a.schema` can say them, and whether that is exactly what is written.

    `returns_type`: the operation returns a custom type, which inherits the rules and takes no groups of OIDC.
    """
    found: list[Rule] = []
    exact = not any(d.name in NATIVE for d in field.directives)
    for said in listed(field):
        if _malformed(said):
            exact = False
            continue
        full = rule(said)
        near = _of_operation(full, returns_type)
        exact = exact and near == full
        found.append(near)
    for directive in field.directives:
        found += _of_native(directive)
    unique = tuple(dict.fromkeys(found))
    if unique:
        return unique, exact and len(unique) == len(found)
    return (Rule("private", "identityPool"),), False


def _of_operation(full: Rule, returns_type: bool) -> Rule:
    """A rule without what belongs to tables: operations, owners, groups in fields."""
    near = replace(full, operations=None, field="", several=False, identity_claim="", group_claim="")
    dynamic = full.allow == "owner" or (full.allow == "groups" and not full.groups)
    if dynamic or (returns_type and full.allow == "groups" and full.provider):
        return Rule("private", full.provider)
    return near


def _of_native(directive: Directive) -> Iterator[Rule]:
    groups = directive.arguments.get("cognito_groups")
    match directive.name:
        case "aws_api_key":
            yield Rule("public", "apiKey")
        case "aws_cognito_user_pools" | "aws_auth":
            names = tuple(filter(_is_text, groups if isinstance(groups, list) else (groups,)))
            yield Rule("groups", groups=tuple(map(str, names))) if names else Rule("private")
        case "aws_oidc":
            yield Rule("private", "oidc")
        case "aws_lambda":
            yield Rule("custom")
        case "aws_iam":
            yield Rule("private", "identityPool")
