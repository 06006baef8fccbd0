"""Buckets, and tables that are not an API's."""

from __future__ import annotations

from migrator.verify.results import Check
from tests.mutation.edits import GONE, drop, put
from tests.mutation.fault import Fault

BUCKET = "storage/media/Bucket"
TELLS = "storage/media/Bucket/Notifications"
TABLE = "storage-loyalty/loyalty"
CORS = "CorsConfiguration.CorsRules[0]"
SETTINGS = Check.SETTINGS

FAULTS = (
    Fault("the bucket goes with its stack", SETTINGS, "shop", put(BUCKET, "/DeletionPolicy", "Delete")),
    Fault("CORS lets a header more be read", SETTINGS, "shop", put(BUCKET, f"{CORS}.ExposedHeaders[4]", "x-amz-meta")),
    Fault(
        "CORS without DELETE", SETTINGS, "shop", put(BUCKET, f"{CORS}.AllowedMethods", ["GET", "HEAD", "PUT", "POST"])
    ),
    Fault("CORS for one origin", SETTINGS, "shop", put(BUCKET, f"{CORS}.AllowedOrigins[0]", "https://example.com")),
    Fault("CORS is lost", SETTINGS, "club", drop("storage/boathouse/Bucket", "CorsConfiguration")),
    Fault("CORS answers are kept longer", SETTINGS, "shop", put(BUCKET, f"{CORS}.MaxAge", 3001)),
    Fault("files have versions", SETTINGS, "shop", put(BUCKET, "VersioningConfiguration", {"Status": "Enabled"})),
    Fault(
        "files expire",
        SETTINGS,
        "shop",
        put(BUCKET, "LifecycleConfiguration", {"Rules": [{"Status": "Enabled", "ExpirationInDays": 30}]}),
    ),
    Fault(
        "the public may not be kept out",
        SETTINGS,
        "shop",
        put(BUCKET, "PublicAccessBlockConfiguration", {"BlockPublicAcls": False}),
    ),
    Fault(
        "the bucket's trigger is lost",
        SETTINGS,
        "shop",
        put(TELLS, "NotificationConfiguration.LambdaFunctionConfigurations[1]", GONE),
    ),
    Fault(
        "the bucket's trigger waits for something else",
        SETTINGS,
        "shop",
        put(TELLS, "NotificationConfiguration.LambdaFunctionConfigurations[0].Events[0]", "s3:ObjectCreated:Put"),
    ),
    Fault("the table goes with its stack", SETTINGS, "shop", put(TABLE, "/DeletionPolicy", "Delete")),
    Fault("an index of a table is lost", SETTINGS, "shop", drop(TABLE, "GlobalSecondaryIndexes")),
    Fault(
        "an index holds only keys",
        SETTINGS,
        "shop",
        put(TABLE, "GlobalSecondaryIndexes[0].Projection.ProjectionType", "KEYS_ONLY"),
    ),
    Fault("a sort key is lost", SETTINGS, "shop", put(TABLE, "KeySchema[1]", GONE)),
    Fault("a number is kept as text", SETTINGS, "shop", put(TABLE, "AttributeDefinitions[2].AttributeType", "S")),
    Fault("a table is on demand", SETTINGS, "shop", put(TABLE, "BillingMode", "PAY_PER_REQUEST")),
    Fault("less capacity", SETTINGS, "shop", put(TABLE, "ProvisionedThroughput.ReadCapacityUnits", 4)),
    Fault(
        "the stream shows keys only", SETTINGS, "shop", put(TABLE, "StreamSpecification.StreamViewType", "KEYS_ONLY")
    ),
    Fault(
        "rows expire",
        SETTINGS,
        "shop",
        put(TABLE, "TimeToLiveSpecification", {"AttributeName": "month", "Enabled": True}),
    ),
)
