"""Resources that are listed with what to do about them, but not converted."""

from migrator.engine.category import Announcement

ANNOUNCEMENT = Announcement(
    name="other",
    prefix="OTH",
    services={
        ("api", "API Gateway"): "rest-api",
        ("api", "ElasticContainer"): "rest-api",
        ("analytics", "Kinesis"): "analytics",
        ("analytics", "Pinpoint"): "analytics",
        ("notifications", "Pinpoint"): "notifications",
        ("geo", "Map"): "geo",
        ("geo", "PlaceIndex"): "geo",
        ("geo", "GeofenceCollection"): "geo",
        ("interactions", "Lex"): "interactions",
        ("predictions", "Rekognition"): "predictions",
        ("predictions", "Translate"): "predictions",
        ("predictions", "Polly"): "predictions",
        ("predictions", "Transcribe"): "predictions",
        ("predictions", "Comprehend"): "predictions",
        ("predictions", "SageMaker"): "predictions",
        ("hosting", "S3AndCloudFront"): "hosting",
        ("hosting", "amplifyhosting"): "hosting",
        ("hosting", "ElasticContainer"): "hosting",
        ("custom", "customCDK"): "custom",
        ("custom", "customCloudformation"): "custom",
    },
)
