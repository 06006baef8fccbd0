"""The text that `a.schema` makes of a rule, of disabled operations and so on: what patches expect to find.

The forms are those of @aws-amplify/data-schema 1.26; tests compare them with what the package prints.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from migrator.categories.data.sdl import ROOTS, Definition, Directive, Field, held
from migrator.categories.data.typed.rules import Rule, rule
from migrator.documents.document import Json

GROUPS: Mapping[str, str] = {
    "get": "queries",
    "list": "queries",
    "create": "mutations",
    "update": "mutations",
    "delete": "mutations",
    "onCreate": "subscriptions",
    "onUpdate": "subscriptions",
    "onDelete": "subscriptions",
}
"""The operations that `.disableOperations` knows, with the argument of `@model` that they belong to."""
_NATIVE: Mapping[tuple[str, str], str] = {
    ("public", "apiKey"): "@aws_api_key",
    ("public", "identityPool"): "@aws_iam",
    ("private", ""): "@aws_cognito_user_pools",
    ("private", "oidc"): "@aws_oidc",
    ("private", "identityPool"): "@aws_iam",
    ("groups", ""): "@aws_cognito_user_pools",
    ("custom", ""): "@aws_lambda",
}


def escaped(text: str) -> str:
    """A text for where `a.schema` puts it between quotes as it is."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def auth(rules: Iterable[Rule]) -> str:
    """`@auth(rules: [...])`."""
    listed = ",\n  ".join(map(_rule, rules))
    return f"@auth(rules: [{listed}])"


def _rule(one: Rule) -> str:
    parts = [f"allow: {one.allow}"]
    parts += [f"provider: {one.provider}"] if one.provider else []
    parts += [f"operations: [{', '.join(one.operations)}]"] if one.operations is not None else []
    name = "groupsField" if one.allow == "groups" else "ownerField"
    parts += [f'{name}: "{escaped(one.field)}"'] if one.field else []
    parts += [f"groups: [{_texts(one.groups)}]"] if one.groups else []
    parts += [f'identityClaim: "{escaped(one.identity_claim)}"'] if one.identity_claim else []
    parts += [f'groupClaim: "{escaped(one.group_claim)}"'] if one.group_claim else []
    return f"{{{', '.join(parts)}}}"


def _texts(values: Iterable[str]) -> str:
    return ", ".join(f'"{escaped(value)}"' for value in values)


def disabled(model: Definition) -> tuple[str, ...]:
    """The operations of a model that are switched off, in the words of `.disableOperations`."""
    directive = model.directive("model")
    arguments = directive.arguments if directive else {}
    found: list[str] = []
    for group in ("queries", "mutations", "subscriptions"):
        said = arguments.get(group)
        if group in arguments and (said is None or _is_off(said)):
            found.append(group)
        elif isinstance(said, dict):
            found += [name for name, value in said.items() if value is None and GROUPS.get(name) == group]
    return tuple(found)


def _is_off(said: Json) -> bool:
    return isinstance(said, dict) and said.get("level") == "off"


def model(operations: Iterable[str]) -> str:
    """`@model(...)` with the operations that are switched off."""
    attributes: dict[str, list[str]] = {}
    listed = tuple(operations)
    for name in sorted(listed, key=lambda each: each in GROUPS):
        group = GROUPS.get(name)
        if group is None:
            attributes[name] = []
        elif not (group in attributes and group in listed):
            attributes.setdefault(group, []).append(f"{name}:null")
    said = ",".join(
        f"{group}:{{{','.join(names)}}}" if names else f"{group}:null" for group, names in attributes.items()
    )
    return f"@model({said})" if said else "@model"


def subscribed(names: Iterable[str]) -> str:
    """`@aws_subscribe(...)`."""
    return f"@aws_subscribe(mutations: [{_texts(names)}])"


def native(rules: Iterable[Rule]) -> str:
    """AppSync's directives on a type that operations with these rules return."""
    general: dict[str, None] = {}
    groups: dict[str, dict[str, None]] = {}
    for one in rules:
        name = _NATIVE.get((one.allow, one.provider))
        if name is None:
            continue
        if one.groups:
            groups.setdefault(name, {}).update(dict.fromkeys(one.groups))
        else:
            general[name] = None
    grouped = (f"{name}(cognito_groups: [{_texts(named)}])" for name, named in groups.items() if name not in general)
    return " ".join((*general, *grouped))


def inherited(definitions: Iterable[Definition]) -> Mapping[str, str]:
    """By custom type, the directives that `a.schema` gives it because operations return it, or a type that holds it."""
    listed = tuple(definitions)
    types = {d.name: d for d in listed if d.kind == "type" and not d.is_model and d.name not in ROOTS}
    found: dict[str, list[Rule]] = {}
    for root in listed:
        for field in root.fields if root.kind == "type" and root.name in ROOTS else ():
            for name in held(field.base, types):
                found.setdefault(name, []).extend(_rules(field))
    return {name: native(rules) for name, rules in found.items()}


def _rules(field: Field) -> tuple[Rule, ...]:
    said = field.directive("auth")
    rules = said.arguments.get("rules") if said else None
    return tuple(rule(one) for one in rules if isinstance(one, dict)) if isinstance(rules, list) else ()


def said(rules: Iterable[Rule]) -> Directive:
    """The rules as the directive that `a.schema` writes."""
    return Directive("auth", {"rules": [_written(one) for one in rules]}, 0, 0)


def _written(one: Rule) -> Json:
    name = "groupsField" if one.allow == "groups" else "ownerField"
    parts: dict[str, Json] = {
        "allow": one.allow,
        "provider": one.provider,
        "operations": None if one.operations is None else list(one.operations),
        name: one.field,
        "groups": list(one.groups),
        "identityClaim": one.identity_claim,
        "groupClaim": one.group_claim,
    }
    return {key: value for key, value in parts.items() if value or (key == "operations" and value is not None)}
