"""The roles of `custom-roles.json` as wiring code: the right to call the API, which in Gen 2 passes every rule."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.categories.data.admins import ENV
from migrator.categories.data.model import GraphqlApi
from migrator.categories.data.targets import FEATURE, local
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Piece, Reference, Wiring
from migrator.gen2.cdk import IAM
from migrator.typescript.build import arr, arrow, call, const, member, new, obj
from migrator.typescript.nodes import Binary, Do, Expr, If, Lit, Member, Name, Stmt, Template

RULE = "DATA031"


def admin_roles(fact: Fact[GraphqlApi], context: Context) -> Iterator[Piece]:
    """The right to call the API, for roles that are not of this project: a policy of its own, so that two branches
    do not overwrite each other's."""
    names = Name("adminRoles")
    stack = member("backend", "data.stack")
    by_name = call(member(Name("Role", IAM), "fromRoleName"), stack, Name("name"), Name("name"))
    every = Template((Member(local("cfnGraphqlApi"), "attrArn"), "/*"))
    call_it = new(Name("PolicyStatement", IAM), {"actions": ["appsync:GraphQL"], "resources": [every]})
    policy: dict[str, Expr | list[Expr]] = {
        "roles": call(Member(names, "map"), arrow("name", by_name)),
        "statements": [call_it],
    }
    made = Do(new(Name("ManagedPolicy", IAM), stack, "AdminRoles", obj(policy)))
    body = tuple(_statements(fact, context, made))
    yield Wiring(FEATURE, body, RULE, order=50, owner=fact.resource, section="callers")


def _statements(fact: Fact[GraphqlApi], context: Context, made: Stmt) -> Iterator[Stmt]:
    listed = [_name(fact, context, number, name) for number, name in enumerate(fact.node.admin_roles, 1)]
    names: Expr = arr(listed)
    if not any(isinstance(name, Reference) for name in listed):
        yield const("adminRoles", names)
        yield made
        return
    # A branch whose roles nobody has named goes without.
    yield const("adminRoles", call(Member(names, "filter"), arrow("name", Binary("!==", Name("name"), Lit("")))))
    yield If(Binary(">", member("adminRoles", "length"), Lit(0)), (made,))


def _name(fact: Fact[GraphqlApi], context: Context, number: int, name: str) -> Expr:
    """A name that differs by environment is looked up by branch."""
    if ENV not in name:
        return Lit(name)
    known = name.replace(ENV, context.app.env, 1) if context.app.env else ""
    return Reference(fact.resource, f"AdminRole{number}", known=known)
