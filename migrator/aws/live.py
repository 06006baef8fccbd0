"""What is deployed as it is now: the resources of a stack, and the properties that their services tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from migrator.aws.reading import DENIED, Reading
from migrator.core.errors import AwsError

_STACK = "AWS::CloudFormation::Stack"
_DEEPEST = 6


class Deployed(Struct, frozen=True):
    """A resource of a stack or of one nested in it."""

    type: str
    id: str
    """Its physical id."""
    logical_id: str
    stack: str = ""
    """Where in the tree of stacks: logical ids as in `apishop/Todo`; empty for the root stack."""


class Refused(Struct, frozen=True):
    """A question that AWS did not answer."""

    resource: str
    question: str
    """Such as `s3:GetBucketCors`."""
    reason: str
    hint: str = ""
    denied: bool = False


class Follow(Struct, frozen=True):
    """A list of names, each of which is asked for in turn."""

    operation: str
    argument: str
    name: str
    answer: str


class Probe(Struct, frozen=True):
    """One question about a resource: what is asked, where the answer stands, and what it is kept under."""

    operation: str
    argument: str
    answer: str = ""
    """The member of the answer that counts; empty for all of it."""
    under: str = ""
    """The member that it is kept under; empty for the resource's own properties."""
    listed: bool = False
    absent: tuple[str, ...] = ()
    """AWS's codes for: nothing of the kind is set, or the region does not offer it."""
    follow: Follow | None = None


_CLIENT = Follow("DescribeUserPoolClient", "ClientId", "ClientId", "UserPoolClient")
_PROVIDER = Follow("DescribeIdentityProvider", "ProviderName", "ProviderName", "IdentityProvider")
_POOL, _BUCKET, _TABLE = "UserPoolId", "Bucket", "TableName"
PROBES: Mapping[str, tuple[str, tuple[Probe, ...]]] = {
    "AWS::Cognito::UserPool": (
        "cognito-idp",
        (
            Probe("DescribeUserPool", _POOL, "UserPool"),
            Probe("GetUserPoolMfaConfig", _POOL, under="MfaConfig"),
            Probe("ListGroups", _POOL, "Groups", "Groups", listed=True),
            Probe("ListUserPoolClients", _POOL, "UserPoolClients", "Clients", listed=True, follow=_CLIENT),
            Probe("ListIdentityProviders", _POOL, "Providers", "IdentityProviders", listed=True, follow=_PROVIDER),
        ),
    ),
    "AWS::Cognito::IdentityPool": (
        "cognito-identity",
        (
            Probe("DescribeIdentityPool", "IdentityPoolId"),
            Probe("GetIdentityPoolRoles", "IdentityPoolId", under="Roles"),
        ),
    ),
    "AWS::S3::Bucket": (
        "s3",
        (
            Probe("GetBucketVersioning", _BUCKET, "Status", "Versioning"),
            Probe(
                "GetBucketEncryption",
                _BUCKET,
                "ServerSideEncryptionConfiguration",
                "Encryption",
                absent=("ServerSideEncryptionConfigurationNotFoundError",),
            ),
            Probe("GetBucketCors", _BUCKET, "CORSRules", "Cors", absent=("NoSuchCORSConfiguration",)),
            Probe(
                "GetBucketLifecycleConfiguration",
                _BUCKET,
                "Rules",
                "Lifecycle",
                absent=("NoSuchLifecycleConfiguration",),
            ),
            Probe(
                "GetPublicAccessBlock",
                _BUCKET,
                "PublicAccessBlockConfiguration",
                "PublicAccessBlock",
                absent=("NoSuchPublicAccessBlockConfiguration",),
            ),
            Probe(
                "GetBucketOwnershipControls",
                _BUCKET,
                "OwnershipControls",
                "OwnershipControls",
                absent=("OwnershipControlsNotFoundError",),
            ),
            Probe("GetBucketNotificationConfiguration", _BUCKET, under="Notifications"),
            # some regions do not know acceleration at all: https://docs.aws.amazon.com/AmazonS3/latest/userguide/transfer-acceleration.html
            Probe(
                "GetBucketAccelerateConfiguration",
                _BUCKET,
                "Status",
                "Acceleration",
                absent=("MethodNotAllowed", "UnsupportedArgument", "NotImplemented"),
            ),
            Probe("GetBucketTagging", _BUCKET, "TagSet", "Tags", absent=("NoSuchTagSet",)),
        ),
    ),
    "AWS::DynamoDB::Table": (
        "dynamodb",
        (
            Probe("DescribeTable", _TABLE, "Table"),
            Probe("DescribeContinuousBackups", _TABLE, "ContinuousBackupsDescription", "ContinuousBackups"),
            Probe("DescribeTimeToLive", _TABLE, "TimeToLiveDescription", "TimeToLive"),
        ),
    ),
    "AWS::AppSync::GraphQLApi": (
        "appsync",
        (
            Probe("GetGraphqlApi", "apiId", "graphqlApi"),
            Probe("ListApiKeys", "apiId", "apiKeys", "ApiKeys", listed=True),
        ),
    ),
    "AWS::Lambda::Function": ("lambda", (Probe("GetFunctionConfiguration", "FunctionName"),)),
}
"""By CloudFormation type, the service and what it is asked."""
HOLDING_DATA = ("AWS::Cognito::UserPool", "AWS::Cognito::IdentityPool", "AWS::S3::Bucket", "AWS::DynamoDB::Table")


