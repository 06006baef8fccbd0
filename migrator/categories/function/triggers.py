"""What calls a function, as its own template says: schedules, streams, permissions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from migrator.categories.function.model import CallerKind, EventSource, Permission, Schedule
from migrator.categories.function.placeholders import shortened
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Traced, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.template import Template, TemplateResource

_TABLE_STREAM = re.compile(r"\$\{(?:ImportValue:[^{}]+Table:StreamArn|storage[^{}]+\.Outputs\.StreamArn)\}")
_MAPPING = {"EventSourceArn", "BatchSize", "StartingPosition", "Enabled", "FunctionName"}
TABLE_OPTIONS = {
    "BisectBatchOnFunctionError": "bisectBatchOnError",
    "MaximumRetryAttempts": "retryAttempts",
    "ParallelizationFactor": "parallelizationFactor",
}
"""Properties of a mapping that CDK has words for."""


def schedules(entry: Entry, template: Template, function: TemplateResource) -> Iterator[Fact[Schedule]]:
    """The EventBridge rules."""
    chosen = entry.cursor("parameters.json").get("CloudWatchRule").text()
    for rule in template.resources("AWS::Events::Rule"):
        properties = rule.properties
        own, others = Traced(""), []
        targets = list(properties.get("Targets").elements())
        for target in targets:
            if target.get("Arn").text().value == f"${{{function.logical_id}.Arn}}":
                own = target.get("Input").text()
                others += [key for key, _ in target.items() if key not in ("Arn", "Id", "Input")]
            else:
                others.append("Targets")
        rest = {k: c.whole() for k, c in properties.items() if k not in _RULE}
        rest |= {name: properties.get("Targets").whole() for name in others}
        values: dict[str, Traced[Any]] = {
            "expression": properties.get("ScheduleExpression").text().also(rule.declared, rule.depends_on, chosen),
            "pattern": properties.get("EventPattern")
            .whole()
            .map(lambda value: value if isinstance(value, dict) else {}),
            "enabled": properties.get("State").text("ENABLED").map(lambda state: state != "DISABLED"),
            "description": properties.get("Description").text(),
            "bus": properties.get("EventBusName").text().map(lambda name: "" if name == _DEFAULT_BUS else name),
            "allowed": Traced(_is_allowed(rule.logical_id, template)),
            "input": own.also(properties.get("Targets").whole(), properties.get("Name").text()),
            "other": traced({name: value.value for name, value in rest.items()}, *rest.values()),
        }
        yield fact(Schedule, entry.ref, rule.logical_id, values)


_RULE = {"ScheduleExpression", "EventPattern", "EventBusName", "State", "Description", "Targets", "Name"}
_DEFAULT_BUS = "default"


def _is_allowed(rule: str, template: Template) -> bool:
    """Whether a permission lets the rule call: one for it, one for a pattern of rules, or one for all of them."""
    others = {f"${{{other.logical_id}.Arn}}" for other in template.resources("AWS::Events::Rule")} - {
        f"${{{rule}.Arn}}"
    }
    return any(
        permission.properties.get("Principal").text().value == "events.amazonaws.com"
        and permission.properties.get("SourceArn").text().value not in others
        for permission in template.resources("AWS::Lambda::Permission")
    )


def event_sources(entry: Entry, template: Template) -> Iterator[Fact[EventSource]]:
    """The streams and queues that call the function."""
    for mapping in template.resources("AWS::Lambda::EventSourceMapping"):
        properties = mapping.properties
        rest = {name: cursor.whole() for name, cursor in properties.items() if name not in _MAPPING}
        values: dict[str, Traced[Any]] = {
            "arn": properties.get("EventSourceArn")
            .text()
            .map(shortened)
            .also(mapping.declared, mapping.depends_on, properties.get("FunctionName").text()),
            "batch_size": properties.get("BatchSize").integer(_BATCH if _is_stream(properties) else 10),
            "starting_position": properties.get("StartingPosition").text(),
            "enabled": properties.get("Enabled").flag(True),
            "other": traced({name: value.value for name, value in rest.items()}, *rest.values()),
        }
        yield fact(EventSource, entry.ref, mapping.logical_id, values)


_BATCH = 100
"""Records in a batch of a stream when nothing is said (10 of a queue)."""


def _is_stream(properties: Cursor) -> bool:
    return ":sqs:" not in properties.get("EventSourceArn").text().value


def simple_streams(sources: list[Fact[EventSource]]) -> frozenset[str]:
    """The streams of tables whose event source brings the rights to read them."""
    return frozenset(source.node.arn for source in sources if is_table_stream(source.node))


def is_table_stream(source: EventSource) -> bool:
    """Whether CDK's `DynamoEventSource` can say it."""
    return bool(_TABLE_STREAM.fullmatch(source.arn)) and source.other.keys() <= TABLE_OPTIONS.keys()


def permissions(entry: Entry, template: Template) -> Iterator[Fact[Permission]]:
    """Services that may call the function."""
    for permission in template.resources("AWS::Lambda::Permission"):
        properties = permission.properties
        principal, source = properties.get("Principal").text(), properties.get("SourceArn").text()
        values: dict[str, Traced[Any]] = {
            "kind": traced(_caller(principal.value, source.value, template), permission.declared),
            "principal": principal.also(permission.depends_on, properties.get("FunctionName").text()),
            "source": source,
            "action": properties.get("Action").text("lambda:InvokeFunction"),
            "account": properties.get("SourceAccount").text(),
        }
        yield fact(Permission, entry.ref, permission.logical_id, values)


def _caller(principal: str, source: str, template: Template) -> CallerKind:
    rule = source.removeprefix("${").removesuffix(".Arn}")
    if principal == "events.amazonaws.com" and template.resource(rule) is not None:
        return CallerKind.SCHEDULE
    return CallerKind.API if principal == "appsync.amazonaws.com" else CallerKind.OTHER
