"""What a Gen 1 map, place index or geofence collection is."""

from __future__ import annotations

from migrator.engine.role_policies import RolePolicy
from migrator.gen1.graph import Node


class Map(Node, frozen=True):
    """A map (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-location-map.html)."""

    name: str = ""
    """The name of the live map."""
    style: str = "VectorEsriStreets"
    pricing_plan: str = ""
    default: bool = False
    """Whether clients take it when they name none."""
    region: str = ""
    """Where it is, if not in the app's own region: Gen 1 went elsewhere where Amazon Location was not offered."""


class PlaceIndex(Node, frozen=True):
    """A place index.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-location-placeindex.html
    """

    name: str = ""
    data_provider: str = "Esri"
    intended_use: str = "SingleUse"
    """`SingleUse`, or `Storage` where results are kept."""
    pricing_plan: str = ""
    default: bool = False
    region: str = ""


class GeofenceCollection(Node, frozen=True):
    """A geofence collection.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-location-geofencecollection.html
    """

    name: str = ""
    pricing_plan: str = ""
    default: bool = False
    region: str = ""


class GeoPolicy(RolePolicy, frozen=True):
    """Rights of users, guests or a group on it."""


GeoNode = Map | PlaceIndex | GeofenceCollection
