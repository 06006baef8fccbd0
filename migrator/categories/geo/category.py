"""The geo category, put together."""

from __future__ import annotations

from migrator.categories.geo.builders import client_outputs, geo_policy, location_resource, policy_is_known
from migrator.categories.geo.model import GeofenceCollection, GeoPolicy, Map, PlaceIndex
from migrator.categories.geo.observe import OBSERVER
from migrator.categories.geo.read import read
from migrator.categories.geo.targets import output
from migrator.engine.category import Category

CATEGORY = Category(
    name="geo",
    nodes=(Map, PlaceIndex, GeofenceCollection, GeoPolicy),
    read=read,
    observe=OBSERVER,
    outputs={"Map": output, "PlaceIndex": output, "GeofenceCollection": output},
    builders=(client_outputs, geo_policy, location_resource),
    checks=(policy_is_known,),
)
