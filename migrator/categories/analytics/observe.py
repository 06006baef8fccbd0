"""What analytics deploys, in both generations: Kinesis streams, and what clients find of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.observed import Aspect, Declared, Generation, Observed, Observer, Side
from migrator.engine.observing import defaults, observed
from migrator.engine.outputs import section

STREAM = "AWS::Kinesis::Stream"
KIND = "AWS::Amplify::Analytics"
"""What clients find, under `custom.Analytics`."""
_GEN2 = re.compile(r"^analytics/([^/]+)(?:/Resource)?$")
_KEPT = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}


def name(declared: Declared, generation: Generation) -> str:
    """What both generations call a stream."""
    if declared.type != STREAM:
        return ""
    if generation.side is Side.GEN1:
        owner = declared.owner
        return f"stream {owner.name}" if owner and owner.category == "analytics" else ""
    found = _GEN2.match(declared.path)
    return f"stream {found[1]}" if found else ""


def observe(generation: Generation) -> Iterator[Observed]:
    """The streams, which hold records: they stay in Gen 2 (normalisation `data-outlives-its-stack`)."""
    for one in generation.of(STREAM):
        if one.name.startswith("stream "):
            holder = replace(one, policies=_KEPT) if generation.side is Side.GEN1 else one
            yield observed(one.name, holder, generation)


def tells(generation: Generation) -> Iterator[Observed]:
    """What clients find of streams; Gen 1's file has no word of them."""
    custom = section(generation, "custom") or {}
    said: Any = custom.get("Analytics")
    if generation.side is Side.GEN2 and isinstance(said, Mapping):
        told = Declared("outputs of analytics", KIND, stack="analytics")
        yield observed("analytics", told, generation, properties=said, aspect=Aspect.OUTPUTS)


def gives(ref: ResourceRef, output: str, context: Context) -> str:
    """What others take of a stream."""
    resource = context.graph.get(ref)
    if resource is None or resource.service != "Kinesis":
        return ""
    stream = f"${{stream {ref.name}}}"
    arn = f"arn:aws:kinesis:${{AWS::Region}}:${{AWS::AccountId}}:stream/{stream}"
    return {"kinesisStreamArn": arn, "kinesisStreamId": stream}.get(output, "")


DEFAULTS = defaults(
    STREAM,
    "aws-resource-kinesis-stream",
    {"RetentionPeriodHours": 24, "StreamModeDetails.StreamMode": "PROVISIONED"},
)

OBSERVER = Observer(name, observe, DEFAULTS, gives, tells=tells)
