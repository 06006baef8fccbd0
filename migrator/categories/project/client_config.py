"""What clients are told beside auth, data and storage: REST APIs, maps, Pinpoint, predictions.

Amplify's own sections where the layout has them; REST APIs and predictions stand under `custom`, as its pages for Gen 2
show: https://docs.amplify.aws/react/build-a-backend/add-aws-services/rest-api/set-up-rest-api/ and
https://docs.amplify.aws/react/build-a-backend/add-aws-services/predictions/set-up-predictions/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.documents.cursor import Cursor
from migrator.engine.client_config import Lack, Told, files_of, is_of_another, known
from migrator.engine.context import Context
from migrator.engine.findings import engine_finding
from migrator.gen1.app import App
from migrator.gen1.entries import Entry

_CHANNELS = {
    "InAppMessaging": "IN_APP_MESSAGING",
    "FCM": "FCM",
    "APNS": "APNS",
    "Email": "EMAIL",
    "SMS": "SMS",
}
"""By what the CLI calls a channel, what clients call it."""
_LISTS = (("search_indices", ("search_indices", "searchIndices")), ("geofence_collections", ("geofenceCollections",)))


def told(context: Context) -> Iterator[Told]:
    """The sections of everything else."""
    yield from _rest(context)
    yield from _geo(context)
    yield from _pinpoint(context)
    yield from _predictions(context)
    if context.app.of("interactions") or files_of(context.app).bots.value:
        what = "The chat bots of Lex V1 are left out: AWS has ended Lex V1, and the file has no place for bots."
        yield Told("custom", notes=(engine_finding("GEN061", what),))


def _roots(app: App) -> list[Cursor]:
    """The front end's files, where they are those of the environment."""
    return [] if is_of_another(app) else [Cursor(document, []) for document in app.front_ends]


# ---- REST


def _rest(context: Context) -> Iterator[Told]:
    app = context.app
    named = {one.name.value: (one.endpoint.value, one.region.value) for one in files_of(app).rest_endpoints}
    lacks = []
    for entry in app.of("api", "API Gateway"):
        name, url = entry.output("ApiName").value or entry.ref.name, known(entry.output("RootUrl").value)
        if url:
            named[name] = (url, named.get(name, ("", ""))[1])
        elif name not in named:
            lacks.append(Lack(f"the address of the REST API {name}"))
    found = {
        name: {"endpoint": url, "region": known(region, app.region.value), "apiName": name}
        for name, (url, region) in sorted(named.items())
        if known(url)
    }
    if found or lacks:
        yield Told("custom", {"API": found} if found else {}, tuple(lacks))


# ---- Amazon Location Service


def _geo(context: Context) -> Iterator[Told]:
    app = context.app
    said = _geo_files(app)
    maps, places = app.of("geo", "Map"), app.of("geo", "PlaceIndex")
    fences = app.of("geo", "GeofenceCollection")
    values: dict[str, Any] = dict(said)
    if maps and "maps" not in values and all(map(_name, maps)):
        items = {_name(entry): {"style": entry.output("Style").value} for entry in maps}
        values["maps"] = {"items": items, "default": _default(maps)}
    for key, entries in (("search_indices", places), ("geofence_collections", fences)):
        if entries and key not in values and all(map(_name, entries)):
            values[key] = {"items": [_name(entry) for entry in entries], "default": _default(entries)}
    all_entries = (("maps", maps), ("search_indices", places), ("geofence_collections", fences))
    lacks = [Lack(f"the name of {entry.ref}") for key, listed in all_entries if key not in values for entry in listed]
    region = known(str(values.pop("aws_region", "")), app.region.value)
    if values or lacks:
        yield Told("geo", {"aws_region": region, **values} if values else {}, tuple(lacks))


def _geo_files(app: App) -> dict[str, Any]:
    """What a front end's file says of maps, whose layout is nearly that of Gen 2."""
    for root in _roots(app):
        web = root.get("geo", "amazon_location_service")
        geo = web if web.present else root.get("geo", "plugins", "awsLocationGeoPlugin")
        if geo.present:
            return dict(_geo_parts(geo))
    return {}


def _geo_parts(geo: Cursor) -> Iterator[tuple[str, Any]]:
    if region := geo.get("region").text().value:
        yield "aws_region", region
    styles = {name: one.get("style").text().value for name, one in geo.get("maps", "items").items()}
    if styles:
        items = {name: {"style": style} if style else {} for name, style in styles.items()}
        yield "maps", {"items": items, "default": geo.get("maps", "default").text(next(iter(styles))).value}
    for key, words in _LISTS:
        part = next((geo.get(word) for word in words if geo.get(word).present), geo.get("absent"))
        if items_ := part.get("items").texts().value:
            yield key, {"items": list(items_), "default": part.get("default").text(items_[0]).value}


def _name(entry: Entry) -> str:
    return known(entry.output("Name").value)


def _default(entries: tuple[Entry, ...]) -> str:
    chosen = (entry for entry in entries if entry.indexed("isDefault").flag().value)
    return _name(next(chosen, entries[0]))


# ---- Pinpoint and predictions


def _pinpoint(context: Context) -> Iterator[Told]:
    app = context.app
    files = files_of(app)
    entries = (*app.of("analytics", "Pinpoint"), *app.of("notifications", "Pinpoint"))
    outputs = [_outputs(entry) for entry in entries]
    id = known(*(one.get("Id", "") for one in outputs), files.pinpoint_app_id.value)
    region = known(*(one.get("Region", "") for one in outputs), files.pinpoint_region.value, app.region.value)
    if not id:
        lacks = (Lack("the id of the Pinpoint project"),)
        yield from (Told("analytics", lacks=lacks) for _ in entries[:1])
        return
    yield Told("analytics", {"amazon_pinpoint": {"aws_region": region, "app_id": id}})
    channels = list(dict.fromkeys(_channels(app)))
    if channels:
        values = {"aws_region": region, "amazon_pinpoint_app_id": id, "channels": channels}
        yield Told("notifications", values)


def _outputs(entry: Entry) -> Mapping[str, str]:
    """The id and the region of a Pinpoint project; notifications note them for each channel."""
    found = {key: entry.output(key).value for key in ("Id", "Region") if entry.output(key).value}
    for channel in _CHANNELS:
        noted = entry.indexed("output", channel)
        id = noted.get("Id").text().value or noted.get("ApplicationId").text().value
        found |= {} if "Id" in found or not id else {"Id": id}
    return found


def _channels(app: App) -> Iterator[str]:
    """What clients are sent messages by."""
    for entry in app.of("notifications", "Pinpoint"):
        for word, channel in _CHANNELS.items():
            said = entry.indexed("output", word)
            if said.get("Enabled").flag(said.present).value:
                yield channel
    for root in _roots(app):
        parts = [name for name, _ in root.get("Notifications").items()]
        yield from (_CHANNELS[name] for name in parts if name in _CHANNELS)
        if "Push" in parts:
            yield from ("FCM", "APNS")


def _predictions(context: Context) -> Iterator[Told]:
    """What the CLI writes under `predictions`, which clients take as it is."""
    app = context.app
    said = next(
        (root.get("predictions").whole().value for root in _roots(app) if root.get("predictions").present), None
    )
    if isinstance(said, dict):
        yield Told("custom", {"Predictions": said})
    elif app.of("predictions"):
        yield Told("custom", lacks=(Lack("the configuration of predictions, which only front-end files hold"),))
