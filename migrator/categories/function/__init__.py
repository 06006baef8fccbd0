"""Lambda functions and layers."""

from migrator.engine.category import Announcement

ANNOUNCEMENT = Announcement(
    name="function",
    prefix="FUN",
    services={("function", "Lambda"): "function", ("function", "LambdaLayer"): "function"},
)
