"""Values that the Gen 1 CLI hands to a custom stack, as expressions of Gen 2's wiring."""

from __future__ import annotations

from typing import Any

from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.values import as_text
from migrator.gen2.backend import Often, Reference
from migrator.gen2.cdk import Placeholder, branch_name, environment, text
from migrator.typescript.build import arr, expr
from migrator.typescript.nodes import Expr, Lit, Member

BRANCH = Often("branch", branch_name())
"""The branch that is deployed."""
_ROLES = {
    "AuthRoleName": ("authenticatedUserIamRole", "roleName"),
    "AuthRoleArn": ("authenticatedUserIamRole", "roleArn"),
    "UnauthRoleName": ("unauthenticatedUserIamRole", "roleName"),
    "UnauthRoleArn": ("unauthenticatedUserIamRole", "roleArn"),
}
"""Parameters of Gen 1's root stack, and the constructs that they are about."""


def value_of(value: Any, kind: str, ref: ResourceRef, context: Context) -> Expr:
    """The value of a parameter of that type; CDK wants lists as lists, everything else as text."""
    if "List" in kind:
        items = value if isinstance(value, list) else [part.strip() for part in as_text(value).split(",")]
        return arr(expression(as_text(item), ref, context) for item in items)
    if kind == "Number" and isinstance(value, int | float) and not isinstance(value, bool):
        return expr(value)
    return expression(as_text(value), ref, context)


def expression(value: str, ref: ResourceRef, context: Context) -> Expr:
    """Text in which `${…}` stands for outputs of other resources, the branch, or the place of the deployment."""
    return text(value, _placeholder(ref, context))


def _placeholder(ref: ResourceRef, context: Context) -> Placeholder:
    known = {f"{one.ref.category}{one.ref.name}": one.ref for one in context.app.entries}

    def found(name: str) -> Expr | None:
        stem, dot, output = name.partition(".Outputs.")
        if dot and stem in known:
            return output_of(known[stem], output, context)
        if name[:1].upper() + name[1:] in _ROLES:
            return _role(name[:1].upper() + name[1:], context)
        if name == "env":
            return BRANCH
        return environment(name) or (None if ":" in name else Reference(ref, name))

    return found


def output_of(ref: ResourceRef, output: str, context: Context) -> Expr:
    """What another resource puts out."""
    return Lit(context.app.region.value) if output == "Region" and context.reused(ref) else Reference(ref, output)


def _role(name: str, context: Context) -> Expr:
    auth = next((one.ref for one in context.app.of("auth", "Cognito")), ResourceRef("auth", "auth"))
    construct, attribute = _ROLES[name]
    if context.converted(auth):
        return Member(Reference(auth, construct), attribute)
    return Reference(auth, name)
