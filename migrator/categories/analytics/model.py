"""What a Gen 1 Kinesis stream is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migrator.engine.role_policies import RolePolicy
from migrator.gen1.graph import Node


class DataStream(Node, frozen=True):
    """A Kinesis data stream.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html
    """

    name: str = ""
    """The name of the live stream."""
    shards: int = 1
    on_demand: bool = False
    retention: int = 24
    """Hours for which records can be read."""
    other: Mapping[str, Any] = {}
    """Further CloudFormation properties, from hand edits."""


class StreamPolicy(RolePolicy, frozen=True):
    """What users or guests may do with the stream."""
