"""Models and their authorization rules, where Gen 2 takes them in another way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.engine.sources import Use
from migrator.sources.uses import GraphqlRule, GraphqlType

_OWNERS = frozenset(("username", "cognito:username"))


def model_uses(document: Any) -> Iterator[Use]:
    """Every model, and every rule that means something else in Gen 2."""
    everywhere = _has_global_rule(document)
    for definition in document.definitions:
        name = definition.name.value if getattr(definition, "name", None) else ""
        directives = {one.name.value: one for one in getattr(definition, "directives", None) or ()}
        if "model" in directives:
            authorized = everywhere or "auth" in directives
            yield Use(GraphqlType(name, authorized), definition.name.loc.start, definition.name.loc.end)
        yield from _rules(directives.get("auth"), name)
        for member in getattr(definition, "fields", None) or ():
            for one in getattr(member, "directives", None) or ():
                if one.name.value == "auth":
                    yield from _rules(one, f"{name}.{member.name.value}")


def _has_global_rule(document: Any) -> bool:
    """Whether `input AMPLIFY { globalAuthRule: … }` allows something for all models."""
    return any(
        getattr(one, "name", None) is not None
        and one.name.value == "AMPLIFY"
        and any(member.name.value == "globalAuthRule" for member in getattr(one, "fields", None) or ())
        for one in document.definitions
    )


def _rules(directive: Any, on: str) -> Iterator[Use]:
    for argument in directive.arguments if directive is not None else ():
        for rule in getattr(argument.value, "values", None) or (argument.value,):
            fields = {one.name.value: one.value for one in getattr(rule, "fields", None) or ()}
            allow, provider = (_word(fields.get(name)) for name in ("allow", "provider"))
            for kind in _kinds(allow, provider, fields):
                yield Use(GraphqlRule(allow, provider or "default", on, kind), rule.loc.start, rule.loc.end)


def _kinds(allow: str, provider: str, fields: dict[str, Any]) -> Iterator[str]:
    if "queries" in fields or "mutations" in fields:
        yield "queries"
    if allow == "private" and provider == "iam":
        yield "private-iam"
    if allow == "public" and provider == "iam":
        yield "guest"
    if allow == "public" and provider == "":
        yield "public"
    if provider == "oidc":
        yield "oidc"
    if allow == "owner" and _word(fields.get("identityClaim")) in _OWNERS:
        yield "identity"


def _word(value: Any) -> str:
    return str(getattr(value, "value", "") or "")
