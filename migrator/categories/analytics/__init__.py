"""Kinesis data streams."""

from migrator.engine.category import Announcement

ANNOUNCEMENT = Announcement(name="analytics", prefix="ANA", services={("analytics", "Kinesis"): "analytics"})
