"""Source code that `migrate lint` reads. Each subpackage is one category of rules; nothing else lists them."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import cast

from migrator.engine.sources import SourceCategory


@cache
def source_categories() -> tuple[SourceCategory, ...]:
    """All of them, by name."""
    return tuple(
        cast("SourceCategory", import_module(f"{__name__}.{module.name}").CATEGORY)
        for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name)
        if module.ispkg
    )
