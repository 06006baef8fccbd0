"""Groups in wiring code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.auth.model import Group, Groups
from migrator.categories.auth.targets import FEATURE, RESOURCES, STACK, group
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Piece, Wiring
from migrator.gen2.cdk import IAM, environment, policy_statement
from migrator.typescript.build import arr, assign, call, member, new
from migrator.typescript.nodes import ArrPattern, Binary, Comment, Do, Expr, ForOf, Lit, Member, Name, Stmt, Undefined


def precedences(groups: Groups) -> tuple[Stmt, ...]:
    """The precedences of Gen 1: one statement for all where they count from 1, else one for each group."""
    if groups.precedences == tuple(range(1, len(groups.names) + 1)):
        listed = call(Member(call(member("Object", "values"), Member(RESOURCES, "groups")), "entries"))
        number = Binary("+", Name("index"), Lit(1))
        body = (assign(member("group", "cfnUserGroup.precedence"), number),)
        return Comment("Gen 1 counts from 1."), ForOf(ArrPattern(("index", "group")), listed, body)
    named = zip(groups.names, groups.precedences, strict=True)
    return tuple(assign(member(group(name), "cfnUserGroup.precedence"), number) for name, number in named)


def description(fact: Fact[Group], context: Context) -> Iterator[Piece]:
    """The description of a group."""
    body = (assign(member(group(fact.key), "cfnUserGroup.description"), fact.node.description),)
    yield Wiring(FEATURE, body, "AUTH203", order=21, owner=fact.resource)


def no_role(fact: Fact[Group], context: Context) -> Iterator[Piece]:
    """A group whose users keep the role of all signed-in users."""
    body = (assign(member(group(fact.key), "cfnUserGroup.roleArn"), Undefined()),)
    yield Wiring(FEATURE, body, "AUTH204", order=22, owner=fact.resource)


def group_policies(fact: Fact[Group], context: Context) -> Iterator[Piece]:
    """What the group's users may do."""
    role = Member(group(fact.key), "role")
    for name, statements in fact.node.policies:
        listed: list[Any] = [policy_statement(statement, _placeholder) for statement in statements]
        properties = {"roles": arr([role]), "statements": arr(listed, True)}
        policy = new(Name("Policy", IAM), STACK, Lit(f"{fact.key}-{name}"), properties)
        yield Wiring(FEATURE, (Do(policy),), "AUTH205", order=40, owner=fact.resource)
    for arn in fact.node.managed_policies:
        managed = call(member(Name("ManagedPolicy", IAM), "fromManagedPolicyArn"), STACK, _label(fact.key, arn), arn)
        yield Wiring(FEATURE, (Do(call(Member(role, "addManagedPolicy"), managed)),), "AUTH205", order=41)


def _label(name: str, arn: str) -> str:
    return f"{name}-{arn.rsplit('/', 1)[-1]}"


def _placeholder(name: str) -> Expr | None:
    words = {"UserPool.Arn": "userPoolArn", "UserPool": "userPoolId"}
    return member(RESOURCES, f"userPool.{words[name]}") if name in words else environment(name)
