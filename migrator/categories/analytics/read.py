"""Gen 1 Kinesis streams to facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.analytics.model import DataStream, StreamPolicy
from migrator.documents.traced import Traced, absent, traced
from migrator.engine.role_policies import Role, RoleKind, links, policies
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, Resource, fact
from migrator.gen1.project import App
from migrator.gen1.template import TemplateResource

STREAM = "AWS::Kinesis::Stream"
_KNOWN = ("Name", "ShardCount", "RetentionPeriodHours", "StreamModeDetails")


def read(entry: Entry, app: App) -> Resource:
    """The stream with its rights; without a template nobody knows whose they are."""
    template = entry.template()
    made = next(template.resources(STREAM), None) if template else None
    values = _from_template(entry, made) if made else _from_choices(entry)
    facts: list[Fact[Any]] = [fact(DataStream, entry.ref, entry.ref.name, values)]
    if template:
        facts += [fact(StreamPolicy, entry.ref, key, said) for key, said in policies(template)]
    else:
        facts.append(_unknown(entry))
    roles = (role for one in facts if isinstance(one.node, StreamPolicy) for role in one.node.roles)
    return Resource(
        entry.ref,
        entry.service,
        entry.evidence,
        tuple(facts),
        tuple(dict.fromkeys(links(entry.ref, roles, app))),
        tuple(entry.documents.items()),
        tuple(entry.findings),
        entry.imported,
    )


def _from_template(entry: Entry, made: TemplateResource) -> dict[str, Traced[Any]]:
    properties, chosen = made.properties, entry.cursor("parameters.json")
    rest = {name: cursor.whole() for name, cursor in properties.items() if name not in _KNOWN}
    mode = properties.get("StreamModeDetails", "StreamMode").text()
    name = properties.get("Name").text().also(made.declared, made.deletion_policy, made.update_replace_policy)
    return {
        "name": entry.output("kinesisStreamId").or_else(name).also(*_names(entry)),
        "shards": properties.get("ShardCount").integer(1).also(chosen.get("kinesisStreamShardCount").integer(1)),
        "on_demand": mode.map(lambda said: said == "ON_DEMAND"),
        "retention": properties.get("RetentionPeriodHours").integer(24),
        "other": traced({key: value.value for key, value in rest.items()}, *rest.values()),
    }


def _from_choices(entry: Entry) -> dict[str, Traced[Any]]:
    """What the CLI makes of what it was told."""
    shards = entry.cursor("parameters.json").get("kinesisStreamShardCount").integer(1)
    return {"name": entry.output("kinesisStreamId").also(*_names(entry)), "shards": shards}


def _names(entry: Entry) -> Iterator[Traced[str]]:
    yield entry.cursor("parameters.json").get("kinesisStreamName").text()


def _unknown(entry: Entry) -> Fact[StreamPolicy]:
    role = Role(RoleKind.OTHER, "of users that its template names")
    return fact(StreamPolicy, entry.ref, "policy", {"roles": absent((role,))})
