"""How maps, place indexes and geofence collections are called in wiring code, and what other features use of them."""

from __future__ import annotations

from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen2.backend import Shared
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import Expr, Lit, Member

FEATURE = "geo"
_WORDS = {"Map": "map", "PlaceIndex": "index", "GeofenceCollection": "collection"}


def constant(ref: ResourceRef, service: str) -> str:
    """The constant of a resource in wiring code."""
    return identifier(f"{ref.name}-{_WORDS.get(service, service)}")


def output(ref: ResourceRef, attribute: str, context: Context) -> Expr | None:
    """What others use of it: the outputs of its Gen 1 stack."""
    resource = context.graph.get(ref)
    if resource is None:
        return None
    made = Shared(FEATURE, constant(ref, resource.service))
    if attribute == "Style" and resource.facts:
        return Lit(getattr(resource.facts[0].node, "style", ""))
    region = Member(Member(made, "stack"), "region")
    given = {"Name": Member(made, "ref"), "Arn": Member(made, "attrArn"), "Region": region}
    return given.get(attribute)
