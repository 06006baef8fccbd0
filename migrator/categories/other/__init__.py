"""Resources that are listed with what to do about them, but not converted."""

from migrator.engine.category import Announcement

ANNOUNCEMENT = Announcement(
    name="other",
    prefix="OTH",
    services={
        ("api", "ElasticContainer"): "rest-api",
        ("analytics", "Pinpoint"): "analytics",
        ("notifications", "Pinpoint"): "notifications",
        ("interactions", "Lex"): "interactions",
        ("hosting", "S3AndCloudFront"): "hosting",
        ("hosting", "amplifyhosting"): "hosting",
        ("hosting", "ElasticContainer"): "hosting",
    },
    whole="studio",
)
