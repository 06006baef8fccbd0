"""What geo deploys, in both generations, and what clients find of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from migrator.categories.geo.read import NAMES
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.observed import Aspect, Declared, Generation, Observed, Observer, Side
from migrator.engine.observing import defaults, observed
from migrator.engine.outputs import REGION, section, told_by
from migrator.gen1.values import PLACEHOLDER

KIND = "AWS::Amplify::Geo"
"""What clients find; Gen 2's root stack lists it among the custom outputs."""
_CALLOUT = "Custom::LambdaCallout"
_TYPES = {f"AWS::Location::{service}": service for service in NAMES}
_WORDS = {"Map": "map", "PlaceIndex": "place index", "GeofenceCollection": "geofence collection"}
_KINDS = {"Map": "map", "PlaceIndex": "place-index", "GeofenceCollection": "geofence-collection"}
"""What ARNs call them."""
_GEN2 = re.compile(r"^geo/([^/]+)$")
_KEPT = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
_PARTS = {"maps": "Map", "search_indices": "PlaceIndex", "geofence_collections": "GeofenceCollection"}


def name(declared: Declared, generation: Generation) -> str:
    """What both generations call a map, a place index or a geofence collection."""
    service = _service(declared)
    if not service:
        return ""
    if generation.side is Side.GEN1:
        return f"{_WORDS[service]} {declared.owner.name}" if declared.owner and declared.owner.category == "geo" else ""
    found = _GEN2.match(declared.path)
    return f"{_WORDS[service]} {found[1]}" if found else ""


def _service(declared: Declared) -> str:
    """`Map` and so on; the CLI makes them by a function, whose properties tell them apart."""
    if declared.type == _CALLOUT:
        return next((service for service, key in NAMES.items() if key in declared.properties), "")
    return _TYPES.get(declared.type, "")


def observe(generation: Generation) -> Iterator[Observed]:
    """Every resource of Amazon Location that the category makes."""
    for one in generation.of(_CALLOUT, *_TYPES):
        if one.name.startswith(tuple(_WORDS.values())) and (service := _service(one)):
            yield _resource(one, service, generation)


def _resource(one: Declared, service: str, generation: Generation) -> Observed:
    """The resource in CloudFormation's words (normalisation `location-callouts`): the CLI made it by a function."""
    said = dict(one.properties)
    made_by: tuple[Declared, ...] = ()
    if one.type == _CALLOUT:
        made_by = tuple(_function(one, generation))
        said = _in_words(service, said, generation)
    holder = one
    if service == "GeofenceCollection" and generation.side is Side.GEN1:
        holder = replace(one, policies=_KEPT)  # normalisation `data-outlives-its-stack`
    kind = f"AWS::Location::{service}"
    return observed(one.name, holder, generation, kind=kind, properties=said, of=made_by)


def _in_words(service: str, said: Mapping[str, Any], generation: Generation) -> dict[str, Any]:
    found: dict[str, Any] = {f"{service.removeprefix('Place').removeprefix('Geofence')}Name": said.get(NAMES[service])}
    if service == "Map":
        found["Configuration"] = {"Style": said.get("mapStyle")}
    if service == "PlaceIndex":
        found["DataSource"] = said.get("dataSource")
        found["DataSourceConfiguration"] = {"IntendedUse": said.get("dataSourceIntendedUse")}
    if said.get("PricingPlan"):
        found["PricingPlan"] = said["PricingPlan"]
    if region := _elsewhere(said, generation):
        found["Region"] = region
    return found


def _elsewhere(said: Mapping[str, Any], generation: Generation) -> str:
    """The region of the properties of a callout, where it is not the app's own."""
    region = str(said.get("region") or "")
    return "" if region == generation.context.app.region.value or "${" in region else region


