"""What overrides change of the resources that Gen 1 declares, where no template that Gen 1 built shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from migrator.categories.overrides.additions import members, named, told_apart, type_of
from migrator.categories.overrides.model import Kind, OverrideStatement
from migrator.core.ref import ResourceRef
from migrator.engine.observed import Declared, Generation, Observed, Observer, Side
from migrator.engine.observing import observed
from migrator.engine.override_effects import GONE, data, merged, place_of, put
from migrator.engine.override_spelling import cloudformation, spelt
from migrator.engine.survey import left_to_others
from migrator.typescript.nodes import Lit, Obj

_ROLES = {"root#AuthRole": "authRole", "root#UnauthRole": "unauthRole"}
_RESOLVER, _FUNCTION = "AWS::AppSync::Resolver", "AWS::AppSync::FunctionConfiguration"
_DOMAINS = ("AWS::Elasticsearch::Domain", "AWS::OpenSearchService::Domain")
_API, _REST, _TABLE = "AWS::AppSync::GraphQLApi", "AWS::ApiGateway::RestApi", "AWS::DynamoDB::Table"


def name(declared: Declared, generation: Generation) -> str:
    """No resource belongs to this category."""
    return ""


def observe(generation: Generation) -> Iterator[Observed]:
    """Resources that overrides add to Gen 1's templates; other categories observe what is changed. In Gen 2 they are
    known by their logical ids, which stay."""
    if generation.side is not Side.GEN1:
        return
    for node in _in_order(generation):
        declared = _added(node, generation)
        if declared is not None and not left_to_others(declared):
            yield observed(declared.id, declared, generation)


def _added(node: OverrideStatement, generation: Generation) -> Declared | None:
    """A resource that a statement adds, with the name that the new one has (normalisation `names-told-apart`)."""
    ref = ResourceRef(*node.about.split("/")) if "/" in node.about else None
    if ref is None or not type_of(node) or not generation.context.converted(ref):
        return None
    said = told_apart(type_of(node), members(node.values[0]).get("properties", Obj()))
    properties = named(data(said, generation.branch), node.service, ref, generation.branch)
    return Declared(f"{ref}#{node.member}", type_of(node), properties, stack=str(ref), owner=ref)


def changed(declared: Declared, generation: Generation) -> Declared:
    """The resource with the statements about it carried out, as Gen 1 does before it deploys (normalisation
    `overrides-carried-out`)."""
    if generation.side is not Side.GEN1:
        return declared
    for node in _in_order(generation):
        if _is_about(node, declared):
            declared = _carried_out(node, declared, generation)
    return declared


def _in_order(generation: Generation) -> tuple[OverrideStatement, ...]:
    """What is carried out: assignments first, since CDK puts what escape hatches say over the finished properties."""
    nodes = [fact.node for fact in generation.context.graph.facts(OverrideStatement)]
    carried = (node for node in nodes if _is_carried(node, generation))
    return tuple(sorted(carried, key=lambda node: node.kind is Kind.CALL))


def _is_carried(node: OverrideStatement, generation: Generation) -> bool:
    """Whether a statement is carried out in this environment, and no template shows it."""
    elsewhere = node.env and node.env != (generation.context.app.env or "")
    return not (node.seen or node.reason or elsewhere)


def _carried_out(node: OverrideStatement, declared: Declared, generation: Generation) -> Declared:
    properties: Any = dict(declared.properties)
    policies = dict(declared.policies)
    set_ = put if node.kind is Kind.ASSIGN else merged
    for place, value in _changes(node, generation):
        if place[0] == "Properties":
            properties = set_(properties, place[1:], value)
        elif len(place) == 1 and isinstance(value, str):
            policies[place[0]] = value
    return replace(declared, properties=properties, policies=policies)


def _is_about(node: OverrideStatement, declared: Declared) -> bool:
    if node.about == "project":
        return _ROLES.get(declared.id) == node.construct
    if node.construct == "GraphQLAPI":
        return declared.type == _API and declared.stack == node.about
    if node.construct == "resolver":
        said = declared.properties
        return declared.type == _RESOLVER and f"{said.get('TypeName')}.{said.get('FieldName')}" == node.member
    if node.construct == "resolverFunction":
        return declared.type == _FUNCTION and declared.properties.get("Name") == node.member
    if node.construct == "OpenSearchDomain":
        return declared.type in _DOMAINS and declared.logical_id == node.construct
    if node.construct == "restApi":
        return declared.type == _REST and declared.stack == node.about
    own = (f"{node.about}/{node.member}", f"{node.member}Table")
    return node.construct == "modelDDBTable" and declared.type == _TABLE and _at(declared) == own


def _at(declared: Declared) -> tuple[str, str]:
    return declared.stack, declared.logical_id


def _changes(node: OverrideStatement, generation: Generation) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Places in the resource, and what they get."""
    if node.kind is Kind.ADD:
        return
    if node.kind is Kind.ASSIGN:
        place = tuple(cloudformation(step) or step for step in node.path)
        yield ("Properties", *place), data(spelt(node.values[0]), generation.branch)
        return
    method, (first, *rest) = node.path[-1], node.values
    place = place_of(str(first.value)) if isinstance(first, Lit) else ()
    if method in ("addPropertyOverride", "addPropertyDeletionOverride"):
        place = ("Properties", *place)
    value = GONE if method.endswith("DeletionOverride") else data(rest[0], generation.branch) if rest else None
    if place:
        yield place, value


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
    for node in _in_order(generation):
        if node.construct == "userPool":
            pool = _carried_out(node, pool, generation)
    policies = pool.properties.get("Policies")
    said = policies.get("PasswordPolicy") if isinstance(policies, dict) else None
    told = {f"password_policy.{_POLICY[key]}": value for key, value in (said or {}).items() if key in _POLICY}
    return replace(one, attributes={**one.attributes, **told}) if told else one


OBSERVER = Observer(name, observe, changed=changed, retold=retold)
