"""The npm packages of functions: declared, brought by layers, or neither."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrator.categories.function.model import Code, LambdaFunction, Layer
from migrator.categories.function.plan import mentioned
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Dependency, Piece

SDK_V2 = "aws-sdk"
_SDK_V2_RANGE = "^2.1692.0"
_SDK_V3_RANGE = "^3.0.0"


def packages(fact: Fact[Code], context: Context) -> Iterator[Piece]:
    """What the function's package.json names."""
    for name, wanted in fact.node.packages.items():
        yield Dependency(name, wanted, "FUN031", fact.resource)


def undeclared_packages(fact: Fact[Code], context: Context) -> Iterator[Piece]:
    """What the source imports without naming it; the AWS SDK came with the Gen 1 runtime."""
    for name in missing_packages(fact, context):
        wanted = _SDK_V2_RANGE if name == SDK_V2 else _SDK_V3_RANGE if name.startswith("@aws-sdk/") else "*"
        yield Dependency(name, wanted, "FUN032", fact.resource)


def missing_packages(fact: Fact[Code], context: Context) -> tuple[str, ...]:
    """Packages that neither the function nor one of its layers declares."""
    known = {*packages_of_layers(fact.resource, context), *packages_elsewhere(fact.resource, context)}
    return tuple(name for name in fact.node.undeclared if name not in known)


def packages_elsewhere(ref: ResourceRef, context: Context) -> tuple[str, ...]:
    """Packages that only a layer from outside the project can bring: they stay out of the bundle."""
    code = next((f.node for f in context.graph.facts(Code, ref)), Code())
    functions = context.graph.facts(LambdaFunction, ref)
    outside = any(not mentioned((arn,), context) for f in functions for arn in f.node.layers)
    brought = packages_of_layers(ref, context)
    return tuple(n for n in code.undeclared if outside and n not in brought and not is_sdk(n))


def is_sdk(package: str) -> bool:
    """Whether the runtimes of Gen 1 brought the package."""
    return package == SDK_V2 or package.startswith("@aws-sdk/")


def packages_of_layers(ref: ResourceRef, context: Context) -> Mapping[str, str]:
    """The npm packages of the project's layers that a function uses."""
    found: dict[str, str] = {}
    for one in context.graph.facts(LambdaFunction, ref):
        for other in mentioned(one.node.layers, context):
            for held in context.graph.facts(Layer, other):
                found |= held.node.packages
    return found