def spelt(generation: Generation) -> Mapping[str, Mapping[str, str]]:
    """ARNs that the CLI puts together with another region than the app's (normalisation `regions-of-location`): what
    was there is here in Gen 2, which GEO042 says."""
    found: dict[str, str] = {}
    for one in generation.of(_CALLOUT):
        region = _elsewhere(one.properties, generation)
        kind = _KINDS.get(_service(one))
        for account in (generation.context.app.account, "${AWS::AccountId}") if region and kind else ():
            rest = f"{kind}/${{{one.name}}}"
            found[f"arn:aws:geo:{region}:{account}:{rest}"] = f"arn:aws:geo:{REGION}:${{AWS::AccountId}}:{rest}"
    return {"": found}


def _function(one: Declared, generation: Generation) -> Iterator[Declared]:
    """The CLI's function that makes the resource."""
    mentioned = PLACEHOLDER.findall(str(one.properties.get("ServiceToken", "")))
    for function in generation.of("AWS::Lambda::Function"):
        if function.name.partition(".")[0] in {mention.partition(".")[0] for mention in mentioned}:
            yield function


def tells(generation: Generation) -> Iterator[Observed]:
    """What clients find, in the layout of `amplify_outputs.json`."""
    if generation.side is Side.GEN1:
        said = _gen1(generation)
        entry = next((one for one in generation.context.app.entries if one.ref.category == "geo"), None)
        told = told_by(entry, KIND) if entry else None
    else:
        said, told = dict(section(generation, "geo") or {}), Declared("outputs of geo", KIND, stack="geo")
    if said and told:
        listed = {key: _listed(value) if key in _PARTS else value for key, value in said.items()}
        yield observed("geo", told, generation, properties=listed, aspect=Aspect.OUTPUTS)


def _listed(part: Any) -> Any:
    """Items by name, in any order (normalisation `items-by-name`)."""
    items = part.get("items") if isinstance(part, Mapping) else None
    if isinstance(items, list | tuple):
        return {**part, "items": {str(item): {"listed": True} for item in items}}
    return part


def _gen1(generation: Generation) -> dict[str, Any]:
    """What the CLI writes of them into `aws-exports.js`."""
    app, found = generation.context.app, dict[str, Any]()
    for part, service in _PARTS.items():
        entries = [entry for entry in app.of("geo", service) if generation.context.converted(entry.ref)]
        items: dict[str, Any] = {}
        default = ""
        for entry in entries:
            key = f"${{{_WORDS[service]} {entry.ref.name}}}"
            style = _style(key, generation) if service == "Map" else None
            items[key] = {"style": style} if service == "Map" else {"listed": True}
            default = key if entry.cursor("parameters.json").get("isDefault").flag().value else default
        if entries:
            found[part] = {"items": items, "default": default}
    made = (one for one in generation.of(_CALLOUT) if one.name.startswith(tuple(_WORDS.values())))
    region = next((region for one in made if (region := _elsewhere(one.properties, generation))), REGION)
    return {"aws_region": region, **found} if found else {}


def _style(reference: str, generation: Generation) -> Any:
    made = generation.named(reference[2:-1])
    said = made.properties if made else {}
    configured = said.get("Configuration")
    return said.get("mapStyle") or (configured.get("Style") if isinstance(configured, Mapping) else None)


def gives(ref: ResourceRef, output: str, context: Context) -> str:
    """What others take of it."""
    resource = context.graph.get(ref)
    word = _WORDS.get(resource.service) if resource and ref.category == "geo" else None
    if not word or resource is None:
        return ""
    key = f"{word} {ref.name}"
    arn = f"arn:aws:geo:${{AWS::Region}}:${{AWS::AccountId}}:{_KINDS[resource.service]}/${{{key}}}"
    return {"Name": f"${{{key}}}", "Arn": arn, "Region": REGION}.get(output, "")


_PAGES = {"Map": "map", "PlaceIndex": "placeindex", "GeofenceCollection": "geofencecollection"}
DEFAULTS = tuple(
    one
    for service, page in _PAGES.items()
    for one in defaults(
        f"AWS::Location::{service}",
        f"aws-resource-location-{page}",
        {"PricingPlan": "RequestBasedUsage"}
        | ({"DataSourceConfiguration.IntendedUse": "SingleUse"} if service == "PlaceIndex" else {}),
    )
)

OBSERVER = Observer(name, observe, DEFAULTS, gives, tells=tells, spelt=spelt)
