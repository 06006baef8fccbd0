"""S3 buckets and DynamoDB tables."""

from migrator.engine.category import Announcement

ANNOUNCEMENT = Announcement(
    name="storage",
    prefix="STO",
    services={("storage", "S3"): "storage", ("storage", "DynamoDB"): "storage"},
)
