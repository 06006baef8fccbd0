"""Whom Gen 1 lets do what, put together from the categories, for the checks after a deployment."""

from __future__ import annotations

from migrator.commands.converted import Converted
from migrator.engine.access import Access


def deployed_access(converted: Converted) -> Access:
    """What the categories know of it; nothing, and why, where the Gen 1 project cannot be read."""
    assessment = converted.assessment
    if assessment is None:
        return Access(unknown=(converted.reason or "there is no Gen 1 project",))
    said = [category.access(assessment.context) for category in assessment.categories.values()]
    return Access(
        tuple(one for each in said for one in each.models),
        tuple(one for each in said for one in each.files),
        tuple(one for each in said for one in each.unknown),
        tuple(one for each in said for one in each.calls),
    )
