"""What overrides change of the resources that Gen 1 declares, where no template that Gen 1 built shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from migrator.categories.overrides.model import Kind, OverrideStatement
from migrator.categories.overrides.spelling import cloudformation, spelt
from migrator.categories.overrides.values import BRANCH
from migrator.engine.observed import Declared, Generation, Observed, Observer, Side
from migrator.typescript.nodes import Arr, Expr, Lit, Obj, Property, Template

_ROLES = {"root#AuthRole": "authRole", "root#UnauthRole": "unauthRole"}
_API, _TABLE = "AWS::AppSync::GraphQLApi", "AWS::DynamoDB::Table"


def name(declared: Declared, generation: Generation) -> str:
    """No resource belongs to this category."""
    return ""


def observe(generation: Generation) -> Iterator[Observed]:
    """Nothing: other categories observe what is changed."""
    yield from ()


def changed(declared: Declared, generation: Generation) -> Declared:
    """The resource with the statements about it carried out, as Gen 1 does before it deploys (normalisation
    `overrides-carried-out`)."""
    if generation.side is not Side.GEN1:
        return declared
    for fact in generation.context.graph.facts(OverrideStatement):
        if _is_carried(fact.node, generation) and _is_about(fact.node, declared):
            declared = _carried_out(fact.node, declared, generation)
    return declared


def _is_carried(node: OverrideStatement, generation: Generation) -> bool:
    """Whether a statement is carried out in this environment, and no template shows it."""
    elsewhere = node.env and node.env != (generation.context.app.env or "")
    return not (node.seen or node.reason or elsewhere)


def _carried_out(node: OverrideStatement, declared: Declared, generation: Generation) -> Declared:
    properties: Any = dict(declared.properties)
    policies = dict(declared.policies)
    for place, value in _changes(node, generation):
        if place[0] == "Properties":
            properties = _put(properties, place[1:], value)
        elif len(place) == 1 and isinstance(value, str):
            policies[place[0]] = value
    return replace(declared, properties=properties, policies=policies)


def _is_about(node: OverrideStatement, declared: Declared) -> bool:
    if node.about == "project":
        return _ROLES.get(declared.id) == node.construct
    if node.construct == "GraphQLAPI":
        return declared.type == _API and declared.stack == node.about
    own = (f"{node.about}/{node.member}", f"{node.member}Table")
    return node.construct == "modelDDBTable" and declared.type == _TABLE and _at(declared) == own


def _at(declared: Declared) -> tuple[str, str]:
    return declared.stack, declared.logical_id


_GONE = object()
"""In the place of a value: what was there is taken away."""


def _changes(node: OverrideStatement, generation: Generation) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Places in the resource, and what they get."""
    if node.kind is Kind.ASSIGN:
        place = tuple(cloudformation(step) or step for step in node.path)
        yield ("Properties", *place), _data(spelt(node.values[0]), generation)
        return
    method, (first, *rest) = node.path[-1], node.values
    place = tuple(str(first.value).split(".")) if isinstance(first, Lit) else ()
    if method in ("addPropertyOverride", "addPropertyDeletionOverride"):
        place = ("Properties", *place)
    value = _GONE if method.endswith("DeletionOverride") else _data(rest[0], generation) if rest else None
    if place:
        yield place, value


def _data(value: Expr | Any, generation: Generation) -> Any:
    match value:
        case Lit():
            return value.value
        case Obj():
            members = (one for one in value.props if isinstance(one, Property))
            return {str(one.key): _data(one.value, generation) for one in members}
        case Arr():
            return [_data(one, generation) for one in value.items]
        case Template():
            return "".join(part if isinstance(part, str) else str(_data(part, generation)) for part in value.parts)
    return generation.branch if value == BRANCH else None


def _put(whole: Any, place: tuple[str, ...], value: Any) -> Any:
    """The data with a value at a place, as CDK's escape hatches put it there."""
    if not place:
        return value
    first, *rest = place
    if isinstance(whole, list) and first.isdecimal() and int(first) < len(whole):
        return [_put(one, tuple(rest), value) if at == int(first) else one for at, one in enumerate(whole)]
    members = dict(whole) if isinstance(whole, dict) else {}
    if not rest and value is _GONE:
        members.pop(first, None)
    else:
        members[first] = _put(members.get(first), tuple(rest), value)
    return members


_POLICY = {
    "MinimumLength": "min_length",
    "RequireLowercase": "require_lowercase",
    "RequireNumbers": "require_numbers",
    "RequireSymbols": "require_symbols",
    "RequireUppercase": "require_uppercase",
}
"""The rules for passwords, as CloudFormation and as clients call them."""


def retold(one: Observed, generation: Generation) -> Observed:
    """What clients find of a user pool, with the rules for passwords that an override set."""
    if generation.side is not Side.GEN1 or one.kind != "AWS::Amplify::Auth":
        return one
    pool = Declared("pool", "AWS::Cognito::UserPool", {"Policies": {}})
    for fact in generation.context.graph.facts(OverrideStatement):
        if _is_carried(fact.node, generation) and fact.node.construct == "userPool":
            pool = _carried_out(fact.node, pool, generation)
    policies = pool.properties.get("Policies")
    said = policies.get("PasswordPolicy") if isinstance(policies, dict) else None
    told = {f"password_policy.{_POLICY[key]}": value for key, value in (said or {}).items() if key in _POLICY}
    return replace(one, attributes={**one.attributes, **told}) if told else one


OBSERVER = Observer(name, observe, changed=changed, retold=retold)
