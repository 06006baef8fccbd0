"""Rules for `@auth`: who may do what, said in full.

A rule in full has a strategy, a provider, its claim, its field or its one group, and the operations one by one.
https://docs.amplify.aws/gen1/react/build-a-backend/graphqlapi/customize-authorization-rules/
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from migrator.categories.data.proof.rewrite import Rule, Schema, Side, everywhere, said
from migrator.categories.data.sdl import Definition, Directive, Field

AuthRule: TypeAlias = Mapping[str, Any]
READ = ("get", "list", "listen", "sync", "search")
OPERATIONS = (*READ, "create", "update", "delete")
_PROVIDERS = {
    "public": "apiKey",
    "private": "userPools",
    "owner": "userPools",
    "groups": "userPools",
    "custom": "function",
}


def auth_rules(holder: Definition | Field) -> tuple[AuthRule, ...]:
    """The rules on a model, a field or an operation."""
    return tuple(rule for one in holder.directives if one.name == "auth" for rule in rules_of(one) or ())


def rules_of(auth: Directive) -> list[AuthRule] | None:
    """The rules of one `@auth`; None when it does not have the form that the transformers know."""
    rules = auth.arguments.get("rules")
    found: list[AuthRule] = [rule for rule in rules if isinstance(rule, dict)] if isinstance(rules, list) else []
    return found if isinstance(rules, list) and len(found) == len(rules) else None


def role(rule: AuthRule) -> str:
    """Who a rule is for, without what he may do."""
    return json.dumps({k: v for k, v in rule.items() if k != "operations"}, sort_keys=True)


def _each(schema: Schema, change: Callable[[AuthRule], AuthRule]) -> Schema:
    return _all(schema, lambda rules: [change(rule) for rule in rules])


def _all(schema: Schema, change: Callable[[list[AuthRule]], list[AuthRule]]) -> Schema:
    def changed(auth: Directive) -> Directive:
        rules = rules_of(auth)
        return auth if rules is None else said(auth, rules=change(rules))

    return everywhere(schema, "auth", changed)


def provider(schema: Schema, side: Side) -> Schema:
    """A rule without `provider` has the strategy's own: apiKey, userPools or function."""

    def changed(rule: AuthRule) -> AuthRule:
        own = _PROVIDERS.get(str(rule.get("allow")))
        return rule if rule.get("provider") or not own else {**rule, "provider": own}

    return _each(schema, changed)


def identity_pool(schema: Schema, side: Side) -> Schema:
    """`provider: iam` is called `identityPool` in Gen 2."""
    return _each(schema, lambda rule: {**rule, "provider": "identityPool"} if rule.get("provider") == "iam" else rule)


def owner_field(schema: Schema, side: Side) -> Schema:
    """An owner without `ownerField` is in the field `owner`."""
    return _each(schema, lambda rule: _with(rule, "owner", ownerField="owner"))


def owner_claim(schema: Schema, side: Side) -> Schema:
    """An owner without `identityClaim` is `sub::username`, or `username` where Gen 1's flag is off."""
    claim = "sub::username" if side.flags.sub_username else "username"
    return _each(schema, lambda rule: _with(rule, "owner", identityClaim=claim))


def group_claim(schema: Schema, side: Side) -> Schema:
    """Groups without `groupClaim` are in `cognito:groups`."""
    return _each(schema, lambda rule: _with(rule, "groups", groupClaim="cognito:groups"))


def _with(rule: AuthRule, strategy: str, **values: str) -> AuthRule:
    missing = {name: value for name, value in values.items() if not rule.get(name)}
    return {**rule, **missing} if rule.get("allow") == strategy and missing else rule


def single_groups(schema: Schema, side: Side) -> Schema:
    """A rule for several groups is a rule for each; one group may stand without brackets."""
    return _all(schema, lambda rules: [one for rule in rules for one in _by_group(rule)])


def _by_group(rule: AuthRule) -> Iterator[AuthRule]:
    if rule.get("allow") != "groups" or not rule.get("groups") or rule.get("groupsField"):
        yield rule
        return
    groups = rule["groups"]
    for group in groups if isinstance(groups, list) else [groups]:
        yield {**rule, "groups": [group]}


def operations(schema: Schema, side: Side) -> Schema:
    """`read` is get, list, listen, sync and search; no `operations` is all of them; their order is nothing."""

    def changed(rule: AuthRule) -> AuthRule:
        wanted = rule.get("operations")
        names = OPERATIONS if wanted is None else wanted
        if not isinstance(names, list | tuple):
            return rule
        each = {one for name in names for one in (READ if name == "read" else (str(name),))}
        return {**rule, "operations": sorted(each)}

    return _each(schema, changed)


def rule_order(schema: Schema, side: Side) -> Schema:
    """The order of rules is nothing, and a rule said twice is one; only rules for one role keep their order."""

    def changed(rules: list[AuthRule]) -> list[AuthRule]:
        once: list[AuthRule] = []
        for rule in rules:
            if rule not in once:
                once.append(rule)
        return sorted(once, key=role)

    return _all(schema, changed)


AUTH: tuple[Rule, ...] = (
    Rule("N2", provider),
    Rule("N3", identity_pool),
    Rule("N4", owner_field),
    Rule("N8", owner_claim),
    Rule("A4", group_claim),
    Rule("N6", single_groups),
    Rule("N7", operations),
    Rule("A5", rule_order),
)
