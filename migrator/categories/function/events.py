"""Schedules, streams and callers of functions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from migrator.categories.function.expressions import expression_of, placeholder
from migrator.categories.function.late import helper, late_policy, links
from migrator.categories.function.model import CallerKind, EventSource, Permission, Schedule, Statement, StatementKind
from migrator.categories.function.plan import is_late
from migrator.categories.function.rights import function
from migrator.categories.function.targets import FEATURE, key_of
from migrator.categories.function.triggers import TABLE_OPTIONS, is_table_stream
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Piece, Reference, Wiring
from migrator.gen2.cdk import filled, listed, policy_statement, property_name, property_value, text
from migrator.typescript.build import arr, call, const, member, new, obj
from migrator.typescript.nodes import Do, Expr, Lit, Member, Name, Stmt

EVENTS = "aws-cdk-lib/aws-events"
TARGETS = "aws-cdk-lib/aws-events-targets"
LAMBDA = "aws-cdk-lib/aws-lambda"
_PATTERN = {"detail-type": "detailType"}
"""Keys of an event pattern that CDK spells in its own way; what is below `detail` stays as it is."""


def schedule(fact: Fact[Schedule], context: Context) -> Iterator[Piece]:
    """A rule with the expression as it is: `defineFunction` knows no `cron(…)` or `rate(…)`."""
    ref, node = fact.resource, fact.node
    properties: dict[str, Any] = {}
    if node.description:
        properties["description"] = node.description
    if node.expression:
        properties["schedule"] = call(member(Name("Schedule", EVENTS), "expression"), node.expression)
    if node.pattern:
        said = {_PATTERN.get(key, key): value for key, value in node.pattern.items()}
        properties["eventPattern"] = filled(said, placeholder(ref, context))
    if node.bus:
        bus = text(node.bus, placeholder(ref, context))
        named = call(
            member(Name("EventBus", EVENTS), "fromEventBusName"), Reference(ref, "stack"), _id(fact, "Bus"), bus
        )
        properties["eventBus"] = named
    if not node.enabled:
        properties["enabled"] = False
    called = new(Name("LambdaFunction", TARGETS), function(ref, context), *_input(node))
    properties["targets"] = arr([called])
    rule = new(Name("Rule", EVENTS), Reference(ref, "stack"), _id(fact), obj(properties))
    yield Wiring(FEATURE, (Do(rule),), "FUN060", owner=ref, section=ref.name)


def _id(fact: Fact[Any], more: str = "") -> Expr:
    return Lit(f"{fact.resource.name}-{fact.key}{more}")


def _input(node: Schedule) -> tuple[Expr, ...]:
    if not node.input:
        return ()
    try:
        event: Any = json.loads(node.input)
    except ValueError:
        event = node.input
    return (obj({"event": call(member(Name("RuleTargetInput", EVENTS), "fromObject"), event)}),)


def event_source(fact: Fact[EventSource], context: Context) -> Iterator[Piece]:
    """A stream of a table through the function's own method, anything else as a mapping with all its properties.

    CDK's `DynamoEventSource` is not used: it lets the function list the streams of every table of the account.
    """
    ref, node = fact.resource, fact.node
    if is_late(ref, (node.arn,), context):
        yield helper("FUN070")
        body = tuple(_late(fact, context))
    elif is_table_stream(node):
        options = {"eventSourceArn": expression_of(node.arn, ref, context), **_options(node)}
        body = (Do(call(Member(function(ref, context), "addEventSourceMapping"), fact.key, obj(options))),)
    else:
        body = (Do(_mapping(fact, context)),)
    yield Wiring(FEATURE, body, "FUN070", deferrable=True, owner=ref, section=ref.name)


def _options(node: EventSource) -> dict[str, Any]:
    position = node.starting_position or "LATEST"
    options: dict[str, Any] = {
        "startingPosition": Member(Name("StartingPosition", LAMBDA), position),
        "batchSize": node.batch_size,
    }
    options |= {TABLE_OPTIONS[name]: value for name, value in node.other.items()}
    if not node.enabled:
        options["enabled"] = False
    return options


def _mapping(fact: Fact[EventSource], context: Context) -> Expr:
    ref, node = fact.resource, fact.node
    properties: dict[str, Any] = {
        "eventSourceArn": expression_of(node.arn, ref, context),
        "functionName": Member(function(ref, context), "functionArn"),
        "batchSize": node.batch_size,
    }
    if node.starting_position:
        properties["startingPosition"] = node.starting_position
    if not node.enabled:
        properties["enabled"] = False
    properties |= {
        property_name(name): property_value(value, placeholder(ref, context)) for name, value in node.other.items()
    }
    identifier = Lit(f"{ref.name}-{fact.key}")
    return new(Name("CfnEventSourceMapping", LAMBDA), Reference(ref, "stack"), identifier, obj(properties))


def _late(fact: Fact[EventSource], context: Context) -> Iterator[Stmt]:
    """The mapping beside the policy that lets the function read; the mapping waits for it."""
    ref, node = fact.resource, fact.node
    stream = expression_of(node.arn, ref, context)
    statements = [
        policy_statement(said.node.statement, placeholder(ref, context))
        for said in context.graph.facts(Statement)
        if said.resource == ref and said.node.kind is StatementKind.STREAM and node.arn in _on(said.node)
    ]
    name = f"{key_of(ref, context)}{fact.key.removeprefix('LambdaEventSourceMapping') or 'Stream'}"
    yield const(f"{name}Policy", late_policy(ref, f"{ref.name}-{fact.key}", statements, context))
    properties: dict[str, Any] = {"target": Reference(ref, "lambda"), "eventSourceArn": stream, **_options(node)}
    mapping = new(
        Name("EventSourceMapping", LAMBDA),
        Member(links(), "stack"),
        Lit(f"{ref.name}-{fact.key}Mapping"),
        obj(properties),
    )
    yield Do(call(member(mapping, "node.addDependency"), Name(f"{name}Policy")))


def _on(statement: Statement) -> tuple[Any, ...]:
    return tuple(listed(statement.statement.get("Resource", ())))


def caller(fact: Fact[Permission], context: Context) -> Iterator[Piece]:
    """A service that may call the function; where its API needs the function's stack, in a stack that needs both."""
    ref, node = fact.resource, fact.node
    late = node.kind is CallerKind.API and is_late(ref, (node.source,), context)
    if late:
        yield helper("FUN082")
    properties: dict[str, Any] = {
        "action": node.action,
        "functionName": Member(function(ref, context), "functionArn"),
        "principal": expression_of(node.principal, ref, context),
    }
    if node.source:
        properties["sourceArn"] = expression_of(node.source, ref, context)
    if node.account:
        properties["sourceAccount"] = expression_of(node.account, ref, context)
    stack = Member(links(), "stack") if late else Reference(ref, "stack")
    permission = new(Name("CfnPermission", LAMBDA), stack, _id(fact), obj(properties))
    yield Wiring(FEATURE, (Do(permission),), "FUN082", deferrable=True, owner=ref, section=ref.name)
