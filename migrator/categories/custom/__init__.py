"""Custom stacks: CloudFormation templates and CDK code of the project's own."""

from migrator.engine.category import Announcement

ANNOUNCEMENT = Announcement(
    name="custom",
    prefix="CUS",
    services={("custom", "customCDK"): "custom", ("custom", "customCloudformation"): "custom"},
)
