"""The categories of Gen 1 resources. Each subpackage announces itself; nothing else lists them."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import cast

from migrator.engine.category import Announcement, Category


@cache
def announcements() -> tuple[Announcement, ...]:
    """What each category answers for; imports no reader and no rule."""
    return tuple(
        cast("Announcement", import_module(f"{__name__}.{module.name}").ANNOUNCEMENT)
        for module in pkgutil.iter_modules(__path__)
        if module.ispkg
    )


def load(name: str) -> Category:
    """The category of that name, with its readers and functions."""
    return cast("Category", import_module(f"{__name__}.{name}.category").CATEGORY)


def responsible(category: str, service: str) -> Announcement | None:
    """The announcement of the category that answers for a service of Gen 1."""
    for announcement in announcements():
        if (category, service) in announcement.services:
            return announcement
    return None
