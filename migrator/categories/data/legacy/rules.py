"""The rules of `@auth` as transformer 1 reads them.

What a rule lists in `operations` it guards; what no rule lists has no resolver code and no directive, so that AppSync
lets everybody in who passes the default mode and may read the type.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from migrator.categories.data.model import AuthMode

Rule: TypeAlias = Mapping[str, Any]

EVERY = ("create", "update", "delete", "get", "list", "listen", "sync", "search")
"""Operations as transformer 2 tells them apart."""
READ = EVERY[3:]
"""What `read` stands for."""
_AS_WHOLE = EVERY[5:]
"""What transformer 1 knows as `read` alone: subscriptions, DataStore, search (and queries by index, relations)."""
PROVIDERS = {
    AuthMode.API_KEY: "apiKey",
    AuthMode.USER_POOL: "userPools",
    AuthMode.IAM: "iam",
    AuthMode.OIDC: "oidc",
    AuthMode.LAMBDA: "function",
}
_DEFAULTS = {"public": "apiKey", "custom": "function"}


def provider(rule: Rule) -> str:
    """Who vouches for the caller."""
    return str(rule.get("provider") or _DEFAULTS.get(str(rule.get("allow")), "userPools"))


def lets_all_in(rule: Rule) -> bool:
    """Whether it asks for nothing but the mode."""
    return rule.get("allow") in ("public", "private", "custom")


def guarded(rule: Rule) -> tuple[str, ...]:
    """The operations of a model that the rule is for."""
    if "operations" in rule:
        listed = _listed(rule["operations"])
        return tuple(op for op in EVERY if op in listed or (op in READ and "read" in listed))
    queries, mutations = rule.get("queries", ...), rule.get("mutations", ...)
    found = []
    for op in EVERY:
        if op in _AS_WHOLE:
            holds = queries is ...
        else:
            said = queries if op in READ else mutations
            holds = said is ... or op in _listed(said)
        if holds:
            found.append(op)
    return tuple(found)


def _listed(said: Any) -> tuple[str, ...]:
    return tuple(said) if isinstance(said, list) else (said,) if isinstance(said, str) else ()


def lacks(rule: Rule, rules: Iterable[Rule], has: str, not_: str) -> bool:
    """Whether those whom the rule lets do the first may not do the second, by this rule or one for everybody."""
    everybody = (other for other in rules if lets_all_in(other) and provider(other) == provider(rule))
    return has in guarded(rule) and not any(not_ in guarded(one) for one in (rule, *everybody))


def default_rule(mode: AuthMode) -> Rule | None:
    """Everybody who passes the mode. IAM has none: its rights are policies, which Gen 2's API heeds in any case."""
    match mode:
        case AuthMode.API_KEY:
            return {"allow": "public"}
        case AuthMode.USER_POOL:
            return {"allow": "private"}
        case AuthMode.OIDC:
            return {"allow": "private", "provider": "oidc"}
        case AuthMode.LAMBDA:
            return {"allow": "custom"}
        case _:
            return None


def limited(rule: Rule, operations: Iterable[str]) -> Rule:
    """The rule for these operations only; one for all of them lists none."""
    wanted = set(operations)
    if wanted == set(EVERY):
        return rule if "operations" not in rule else {k: v for k, v in rule.items() if k != "operations"}
    said = rule.get("operations")
    if isinstance(said, list) and set(guarded(rule)) == wanted:
        return rule
    short = [op for op in EVERY[:3] if op in wanted]
    short += ["read"] if wanted >= set(READ) else [op for op in READ if op in wanted]
    return {**rule, "operations": short}


def translated(rule: Rule) -> tuple[Rule, ...]:
    """The rule in transformer 2's words, for the operations that it guards in transformer 1; none for none."""
    operations = guarded(rule)
    if not operations:
        return ()
    said = {key: value for key, value in rule.items() if key not in ("queries", "mutations", "identityField")}
    if rule.get("allow") == "owner":
        said["identityClaim"] = rule.get("identityField") or rule.get("identityClaim") or "username"
    if rule.get("allow") == "groups" and not rule.get("groups") and not rule.get("groupsField"):
        said["groupsField"] = "groups"
    found = limited(said, operations)
    if rule.get("allow") == "public" and provider(rule) == "iam":
        return found, {**found, "allow": "private"}
    return (found,)


def strategy(rule: Rule) -> str:
    """Who the rule is for, without the operations; rules for the same people are equal."""
    said = {key: value for key, value in rule.items() if key != "operations"}
    return repr(sorted({**said, "provider": provider(rule)}.items(), key=str))


def united(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules with one for each of those that they are for, its operations together."""
    found: dict[str, tuple[Rule, set[str]]] = {}
    for rule in rules:
        _, operations = found.setdefault(strategy(rule), (rule, set()))
        operations |= set(guarded(rule))
    return tuple(limited(rule, operations) for rule, operations in found.values())
