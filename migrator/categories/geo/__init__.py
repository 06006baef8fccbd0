"""Maps, place indexes and geofence collections of Amazon Location."""

from migrator.engine.category import Announcement

ANNOUNCEMENT = Announcement(
    name="geo",
    prefix="GEO",
    services={("geo", "Map"): "geo", ("geo", "PlaceIndex"): "geo", ("geo", "GeofenceCollection"): "geo"},
)
