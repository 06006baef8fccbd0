"""What a Gen 1 bucket or table is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from migrator.gen1.graph import Node


class Permission(StrEnum):
    """What may be done with the files below a path."""

    GET = "get"
    WRITE = "write"
    DELETE = "delete"


class Rights(Node, frozen=True):
    """What one role may do, by the four paths that the Gen 1 libraries use.

    `protected` and `private` are the caller's own files; `lists` is the CLI's read policy: listing `public/`,
    `protected/` and the own `private/`, and getting everybody's `protected/` files.
    """

    public: tuple[Permission, ...] = ()
    protected: tuple[Permission, ...] = ()
    private: tuple[Permission, ...] = ()
    uploads: tuple[Permission, ...] = ()
    lists: bool = False


class CorsRule(Struct, frozen=True):
    """Which web pages may call the bucket."""

    headers: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    exposed: tuple[str, ...] = ()
    max_age: int = 0


CLI_CORS = (
    CorsRule(
        headers=("*",),
        methods=("GET", "HEAD", "PUT", "POST", "DELETE"),
        origins=("*",),
        exposed=("x-amz-server-side-encryption", "x-amz-request-id", "x-amz-id-2", "ETag"),
        max_age=3000,
    ),
)
"""What the Gen 1 CLI writes, and what `defineStorage` sets as well."""


class Notification(Struct, frozen=True):
    """An event of the bucket that calls a function; `prefix` and `suffix` narrow it."""

    event: str
    function: str
    prefix: str = ""
    suffix: str = ""


class Bucket(Node, frozen=True):
    """An S3 bucket (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html)."""

    resource: str = ""
    """The name of the Amplify resource."""
    name: str = ""
    """The name of the live bucket, as far as it is known."""
    retained: bool = True
    """Whether the bucket outlives its stack."""
    signed_in: Rights = Rights()
    guest: Rights = Rights()
    cors: tuple[CorsRule, ...] = CLI_CORS
    versioned: bool = False
    encryption: Any = None
    """`BucketEncryption`; S3 encrypts with AES256 when nothing is said, in both generations."""
    notifications: tuple[Notification, ...] = ()
    other: Mapping[str, Any] = {}
    """Further CloudFormation properties, from overrides and hand edits."""


class Principal(StrEnum):
    """Whom a policy on the bucket is for."""

    SIGNED_IN = "signed-in"
    GUEST = "guest"
    GROUP = "group"
    FUNCTION = "function"
    OTHER = "other"


class BucketPolicy(Node, frozen=True):
    """Rights on the bucket beyond the four paths: of a group, of a trigger, or from a hand edit."""

    principal: Principal = Principal.OTHER
    name: str = ""
    """The group or the function."""
    statements: tuple[Any, ...] = ()
    """IAM statements with `${S3Bucket}` for the bucket."""


class ImportedStorage(Node, frozen=True):
    """A bucket or table that Gen 1 referred to without owning it."""

    resource: str = ""
    kind: str = ""
    name: str = ""
    region: str = ""


class Key(Struct, frozen=True):
    """A key attribute: its name and type (`S`, `N`, `B`)."""

    name: str
    type: str = "S"


class Index(Struct, frozen=True):
    """A secondary index; capacities of 0 mean on demand."""

    name: str
    partition: Key
    sort: Key | None = None
    projection: str = "ALL"
    projected: tuple[str, ...] = ()
    read_capacity: int = 0
    write_capacity: int = 0


class TableNode(Node, frozen=True):
    """A DynamoDB table.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
    """

    resource: str = ""
    name: str = ""
    """The name of the live table."""
    partition: Key = Key("id")
    sort: Key | None = None
    indexes: tuple[Index, ...] = ()
    local_indexes: tuple[Index, ...] = ()
    on_demand: bool = False
    read_capacity: int = 5
    """Capacity units; the CLI always writes 5."""
    write_capacity: int = 5
    stream: str = ""
    """`StreamViewType`, empty for no stream."""
    ttl: str = ""
    """The attribute that holds the time at which a row expires (epoch seconds)."""
    point_in_time_recovery: bool = False
    retained: bool = False
    other: Mapping[str, Any] = {}
    """Further CloudFormation properties."""
