"""Single values of a function in Gen 2's form."""

from __future__ import annotations

from migrator.categories.function.code import modern
from migrator.engine.context import Context


def runtime(value: int, context: Context) -> int:
    """The version of Node.js; 22 for one that Lambda does not run any more."""
    return modern(value)
