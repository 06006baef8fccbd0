"""Properties of a function that `defineFunction` has no word for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.function.expressions import placeholder
from migrator.categories.function.model import LambdaFunction
from migrator.categories.function.targets import cfn_function
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Override, Piece
from migrator.gen2.cdk import property_name, property_value


def other_properties(fact: Fact[LambdaFunction], context: Context) -> Iterator[Piece]:
    """Properties of the L1 construct, with what they mention."""
    node = fact.node
    said: dict[str, Any] = dict(node.other)
    if node.vpc:
        said["VpcConfig"] = node.vpc
    if node.dead_letter:
        said["DeadLetterConfig"] = {"TargetArn": node.dead_letter}
    if node.tracing != "PassThrough":
        said["TracingConfig"] = {"Mode": node.tracing}
    for name, value in said.items():
        shown = property_value(value, placeholder(fact.resource, context))
        yield Override(cfn_function(fact, context), property_name(name), shown, "FUN014")
