"""What clients find beside auth, data and storage: analytics, maps, bots, REST APIs, and outputs of the project's own.

Gen 1 writes one part for each service (`aws-exports.js`), Gen 2 what `backend.addOutput` was given:
https://docs.amplify.aws/react/reference/amplify_outputs/
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.engine.observed import Aspect, Declared, Generation, Observed, Side
from migrator.engine.observing import observed
from migrator.engine.outputs import section, told_by

KIND = "AWS::Amplify::Custom"
"""The key under which Gen 2's root stack lists these outputs."""
_OWN = ("auth", "data", "geo", "storage", "version")
"""Parts that other categories compare, and the version of the layout."""
_ELSEWHERE = ("nativeClientId", "Analytics", "Predictions", "API")
"""Outputs of `custom` that another category compares."""
_PARTS = {
    ("analytics", "Pinpoint"): "aws_mobile_analytics_app_id",
    ("notifications", "Pinpoint"): "Notifications",
    ("interactions", "Lex"): "aws_bots_config",
    ("hosting", "S3AndCloudFront"): "aws_content_delivery_url",
}
"""What the CLI writes for a service, by category and service."""
_FILES = {
    "pinpoint_app_id": ("aws_mobile_analytics_app_id", ("analytics", "notifications")),
    "rest_endpoints": ("aws_cloud_logic_custom", ("api",)),
    "maps": ("geo.maps", ("geo",)),
    "search_indices": ("geo.search_indices", ("geo",)),
    "geofence_collections": ("geo.geofenceCollections", ("geo",)),
    "bots": ("aws_bots_config", ("interactions",)),
    "hosting_url": ("aws_content_delivery_url", ("hosting",)),
}
"""What front-end files may hold, by field, and the categories that it comes from."""


def observe(generation: Generation) -> Iterator[Observed]:
    """What clients find of everything else."""
    if generation.side is Side.GEN1:
        yield from _gen1(generation)
        return
    for name in generation.client:
        if name in _OWN:
            continue
        said = {key: value for key, value in (section(generation, name) or {}).items() if key not in _ELSEWHERE}
        if said:
            made = Declared(f"outputs of {name}", KIND)
            yield observed(name, made, generation, properties=said, aspect=Aspect.OUTPUTS)


def _gen1(generation: Generation) -> Iterator[Observed]:
    app = generation.context.app
    for entry in app.entries:
        part = _PARTS.get((entry.ref.category, entry.service))
        if part:
            said = {part: True}
            yield observed(str(entry.ref), told_by(entry, KIND), generation, properties=said, aspect=Aspect.OUTPUTS)
    files = app.exports()
    for field, (part, categories) in _FILES.items():
        said_of = getattr(files, field)
        there = said_of if isinstance(said_of, tuple) else said_of.value
        if there and not any(entry.ref.category in categories for entry in app.entries):
            outside = Declared(f"outputs {part}", KIND)
            yield observed(part, outside, generation, properties={part: True}, aspect=Aspect.OUTPUTS)
