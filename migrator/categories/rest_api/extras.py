"""Resources that an override added to an API's template: the same ones in the stack of the API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from migrator.categories.rest_api.model import ExtraResource, RestApi
from migrator.categories.rest_api.targets import FEATURE, api_name, is_made, stack_of, stage
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.override_effects import put
from migrator.engine.resource_types import NAMES, is_kept, other_name
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Piece, Reference, Wiring
from migrator.gen2.cdk import environment, filled
from migrator.typescript.build import call, const, member, new
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import Do, Expr, Lit, Member, Name, Stmt

_CORE = "aws-cdk-lib"
_API_GATEWAY = ("AWS::ApiGateway::RestApi", "AWS::ApiGateway::Deployment", "AWS::ApiGateway::Stage")
"""An API of its own, or a second deployment: what is in the way of what CDK makes."""
_HOLE = re.compile(r"\$\{([^{}]+)\}")
_OUTPUT = re.compile(r"(?P<owner>[A-Za-z]\w*)\.Outputs\.(?P<name>\w+)", re.ASCII)
_POLICIES = {"Retain": "RETAIN", "RetainExceptOnCreate": "RETAIN_ON_UPDATE_OR_DELETE", "Snapshot": "SNAPSHOT"}


def extra_resource(fact: Fact[ExtraResource], context: Context) -> Iterator[Piece]:
    """The resource, with its logical id; what it needs of the stage is made first."""
    ref, node = fact.resource, fact.node
    said: Any = _linked(told_apart(node.type, node.properties), context)
    properties = filled(said, lambda name: _expression(name, fact, context))
    made = new(Name("CfnResource", _CORE), stack_of(ref), Lit(fact.key), {"type": node.type, "properties": properties})
    name = identifier(fact.key, ("backend", api_name(ref), f"{api_name(ref)}Stack"))
    after: list[Stmt] = []
    if any(one.startswith("DeploymentAPIGW") for one in node.after):
        stage_of = member(Name(api_name(ref)), "deploymentStage")
        after.append(Do(call(member(Name(name), "node.addDependency"), stage_of)))
    if is_kept(node.type) or node.policy in _POLICIES:
        word = Member(Name("RemovalPolicy", _CORE), _POLICIES.get(node.policy, "RETAIN"))
        after.append(Do(call(member(Name(name), "applyRemovalPolicy"), word)))
    body: tuple[Stmt, ...] = (const(name, made), *after) if after else (Do(made),)
    yield Wiring(FEATURE, body, "API033", order=20, owner=ref, section=f"{ref.name} 6")


def told_apart(type: str, properties: Any) -> Any:
    """The properties with another name, where the live resource has this one, and no two can have it."""
    path = NAMES.get(type, "").split(".")
    name: Any = properties
    for step in path:
        name = name.get(step) if isinstance(name, dict) else None
    return put(properties, path, other_name(name)) if isinstance(name, str) else properties


def sayable(fact: Fact[ExtraResource], context: Context) -> bool:
    """Whether everything that the resource mentions is in the backend."""
    node = fact.node
    if node.type in _API_GATEWAY or node.other or not is_made(fact.resource, context):
        return False
    linked: Any = _linked(dict(node.properties), context)
    return all(_expression(name, fact, context) is not None for name in _HOLE.findall(str(linked)))


def _expression(name: str, fact: Fact[ExtraResource], context: Context) -> Expr | None:
    """What `${…}` stands for."""
    ref = fact.resource
    api = Name(api_name(ref))
    if name == "env" and (found := context.graph.facts(RestApi, ref)):
        return stage(found[0]) if "${env}" in found[0].node.stage else environment(name)
    if (known := environment(name)) is not None:
        return known
    if name in (ref.name, f"{ref.name}.RootResourceId"):
        return Member(api, "restApiId" if name == ref.name else "restApiRootResourceId")
    if output := _OUTPUT.fullmatch(name):
        return _output(output, context)
    id, _, attribute = name.partition(".")
    if not any(one.key == id for one in context.graph.facts(ExtraResource, ref)):
        return None
    fn = Name("Fn", _CORE)
    return (
        call(member(call(Member(fn, "getAtt"), id, attribute), "toString"))
        if attribute
        else call(Member(fn, "ref"), id)
    )


def _output(found: re.Match[str], context: Context) -> Expr | None:
    other = next((one.ref for one in context.graph.resources if _word(one.ref) == found["owner"]), None)
    return Reference(other, found["name"]) if other and context.converted(other) else None


def _word(ref: ResourceRef) -> str:
    return f"{ref.category}{ref.name}"


def _linked(value: Any, context: Context) -> Any:
    """The data with parameters that nobody fills in, which are called like the outputs they stand for, as outputs."""
    if isinstance(value, dict):
        return {key: _linked(one, context) for key, one in value.items()}
    if isinstance(value, list):
        return [_linked(one, context) for one in value]
    if not isinstance(value, str):
        return value
    for one in context.graph.resources:
        value = re.sub(rf"(?<![\w$.{{]){re.escape(_word(one.ref))}([A-Z]\w*)(?![\w.}}:-])", _as_output(one.ref), value)
    return value


def _as_output(ref: ResourceRef) -> str:
    return rf"${{{_word(ref)}.Outputs.\1}}"
