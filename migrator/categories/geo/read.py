"""Gen 1 maps, place indexes and geofence collections to facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from migrator.categories.geo.model import GeofenceCollection, GeoPolicy, Map, PlaceIndex
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Traced, absent, traced
from migrator.engine.role_policies import Role, RoleKind, links, policies
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, Resource, fact
from migrator.gen1.project import App
from migrator.gen1.template import Template

NODES = {"Map": Map, "PlaceIndex": PlaceIndex, "GeofenceCollection": GeofenceCollection}
NAMES = {"Map": "mapName", "PlaceIndex": "indexName", "GeofenceCollection": "collectionName"}
_ARN = re.compile(
    r"arn:(?:aws|\$\{AWS::Partition\}):geo:[^:{}]*(?:\$\{AWS::Region\})?:\$\{AWS::AccountId\}:"
    r"(?:map|place-index|geofence-collection)/\$\{(\w+)(?:\.\w+Name)?\}"
)
"""An ARN that the template puts together of its own resource's name."""


def read(entry: Entry, app: App) -> Resource:
    """The resource with its rights; without a template nobody knows whose they are."""
    template = entry.template()
    facts: list[Fact[Any]] = [fact(NODES[entry.service], entry.ref, entry.ref.name, _values(entry, template))]
    facts += _policies(entry, template) if template else [_unknown(entry)]
    roles = (role for one in facts if isinstance(one.node, GeoPolicy) for role in one.node.roles)
    return Resource(
        entry.ref,
        entry.service,
        entry.evidence,
        tuple(facts),
        tuple(dict.fromkeys(links(entry.ref, roles, app))),
        tuple(entry.documents.items()),
        tuple(entry.findings),
        entry.imported,
    )


def _values(entry: Entry, template: Template | None) -> dict[str, Traced[Any]]:
    """What the template makes, and what the CLI was told, which the template takes from its parameters."""
    chosen, made = entry.cursor("parameters.json"), _made(entry, template)
    name = NAMES[entry.service]
    noted = [entry.cursor(role).get(name).text() for role in ("meta", "backend-config")]
    noted.append(made.get(name[0].upper() + name[1:]).text())
    values: dict[str, Traced[Any]] = {
        "name": entry.output("Name").or_else(made.get(name).text()).also(chosen.get(name).text(), *noted),
        "pricing_plan": made.get("PricingPlan")
        .text()
        .or_else(chosen.get("pricingPlan").text())
        .also(*_noted(entry, "pricingPlan")),
        "default": chosen.get("isDefault").flag().also(*(cursor.flag() for cursor in _told(entry, "isDefault"))),
        "region": _region(entry, made),
    }
    return values | _own(entry, made, chosen)


def _own(entry: Entry, made: Cursor, chosen: Cursor) -> dict[str, Traced[Any]]:
    """What only this kind of resource has: attribute, property of the callout, of CloudFormation, and the parameter."""
    told: dict[str, tuple[str, tuple[str, ...], str]] = {}
    if entry.service == "Map":
        told = {"style": ("mapStyle", ("Configuration", "Style"), "mapStyle")}
    elif entry.service == "PlaceIndex":
        use = ("DataSourceConfiguration", "IntendedUse")
        told = {
            "data_provider": ("dataSource", ("DataSource",), "dataProvider"),
            "intended_use": ("dataSourceIntendedUse", use, "dataSourceIntendedUse"),
        }
    defaults = {"style": Map().style, "data_provider": PlaceIndex().data_provider, "intended_use": "SingleUse"}
    return {
        attribute: made.get(callout)
        .text(defaults[attribute])
        .or_else(made.get(*property).text(defaults[attribute]))
        .or_else(chosen.get(parameter).text(defaults[attribute]))
        .also(*_noted(entry, parameter))
        for attribute, (callout, property, parameter) in told.items()
    }


def _made(entry: Entry, template: Template | None) -> Cursor:
    """The properties of the resource: of the CLI's custom resource, or of CloudFormation's in templates of CLI 6."""
    for kind in ("Custom::LambdaCallout", f"AWS::Location::{entry.service}"):
        for resource in template.resources(kind) if template else ():
            return resource.properties
    return entry.cursor("template").get("absent")


def _region(entry: Entry, made: Cursor) -> Traced[str]:
    own = entry.app.region.value
    said = made.get("region").text()
    return said.map(lambda region: "" if region == own or "${" in region else region)


def _told(entry: Entry, key: str) -> Iterator[Cursor]:
    """What the CLI notes of its questions in the index files."""
    for role in ("meta", "backend-config"):
        yield entry.cursor(role).get(key)


def _noted(entry: Entry, key: str) -> Iterator[Traced[str]]:
    return (cursor.text() for cursor in _told(entry, key))


def _policies(entry: Entry, template: Template) -> Iterator[Fact[Any]]:
    chosen: list[Traced[Any]] = [
        entry.cursor("cli-inputs.json").get("groupPermissions").whole(),
        *_noted(entry, "accessType"),
    ]
    for logical_id, values in policies(template):
        statements = values["statements"].map(lambda said: tuple(_shortened(one) for one in said))
        yield fact(GeoPolicy, entry.ref, logical_id, values | {"statements": statements.also(*chosen)})
        chosen = []


def _shortened(value: Any) -> Any:
    """A statement with the resource's ARN as one placeholder."""
    if isinstance(value, dict):
        return {key: _shortened(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shortened(item) for item in value]
    return _ARN.sub(r"${\1.Arn}", value) if isinstance(value, str) else value


def _unknown(entry: Entry) -> Fact[Any]:
    groups = entry.cursor("cli-inputs.json").get("groupPermissions").whole()
    values: dict[str, Traced[Any]] = {
        "roles": traced((Role(RoleKind.OTHER, "of users that its template names"),), *_noted(entry, "accessType")),
        "statements": absent(()).also(groups),
    }
    return fact(GeoPolicy, entry.ref, "policy", values)
