"""Resources that an override added to the template of a REST API, in both generations: each by its logical id."""

from __future__ import annotations

from migrator.categories.rest_api.extras import sayable, told_apart
from migrator.categories.rest_api.model import ExtraResource
from migrator.core.ref import ResourceRef
from migrator.engine.observed import Declared, Generation, Observed, Side
from migrator.engine.observing import observed


def added_to(declared: Declared, generation: Generation) -> str:
    """The API to whose template a resource was added that is carried over; empty for other resources."""
    if generation.side is Side.GEN1:
        api, is_one = declared.stack.removeprefix("api/"), declared.stack.startswith("api/")
    else:
        api = declared.stack.removeprefix("rest-api-")
        is_one = declared.path == f"{declared.stack}/{declared.logical_id}"
    facts = generation.context.graph.facts(ExtraResource, ResourceRef("api", api)) if is_one else ()
    carried = any(fact.key == declared.logical_id and sayable(fact, generation.context) for fact in facts)
    return api if carried else ""


def added(declared: Declared, generation: Generation) -> Observed:
    """The resource; a name that no two can have is another one than that of the live one (normalisation
    `names-told-apart`)."""
    said = dict(declared.properties)
    if generation.side is Side.GEN1:
        said = dict(told_apart(declared.type, said))
    return observed(declared.name, declared, generation, properties=said)
