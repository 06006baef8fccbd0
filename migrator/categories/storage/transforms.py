"""Single values of a bucket in Gen 2's form."""

from __future__ import annotations

import re
from typing import Any

from migrator.categories.storage.model import CorsRule
from migrator.engine.context import Context
from migrator.gen2.cdk import property_value
from migrator.typescript.nodes import Expr


def friendly_name(value: str, context: Context) -> str:
    """A name that Amplify accepts: letters, digits, hyphens and underscores, beginning with a letter."""
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", value).strip("-") or "storage"
    return name if name[0].isalpha() else f"storage-{name}"


def cors_rules(value: tuple[CorsRule, ...], context: Context) -> Expr:
    """The bucket's CORS configuration."""
    rules = [
        {
            "AllowedHeaders": list(rule.headers),
            "AllowedMethods": list(rule.methods),
            "AllowedOrigins": list(rule.origins),
            "ExposedHeaders": list(rule.exposed),
            "MaxAge": rule.max_age,
        }
        for rule in value
    ]
    said: Any = {"CorsRules": [{key: item for key, item in rule.items() if item} for rule in rules]}
    return property_value(said)


def encryption(value: Any, context: Context) -> Expr:
    """The bucket's encryption as the L1 construct takes it."""
    return property_value(value)
