"""The GraphQL API (AppSync) and its model tables."""

from migrator.engine.category import Announcement

ANNOUNCEMENT = Announcement(name="data", prefix="DATA", services={("api", "AppSync"): "data"})
