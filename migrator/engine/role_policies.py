"""Policies that a template attaches to the roles of users, guests and groups: read from Gen 1, built for Gen 2.

The CLI gives users their rights on maps, streams and AI services in the stack of the resource; a policy in the
resource's own Gen 2 stack does the same, and closes no circle between it and the stack of the roles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, TypeAlias

from msgspec import Struct

from migrator.core.ref import ResourceRef
from migrator.documents.traced import Traced, gather
from migrator.engine.context import Context
from migrator.gen1.graph import Link, LinkKind, Node, Resource
from migrator.gen1.project import App
from migrator.gen1.template import Template, TemplateResource
from migrator.gen1.values import PLACEHOLDER
from migrator.gen2.backend import Reference
from migrator.gen2.cdk import IAM, environment, policy_statement
from migrator.typescript.build import arr, new
from migrator.typescript.nodes import Do, Expr, Name, Stmt

_GROUP = re.compile(r"-(?P<name>[^{}$]+)GroupRole$")
_OWN = re.compile(r"\$\{(\w+)(?:\.\w+)?\}")
Place: TypeAlias = Callable[[str], Expr | None]
"""The expression for a placeholder of a template; None for one that is not the resource's own."""


class RoleKind(StrEnum):
    """Whose role it is."""

    USERS = "users"
    GUESTS = "guests"
    GROUP = "group"
    OTHER = "other"


class Role(Struct, frozen=True):
    """A role that a policy is attached to: by kind, and the name of a group or of a role that is not known."""

    kind: RoleKind
    name: str = ""


class RolePolicy(Node, frozen=True):
    """A policy on roles of users, guests and groups."""

    roles: tuple[Role, ...] = ()
    statements: tuple[Any, ...] = ()
    """IAM statements with placeholders for what the template makes."""


def policies(template: Template) -> Iterator[tuple[str, dict[str, Traced[Any]]]]:
    """The values of each policy that is not for a role of the template itself, by logical id."""
    for policy in template.resources("AWS::IAM::Policy"):
        said = gather(element.text() for element in policy.properties.get("Roles").elements())
        if not all(_is_own(role, template) for role in said.value):
            yield policy.logical_id, _values(policy, said)


def _is_own(role: str, template: Template) -> bool:
    found = _OWN.fullmatch(role)
    return found is not None and template.resource(found[1]) is not None


def _values(policy: TemplateResource, said: Traced[tuple[str, ...]]) -> dict[str, Traced[Any]]:
    document = policy.properties.get("PolicyDocument")
    noted = (policy.declared, policy.depends_on, policy.properties.get("PolicyName").text())
    statements = gather(element.whole() for element in document.get("Statement").one_or_more())
    return {
        "roles": said.map(lambda roles: tuple(role_named(role) for role in roles)),
        "statements": statements.also(*noted, document.get("Version").text()),
    }


def role_named(text: str) -> Role:
    """The role that a template names."""
    if found := _GROUP.search(text):
        return Role(RoleKind.GROUP, found["name"])
    bare = PLACEHOLDER.sub(r"\1", text).lower()
    if bare.endswith(("unauthrolename", "unauthrole")):
        return Role(RoleKind.GUESTS)
    return Role(RoleKind.USERS) if bare.endswith(("authrolename", "authrole")) else Role(RoleKind.OTHER, text)


def links(ref: ResourceRef, roles: Iterator[Role], app: App) -> Iterator[Link]:
    """What the resource needs for its policies: the user pool's roles, and those of groups."""
    services = {RoleKind.GROUP: "Cognito-UserPool-Groups", RoleKind.USERS: "Cognito", RoleKind.GUESTS: "Cognito"}
    needed = {services[role.kind] for role in roles if role.kind in services}
    for entry in app.entries:
        if entry.ref.category == "auth" and entry.service in needed:
            yield Link(ref, entry.ref, LinkKind.AUTHORIZES)


def is_known(policy: RolePolicy, place: Place, context: Context) -> bool:
    """Whether Gen 2 has every role of the policy, and everything that its statements mention."""
    roles = bool(policy.roles) and all(role_expression(role, context) is not None for role in policy.roles)
    mentioned = (hole for one in policy.statements for hole in PLACEHOLDER.findall(str(one)))
    return roles and all(":" in hole or place(hole) or environment(hole) for hole in mentioned)


def own_place(resource: Resource | None, ref: Expr, arn: Expr) -> Place:
    """The one thing that a resource's template makes, by whatever name the template has for it: its name or its ARN."""
    documents = resource.documents if resource else ()
    root = next((document.root for role, document in documents if role == "template"), None)
    declared = root.get("Resources") if isinstance(root, dict) else None

    def place(hole: str) -> Expr | None:
        logical_id, _, attribute = hole.partition(".")
        if not isinstance(declared, dict) or logical_id not in declared:
            return None
        return arn if attribute.endswith("Arn") else ref

    return place


def role_expression(role: Role, context: Context) -> Expr | None:
    """The role in wiring code; None for one that Gen 2 does not have."""
    service = "Cognito-UserPool-Groups" if role.kind is RoleKind.GROUP else "Cognito"
    owner = next((one.ref for one in context.graph.resources if one.service == service), None)
    attributes = {
        RoleKind.USERS: "authenticatedUserIamRole",
        RoleKind.GUESTS: "unauthenticatedUserIamRole",
        RoleKind.GROUP: f"groupRole:{role.name}",
    }
    attribute = attributes.get(role.kind)
    return Reference(owner, attribute) if owner and attribute else None


def policy(policy: RolePolicy, id: str, stack: Expr, place: Place, context: Context) -> Stmt:
    """`new Policy(stack, id, …)` with the same statements. Raises ValueError for a statement that cannot be said."""

    def own(name: str) -> Expr | None:
        return place(name) or environment(name)

    roles = [found for role in policy.roles if (found := role_expression(role, context)) is not None]
    statements = arr((policy_statement(one, own) for one in policy.statements), True)
    return Do(new(Name("Policy", IAM), stack, id, {"roles": arr(roles), "statements": statements}))
