"""The rights of functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.function.expressions import placeholder
from migrator.categories.function.late import helper, late_policy
from migrator.categories.function.model import Statement, Trust
from migrator.categories.function.placeholders import holes, shortened
from migrator.categories.function.plan import is_late
from migrator.categories.function.targets import FEATURE, key_of
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Often, Piece, Reference, Wiring
from migrator.gen2.cdk import IAM, listed, policy_statement, text
from migrator.typescript.build import arr, call, member, new
from migrator.typescript.nodes import As, Do, Expr, Lit, Member, Name, TypeName

_LAMBDA_SERVICE = "lambda.amazonaws.com"
_OWN = ("LambdaFunction", "LambdaFunction.Arn")


def grant(fact: Fact[Statement], context: Context) -> Iterator[Piece]:
    """A statement of the function's role."""
    yield from _granted(fact, "FUN043", context)


def stream(fact: Fact[Statement], context: Context) -> Iterator[Piece]:
    """The right to read the stream that calls the function; one that comes late stands beside the event source."""
    if not is_late(fact.resource, fact.node.statement, context):
        yield from _granted(fact, "FUN042", context)


def _granted(fact: Fact[Statement], rule: str, context: Context) -> Iterator[Piece]:
    ref, said = fact.resource, _shortened(fact.node.statement)
    if not listed(said.get("Action", said.get("NotAction", ()))):
        return
    statement = policy_statement(said, placeholder(ref, context))
    if is_late(ref, fact.node.statement, context):
        yield helper(rule)
        made = late_policy(ref, f"{ref.name}-{fact.key}", [statement], context)
    elif _mentions_itself(said):
        made = _own_policy(ref, fact.key, statement)
    else:
        made = call(Member(function(ref, context), "addToRolePolicy"), statement)
    yield Wiring(FEATURE, (Do(made),), rule, deferrable=True, owner=ref, section=ref.name)


def function(ref: ResourceRef, context: Context) -> Expr:
    """The function's construct, by a name of its own where it is needed several times."""
    return Often(f"{key_of(ref, context)}Lambda", Reference(ref, "lambda"))


def _shortened(value: Any) -> Any:
    """The statement with ARNs that are put together by hand said by their constructs."""
    if isinstance(value, Mapping):
        return {key: _shortened(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_shortened(item) for item in value]
    return shortened(value) if isinstance(value, str) else value


def _mentions_itself(statement: Mapping[str, Any]) -> bool:
    texts = listed(statement.get("Resource", ()))
    return any(name in _OWN for text in texts if isinstance(text, str) for name in holes(text))


def _own_policy(ref: ResourceRef, key: str, statement: Expr) -> Expr:
    """A policy beside the role: a function waits for its role's default policy, which then must not name it."""
    roles = arr([member(Reference(ref, "lambda"), "role!")])
    properties = {"roles": roles, "statements": arr([statement])}
    return new(Name("Policy", IAM), Reference(ref, "stack"), Lit(f"{ref.name}-{key}"), properties)


def managed_policies(fact: Fact[Trust], context: Context) -> Iterator[Piece]:
    """Managed policies of the role."""
    ref = fact.resource
    for arn in fact.node.managed:
        name = f"{ref.name}-{arn.rpartition('/')[2]}"
        policy = call(
            member(Name("ManagedPolicy", IAM), "fromManagedPolicyArn"),
            Reference(ref, "stack"),
            name,
            text(arn, placeholder(ref, context)),
        )
        added = call(member(function(ref, context), "role.?addManagedPolicy"), policy)
        yield Wiring(FEATURE, (Do(added),), "FUN051", owner=ref, section=ref.name)


def trusted_services(fact: Fact[Trust], context: Context) -> Iterator[Piece]:
    """Services beside Lambda that may take the role."""
    ref = fact.resource
    others = (name for name in fact.node.services if name != _LAMBDA_SERVICE)
    principals = [new(Name("ServicePrincipal", IAM), text(name, placeholder(ref, context))) for name in others]
    if not principals:
        return
    statement = new(Name("PolicyStatement", IAM), {"actions": ["sts:AssumeRole"], "principals": principals})
    document = member(As(member(function(ref, context), "role"), TypeName("Role", IAM)), "assumeRolePolicy!")
    yield Wiring(
        FEATURE, (Do(call(Member(document, "addStatements"), statement)),), "FUN052", owner=ref, section=ref.name
    )
