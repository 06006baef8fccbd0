"""Single values of the API in Gen 2's form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from migrator.categories.data.function_sources import renamed
from migrator.engine.context import Context


def api_name(value: str, context: Context) -> str:
    """A name that Amplify accepts: letters, digits, hyphens and underscores, beginning with a letter."""
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", value).strip("-") or "api"
    return name if name[0].isalpha() else f"api-{name}"


def seconds(value: int, context: Context) -> int:
    """Gen 1 counts OpenID Connect times in milliseconds."""
    return value // 1000


def provider_name(value: str, context: Context) -> str:
    """The provider's name; Gen 1 may not have noted one."""
    return value or "oidc"


def stack_mappings(value: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """Logical ids to nested stacks; what belongs to a function has the names that Gen 2 gives it."""
    return {name: stack for said, stack in value.items() for name in renamed(said, context)}
