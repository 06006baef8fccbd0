"""Where a function stands in Gen 2, and what other features can use of it."""

from __future__ import annotations

from functools import cache
from typing import Any

from migrator.categories.function.model import Code, Form
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Construct, Definition, Reference, Shared
from migrator.typescript.build import member
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import Expr, Member, Name

FEATURE = "function"
_TAKEN = (
    "auth",
    "data",
    "storage",
    "stack",
    "createStack",
    "addOutput",
    "backend",
    "defineFunction",
    "secret",
    "links",
)
"""Keys of `defineBackend` that other features have, members of what it gives, and names that the files use."""


def key_of(ref: ResourceRef, context: Context) -> str:
    """The function's key in `defineBackend` and its exported constant; the same whatever is converted so far."""
    names = tuple(one.ref.name for one in context.graph.resources if one.ref.category == FEATURE)
    return _keys(names).get(ref.name) or identifier(ref.name, _TAKEN)


@cache
def _keys(names: tuple[str, ...]) -> dict[str, str]:
    """By name of the function."""
    taken = list(_TAKEN)
    for name in names:
        taken.append(identifier(name, taken))
    return dict(zip(names, taken[len(_TAKEN) :], strict=True))


def folder(ref: ResourceRef, context: Context) -> str:
    """The function's folder below `amplify/`; names that differ in case only are one name on many disks."""
    return f"{FEATURE}/{folder_name(ref, context)}"


def folder_name(ref: ResourceRef, context: Context) -> str:
    """The last part of the function's folder."""
    names = [r.ref.name for r in context.graph.resources if r.ref.category == FEATURE and r.ref != ref]
    alike = [name for name in names if name.lower() == ref.name.lower() and name < ref.name]
    return f"{ref.name}-{len(alike) + 1}" if alike else ref.name


def define(fact: Fact[Any], context: Context) -> Definition:
    """The function's `defineFunction`."""
    key = key_of(fact.resource, context)
    factory = Name("defineFunction", "@aws-amplify/backend")
    return Definition(fact.resource, FEATURE, key, key, f"{folder(fact.resource, context)}/resource.ts", factory)


def cfn_function(fact: Fact[Any], context: Context) -> Construct:
    """The function's L1 construct."""
    key = key_of(fact.resource, context)
    return Construct(FEATURE, f"{key}Function", member("backend", f"{key}.resources.cfnResources.cfnFunction"))


def function_output(ref: ResourceRef, attribute: str, context: Context) -> Expr | None:
    """What others use of a function."""
    function = Member(Name("backend"), key_of(ref, context))
    lambda_ = member(function, "resources.lambda")
    outputs: dict[str, Expr] = {
        "Name": Member(lambda_, "functionName"),
        "Arn": Member(lambda_, "functionArn"),
        "LambdaExecutionRole": member(lambda_, "role!.roleName"),
        "LambdaExecutionRoleArn": member(lambda_, "role!.roleArn"),
        "Region": member("backend", "stack.region"),
        "lambda": lambda_,
        "stack": Member(function, "stack"),
    }
    return outputs.get(attribute)


def layer_output(ref: ResourceRef, attribute: str, context: Context) -> Expr | None:
    """What others use of a layer."""
    return Member(Shared(FEATURE, layer_name(ref)), "layerVersionArn") if attribute == "Arn" else None


def layer_name(ref: ResourceRef) -> str:
    """The constant of a layer in wiring code."""
    return identifier(ref.name if ref.name.lower().endswith("layer") else f"{ref.name}-layer")


def lambda_of(ref: ResourceRef) -> Expr:
    """The function's construct."""
    return Reference(ref, "lambda")


def form_of(ref: ResourceRef, context: Context) -> Form:
    """How the function's source reaches Gen 2."""
    return next((fact.node.form for fact in context.graph.facts(Code, ref)), Form.BUNDLED)
