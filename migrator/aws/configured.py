"""What the user's AWS configuration says, without asking AWS."""

from __future__ import annotations

import os


def configured_region(profile: str = "") -> str:
    """The region of a profile, or of the environment; empty when neither names one. Raises AwsError."""
    import boto3

    from migrator.aws.errors import asking

    with asking("the AWS configuration"):
        return boto3.Session(profile_name=profile or None).region_name or ""


def uses_sso(profile: str = "") -> bool:
    """Whether a profile (or the one of the environment) gets its credentials by a login in the browser."""
    from botocore.exceptions import BotoCoreError
    from botocore.session import Session

    try:
        scoped = Session(profile=profile or None).get_scoped_config()
    except BotoCoreError:
        return False  # no such profile: said when the credentials are asked for
    return "sso_session" in scoped or "sso_start_url" in scoped


def profile_named(profile: str = "") -> str:
    """The profile that is used: the one given, else that of the environment, else `default`."""
    return profile or os.environ.get("AWS_PROFILE") or os.environ.get("AWS_DEFAULT_PROFILE") or "default"
