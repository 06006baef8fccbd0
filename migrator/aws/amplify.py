"""Amplify itself: the environments of a Gen 1 app, and where its deployed backend lies."""

from __future__ import annotations

from msgspec import Struct

from migrator.aws.reading import Reading
from migrator.core.errors import AwsError

ARCHIVE, META, CONFIG = "#current-cloud-backend.zip", "amplify-meta.json", "backend-config.json"
"""Keys in the deployment bucket."""
_MISSING = frozenset(("NotFoundException", "ResourceNotFoundException"))


class BackendEnvironment(Struct, frozen=True):
    """A Gen 1 environment: its root stack, and the bucket that `amplify push` deploys through."""

    name: str
    stack: str = ""
    bucket: str = ""


def environments(reading: Reading, app_id: str) -> tuple[BackendEnvironment, ...]:
    """All Gen 1 environments of an app. Raises AwsError.

    https://docs.aws.amazon.com/amplify/latest/APIReference/API_ListBackendEnvironments.html
    """
    listed = reading.listed("amplify", "ListBackendEnvironments", "backendEnvironments", appId=app_id)
    return tuple(sorted((_environment(row) for row in listed), key=lambda one: one.name))


def environment(reading: Reading, app_id: str, name: str) -> BackendEnvironment | None:
    """One environment; None when the app has none of that name. Raises AwsError for all else.

    https://docs.aws.amazon.com/amplify/latest/APIReference/API_GetBackendEnvironment.html
    """
    try:
        answer = reading.ask("amplify", "GetBackendEnvironment", appId=app_id, environmentName=name)
    except AwsError as problem:
        if problem.code in _MISSING:
            return None
        raise
    return _environment(answer.get("backendEnvironment", {}))


def deployment_bucket(reading: Reading, stack: str) -> str:
    """The bucket that the root stack of a Gen 1 environment made for deployments. Raises AwsError."""
    answer = reading.ask(
        "cloudformation", "DescribeStackResource", StackName=stack, LogicalResourceId="DeploymentBucket"
    )
    return str(answer.get("StackResourceDetail", {}).get("PhysicalResourceId", ""))


def _environment(row: dict[str, str]) -> BackendEnvironment:
    return BackendEnvironment(
        row.get("environmentName", ""), row.get("stackName", ""), row.get("deploymentArtifacts", "")
    )
