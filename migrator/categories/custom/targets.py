"""Custom stacks in Gen 2's wiring code, and what other features can use of them."""

from __future__ import annotations

from migrator.categories.custom.model import CustomStack, Form
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen2.backend import Shared
from migrator.typescript.build import call, member
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import As, Expr, Member, Name, TypeName

FEATURE = "custom"


def stack_name(ref: ResourceRef) -> str:
    """The constant of a stack in wiring code."""
    return identifier(ref.name if ref.name.lower().endswith("stack") else f"{ref.name}-stack")


def class_name(ref: ResourceRef) -> str:
    """The class of a stack that is carried over."""
    name = stack_name(ref)
    return name[:1].upper() + name[1:]


def folder(ref: ResourceRef) -> str:
    """The folder of a stack's files, below `amplify/`."""
    return f"{FEATURE}/{identifier(ref.name) if not ref.name.isidentifier() else ref.name}"


def custom_output(ref: ResourceRef, attribute: str, context: Context) -> Expr | None:
    """What others use of a custom stack: its outputs."""
    facts = context.graph.facts(CustomStack, ref)
    if not facts:
        return None
    stack = Shared(FEATURE, stack_name(ref))
    node = facts[0].node
    if attribute == "stack":
        return stack if node.form is Form.CODE else Member(stack, "stack")
    if attribute not in node.outputs:
        return None
    if node.form is Form.CODE:
        found = call(member(stack, "node.findChild"), attribute)
        return Member(As(found, TypeName("CfnOutput", "aws-cdk-lib")), "value")
    value = Member(call(Member(stack, "getOutput"), attribute), "value")
    return call(member(Name("Token", "aws-cdk-lib"), "asString"), value)  # what is included has values that are objects
