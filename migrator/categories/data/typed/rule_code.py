"""Rules as TypeScript: `(allow) => [allow.owner(), allow.publicApiKey().to(['read'])]`."""

from __future__ import annotations

from collections.abc import Iterable

from migrator.categories.data.sdl import Definition, Field
from migrator.categories.data.typed.emitted import escaped
from migrator.categories.data.typed.rules import Rule, sayable_rules
from migrator.typescript.build import arr, arrow, call, lit
from migrator.typescript.nodes import Expr, Member, Name

_ALLOW = Name("allow")


def authorized(made: Expr, holder: Definition | Field, model: Definition) -> Expr:
    """The expression with `.authorization(...)`, where the model, field or operation has rules."""
    rules = sayable_rules(holder, model)
    return call(Member(made, "authorization"), arrow("allow", arr(map(_rule, rules)))) if rules else made


def _rule(one: Rule) -> Expr:
    made = _strategy(one)
    if one.operations is not None:
        made = call(Member(made, "to"), arr(map(lit, one.operations)))
    if one.identity_claim:
        made = call(Member(made, "identityClaim"), escaped(one.identity_claim))
    if one.group_claim:
        made = call(Member(made, "withClaimIn"), escaped(one.group_claim))
    return made


def _strategy(one: Rule) -> Expr:
    provider = (one.provider,) if one.provider else ()
    match one.allow:
        case "public":
            return _allow("publicApiKey" if one.provider == "apiKey" else "guest")
        case "private":
            return _allow("authenticated", *provider)
        case "custom":
            return _allow("custom")
        case "owner" if one.field == "owner" and not one.several:
            return _allow("owner", *provider)
        case "owner":
            return _allow("ownersDefinedIn" if one.several else "ownerDefinedIn", escaped(one.field), *provider)
    if one.field:
        return _allow("groupsDefinedIn" if one.several else "groupDefinedIn", escaped(one.field), *provider)
    if len(one.groups) == 1:
        return _allow("group", escaped(one.groups[0]), *provider)
    return _allow("groups", _texts(one.groups), *provider)


def _texts(values: Iterable[str]) -> list[str]:
    return [escaped(value) for value in values]


def _allow(name: str, *arguments: str | list[str]) -> Expr:
    return call(Member(_ALLOW, name), *arguments)