def resources_of(reading: Reading, stack: str, path: str = "", depth: int = 0) -> Iterator[Deployed]:
    """Every resource of a stack and of those nested in it. Raises AwsError when the stack cannot be listed."""
    listed = reading.listed("cloudformation", "ListStackResources", "StackResourceSummaries", StackName=stack)
    for row in listed:
        physical, logical = row.get("PhysicalResourceId", ""), row.get("LogicalResourceId", "")
        if not physical or row.get("ResourceStatus") == "DELETE_COMPLETE":
            continue
        if row.get("ResourceType") == _STACK and depth < _DEEPEST:
            yield from resources_of(reading, physical, f"{path}/{logical}".strip("/"), depth + 1)
        else:
            yield Deployed(row.get("ResourceType", ""), physical, logical, path)


def properties_of(reading: Reading, resource: Deployed) -> tuple[dict[str, Any], tuple[Refused, ...]]:
    """What the service tells of a resource, and what it would not tell; nothing for a type that is not asked about."""
    service, probes = PROBES.get(resource.type, ("", ()))
    found: dict[str, Any] = {}
    refused: list[Refused] = []
    for probe in probes:
        try:
            answer = _answer(reading, service, probe, _id(resource))
        except AwsError as problem:
            if problem.code not in probe.absent:
                denied = problem.code in DENIED
                question = f"{service}:{probe.operation}"
                refused.append(Refused(resource.id, question, problem.message, problem.hint, denied))
            continue
        if probe.under:
            found[probe.under] = answer
        elif isinstance(answer, dict):
            found.update(answer)
    return found, tuple(refused)


def _id(resource: Deployed) -> str:
    """AppSync is asked by the id at the end of the ARN that CloudFormation has."""
    return resource.id.rpartition("/")[2] if resource.type == "AWS::AppSync::GraphQLApi" else resource.id


def _answer(reading: Reading, service: str, probe: Probe, id: str) -> Any:
    if not probe.listed:
        answer = reading.ask(service, probe.operation, **{probe.argument: id})
        return answer.get(probe.answer) if probe.answer else answer
    listed = reading.listed(service, probe.operation, probe.answer, **{probe.argument: id})
    follow = probe.follow
    if follow is None:
        return listed
    names = [str(row.get(follow.name, "")) for row in listed]
    return [
        reading.ask(service, follow.operation, **{probe.argument: id, follow.argument: name}).get(follow.answer)
        for name in sorted(names)
    ]
