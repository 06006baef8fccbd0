"""What the user's AWS configuration says, without asking AWS."""

from __future__ import annotations


def configured_region(profile: str = "") -> str:
    """The region of a profile, or of the environment; empty when neither names one. Raises AwsError."""
    import boto3

    from migrator.aws.errors import asking

    with asking("the AWS configuration"):
        return boto3.Session(profile_name=profile or None).region_name or ""
