"""Maps, places and geofences, streams, and AI services."""

from __future__ import annotations

import json

from migrator.verify.assembly import Assembly
from migrator.verify.results import Check
from tests.mutation.edits import Change, Place, drop, edited, put
from tests.mutation.fault import Fault
from tests.mutation.faults.grants import said

SETTINGS, GRANTS, OUTPUTS = Check.SETTINGS, Check.GRANTS, Check.OUTPUTS
MAP, INDEX, FENCES, STREAM = "geo/trailmap", "geo/huts", "geo/wildparks", "analytics/tracks"
MAP_POLICY, GUIDES = f"{MAP}-MapPolicy", f"{FENCES}-GuidesGeofenceCollectionPolicy"
SENDS, TRANSLATES = f"{STREAM}-CognitoUnauthPolicy", "predictions/signs-TranslatePolicy"
OWN = "customOutputs"


def told(old: str, new: str) -> Change:
    """Another text in what clients are told beside auth, data and storage."""

    def change(assembly: Assembly) -> Assembly:
        root = assembly.stacks[0]
        text = json.dumps(root.template["Outputs"][OWN]["Value"])
        if old not in text:
            raise LookupError(f"{OWN} does not say {old}")
        return edited(assembly, Place(root.file, ("Outputs", OWN, "Value")), json.loads(text.replace(old, new)))

    return change


def said_in_json(text: str) -> str:
    """A text as it stands in JSON that stands in JSON."""
    return json.dumps(text)[1:-1]


FAULTS = (
    Fault("the map looks otherwise", SETTINGS, "atlas", put(MAP, "Configuration.Style", "VectorEsriStreets")),
    Fault("places of another provider", SETTINGS, "atlas", put(INDEX, "DataSource", "Esri")),
    Fault(
        "places may not be stored", SETTINGS, "atlas", put(INDEX, "DataSourceConfiguration.IntendedUse", "SingleUse")
    ),
    Fault("geofences go with their stack", SETTINGS, "atlas", put(FENCES, "/DeletionPolicy", "Delete")),
    Fault("guests lose the map", GRANTS, "atlas", put(MAP_POLICY, "Roles[1]", {"Ref": "nobody"})),
    Fault("guides may change geofences", GRANTS, "atlas", said(GUIDES, "geo:ListGeofences", "geo:PutGeofence")),
    Fault("rangers lose their geofences", GRANTS, "atlas", drop(f"{FENCES}-RangersGeofenceCollectionPolicy", "Roles")),
    Fault("clients find no place index", OUTPUTS, "atlas", told(said_in_json('"search_indices"'), said_in_json('"x"'))),
    Fault(
        "clients draw another map",
        OUTPUTS,
        "atlas",
        told("VectorEsriTopographic", "VectorEsriStreets"),
    ),
    Fault("a shard less", SETTINGS, "atlas", put(STREAM, "ShardCount", 1)),
    Fault("records are kept shorter", SETTINGS, "atlas", put(STREAM, "RetentionPeriodHours", 24)),
    Fault("the stream goes with its stack", SETTINGS, "atlas", put(STREAM, "/DeletionPolicy", "Delete")),
    Fault("guests read the stream", GRANTS, "atlas", said(SENDS, "kinesis:PutRecords", "kinesis:GetRecords")),
    Fault("guests may not translate", GRANTS, "atlas", drop(TRANSLATES, "Roles")),
    Fault(
        "users may do all of Polly", GRANTS, "atlas", said("predictions/readaloud-PollyPolicy", "SynthesizeSpeech", "*")
    ),
    Fault(
        "another model is called",
        GRANTS,
        "atlas",
        said("predictions/snowdepth-InferModelPolicy", "snow-depth", "snow-depth-2"),
    ),
    Fault("speech is written down elsewhere", OUTPUTS, "atlas", told("ap-northeast-2", "ap-northeast-1")),
    Fault("another voice reads", OUTPUTS, "atlas", told("Mizuki", "Takumi")),
)
