"""What the plan of a schema means for the user, as facts that rules report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.data.model import SchemaPatch, Untyped
from migrator.categories.data.schema import Schema
from migrator.categories.data.typed.model import PatchKind, Plan
from migrator.core.ref import ResourceRef
from migrator.documents.traced import Traced, absent
from migrator.gen1.graph import Fact, fact


def plan_facts(resource: ResourceRef, schema: Schema, planned: Plan) -> Iterator[Fact[Any]]:
    """One fact for each kind of patch, and one for each thing that stays SDL, with their places in the schema."""
    for kind in PatchKind:
        places = tuple(dict.fromkeys(patch.place for patch in planned.patches if patch.kind is kind))
        if places:
            values: dict[str, Traced[Any]] = {"kind": absent(kind), "places": schema.traced(places)}
            yield fact(SchemaPatch, resource, f"patch {kind}", values)
    added = {patch.place for patch in planned.patches if patch.kind is PatchKind.FIELD}
    for number, one in enumerate((one for one in planned.fallbacks if one.place not in added), 1):
        directive = one.construct.removeprefix("@") if one.construct.startswith("@") else ""
        values = {
            "place": schema.traced((one.place,), directive),
            "construct": absent(one.construct),
            "reason": absent(one.reason),
            "whole": absent(one.whole),
        }
        yield fact(Untyped, resource, f"untyped {number}", values)
