"""Cognito: user pools with their clients, identity pools, groups, triggers."""

from migrator.engine.category import Announcement

ANNOUNCEMENT = Announcement(
    name="auth",
    prefix="AUTH",
    services={("auth", "Cognito"): "auth", ("auth", "Cognito-UserPool-Groups"): "auth"},
)
