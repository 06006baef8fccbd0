"""Who may call an API, as policies in its own stack: beside the roles they would close a circle of stacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.rest_api.model import InvokePolicy, Principal, RestApi
from migrator.categories.rest_api.targets import FEATURE, api_name, is_made, stack_of, stage
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Piece, Reference, Wiring
from migrator.gen2.cdk import IAM, environment, policy_statement
from migrator.typescript.build import arr, call, member, new
from migrator.typescript.nodes import Do, Expr, Lit, Name

_HOLE = re.compile(r"\$\{([^{}!][^{}]*)\}")


def invoke_policy(fact: Fact[InvokePolicy], context: Context) -> Iterator[Piece]:
    """A policy of users, guests or a group. Those of users and guests are managed ones, as in Gen 1: a role can hold
    more of them than text of its own.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    """
    role = _role(fact.node, context)
    if role is None or not is_made(fact.resource, context):
        return
    kind = "Policy" if fact.node.principal is Principal.GROUP else "ManagedPolicy"
    statements = arr(_statement(fact.resource, one, context) for one in fact.node.statements)
    properties = {"roles": arr([role]), "statements": statements}
    made = new(Name(kind, IAM), stack_of(fact.resource), Lit(fact.key), properties)
    section = f"{fact.resource.name} 4"
    yield Wiring(FEATURE, (Do(made),), "API040", order=20, deferrable=True, owner=fact.resource, section=section)


def _statement(ref: ResourceRef, statement: Mapping[str, Any], context: Context) -> Expr:
    return _calls(ref, statement, context) or policy_statement(statement, lambda name: _own(ref, name, context))


def _own(ref: ResourceRef, name: str, context: Context) -> Expr | None:
    """What statements on an API mention: the API, and its stage, which is called like the environment."""
    if name == ref.name:
        return member(Name(api_name(ref)), "restApiId")
    apis = context.graph.facts(RestApi, ref)
    return stage(apis[0]) if name == "env" and apis and "${env}" in apis[0].node.stage else environment(name)


def _calls(ref: ResourceRef, statement: Mapping[str, Any], context: Context) -> Expr | None:
    """The common case: which verbs of which paths may be called, said with the construct's own ARNs."""
    said = statement.get("Resource", ())
    listed = [said] if isinstance(said, str) else list(said)
    stage_of = next((one for one in context.graph.facts(RestApi, ref)), None)
    if stage_of is None or statement.keys() - {"Effect", "Action", "Resource"} or not listed:
        return None
    place = re.compile(
        r"arn:aws:execute-api:\$\{AWS::Region\}:\$\{AWS::AccountId\}:\$\{"
        + re.escape(ref.name)
        + r"\}/"
        + re.escape(stage_of.node.stage)
        + r"/(?P<verb>[A-Z]+|\*)(?P<path>/.*)"
    )
    found = [place.fullmatch(str(one)) for one in listed]
    if statement.get("Effect", "Allow") != "Allow" or not all(found):
        return None
    arns = (
        call(member(Name(api_name(ref)), "arnForExecuteApi"), one["verb"], one["path"], stage(stage_of))
        for one in found
        if one
    )
    actions = statement["Action"]
    properties = {
        "actions": arr([actions] if isinstance(actions, str) else actions),
        "resources": arr(arns, True),
    }
    return new(Name("PolicyStatement", IAM), properties)


def _role(policy: InvokePolicy, context: Context) -> Expr | None:
    pool = next((one.ref for one in context.graph.resources if one.service == "Cognito"), None)
    groups = next((one.ref for one in context.graph.resources if one.service == "Cognito-UserPool-Groups"), None)
    match policy.principal:
        case Principal.GROUP if groups:
            return Reference(groups, f"groupRole:{policy.name}")
        case Principal.SIGNED_IN if pool:
            return Reference(pool, "authenticatedUserIamRole")
        case Principal.GUEST if pool:
            return Reference(pool, "unauthenticatedUserIamRole")
        case _:
            return None


def role_is_known(fact: Fact[InvokePolicy], context: Context) -> bool:
    """Whether the policy is of users, guests or a group of the project, and mentions nothing else of Gen 1's template:
    as mere text the mention would refuse nobody."""
    named = _HOLE.findall(str(fact.node.statements))
    known = all(":" in name or _own(fact.resource, name, context) is not None for name in named)
    return known and all(map(_is_statement, fact.node.statements)) and _role(fact.node, context) is not None


def _is_statement(said: object) -> bool:
    return isinstance(said, Mapping) and bool(said.keys() & {"Action", "NotAction"})
