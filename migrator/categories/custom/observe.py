"""What custom stacks deploy, in both generations: every resource, by its logical id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrator.categories.custom.checks import clashes
from migrator.categories.custom.model import CustomStack, Form, StackName
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.flatten import SET, Shape, by, settings
from migrator.engine.observed import Declared, Generation, Observed, Observer, Side, Value
from migrator.engine.observing import own_tags
from migrator.engine.resource_types import NAMES, is_kept, other_name
from migrator.engine.survey import left_to_others

_METADATA = "AWS::CDK::Metadata"
_KEPT = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
_GONE = "Delete"
"""What CloudFormation does with a resource that has no policy (normalisation `default-policies`)."""
_SHAPES: dict[str, Shape] = {
    "AttributeDefinitions": by("AttributeName"),
    "GlobalSecondaryIndexes": by("IndexName"),
    "LocalSecondaryIndexes": by("IndexName"),
    "GlobalSecondaryIndexes[*].Projection.NonKeyAttributes": SET,
}


def name(declared: Declared, generation: Generation) -> str:
    """What both generations call a resource of a custom stack: its stack and its logical id, which stays."""
    stack = _stack(declared, generation)
    return f"custom {stack} {declared.logical_id}" if stack else ""


def _stack(declared: Declared, generation: Generation) -> str:
    if generation.side is Side.GEN1:
        category, _, resource = declared.stack.partition("/")
        return resource if category == "custom" else ""
    stacks = {f"custom-{one.ref.name}": one.ref.name for one in generation.context.app.of("custom")}
    return stacks.get(declared.stack, "")


def observe(generation: Generation) -> Iterator[Observed]:
    """Everything in custom stacks that no other check compares."""
    for one in generation.resources:
        stack = _stack(one, generation)
        if stack and one.type != _METADATA and not left_to_others(one):
            yield _observed(one, stack, generation)


def _observed(one: Declared, stack: str, generation: Generation) -> Observed:
    attributes = settings(own_tags(one.properties, generation), _SHAPES)
    kept = generation.side is Side.GEN1 and is_kept(one.type) and _form(stack, generation.context) is Form.TEMPLATE
    attributes |= _KEPT if kept else {key: said for key, said in one.policies.items() if said != _GONE}
    if generation.side is Side.GEN1:
        attributes |= _told_apart(one, stack, attributes, generation.context)
    return Observed(one.type, one.name, attributes, (one,))


def _told_apart(one: Declared, stack: str, said: Mapping[str, Value], context: Context) -> dict[str, Value]:
    """The name that the new resource has to have (normalisation `names-told-apart`): the live one keeps its own."""
    path = NAMES.get(one.type, "")
    value = said.get(path)
    ref = ResourceRef("custom", stack)
    told = [fact for fact in context.graph.facts(StackName, ref) if clashes(fact, context)]
    known = any(fact.key == one.logical_id or fact.node.form is Form.CODE for fact in told)
    return {path: other_name(value)} if known and isinstance(value, str) else {}


def _form(stack: str, context: Context) -> Form | None:
    facts = context.graph.facts(CustomStack, ResourceRef("custom", stack))
    return facts[0].node.form if facts else None


def gives(ref: ResourceRef, output: str, context: Context) -> str:
    """What others take of a custom stack without a template: its outputs by their names."""
    facts = context.graph.facts(CustomStack, ref) if ref.category == "custom" else ()
    return f"${{custom {ref.name} output {output}}}" if facts and output in facts[0].node.outputs else ""


OBSERVER = Observer(name, observe, gives=gives)
