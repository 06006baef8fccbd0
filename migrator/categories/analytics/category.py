"""The analytics category, put together."""

from __future__ import annotations

from migrator.categories.analytics.builders import client_outputs, data_stream, output, policy_is_known, stream_policy
from migrator.categories.analytics.model import DataStream, StreamPolicy
from migrator.categories.analytics.observe import OBSERVER
from migrator.categories.analytics.read import read
from migrator.engine.category import Category

CATEGORY = Category(
    name="analytics",
    nodes=(DataStream, StreamPolicy),
    read=read,
    observe=OBSERVER,
    outputs={"Kinesis": output},
    builders=(client_outputs, data_stream, stream_policy),
    checks=(policy_is_known,),
)
