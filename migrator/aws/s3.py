"""Buckets as they are, read only.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from migrator.aws.lifecycle import rule
from migrator.aws.properties import Properties, optional
from migrator.aws.session import Session

_GONE = ("404", "NoSuchBucket", "NotFound")
_CORS = {
    "AllowedHeaders": "AllowedHeaders",
    "AllowedMethods": "AllowedMethods",
    "AllowedOrigins": "AllowedOrigins",
    "ExposeHeaders": "ExposedHeaders",
    "MaxAgeSeconds": "MaxAge",
    "ID": "Id",
}
_TARGETS = {
    "LambdaFunctionConfigurations": ("LambdaConfigurations", "LambdaFunctionArn", "Function"),
    "QueueConfigurations": ("QueueConfigurations", "QueueArn", "Queue"),
    "TopicConfigurations": ("TopicConfigurations", "TopicArn", "Topic"),
}


def bucket(session: Session, name: str) -> Properties | None:
    """A bucket by its name; None when there is none. Raises AwsError."""
    client = session.client("s3")

    def asked(call: Callable[..., Any], of: str, *missing: str) -> Mapping[str, Any]:
        found = optional(lambda: call(Bucket=name), f"{of} of the bucket {name}", *missing)
        return found or {}

    if optional(lambda: client.head_bucket(Bucket=name), f"the bucket {name}", *_GONE) is None:
        return None
    cors = asked(client.get_bucket_cors, "the CORS rules", "NoSuchCORSConfiguration").get("CORSRules")
    encryption = asked(
        client.get_bucket_encryption, "the encryption", "ServerSideEncryptionConfigurationNotFoundError"
    ).get("ServerSideEncryptionConfiguration", {})
    block = asked(client.get_public_access_block, "the public access", "NoSuchPublicAccessBlockConfiguration")
    owner = asked(client.get_bucket_ownership_controls, "the owner", "OwnershipControlsNotFoundError")
    versioning = asked(client.get_bucket_versioning, "the versions").get("Status")
    rules = asked(client.get_bucket_lifecycle_configuration, "the life cycle", "NoSuchLifecycleConfiguration")
    told = asked(client.get_bucket_notification_configuration, "the notifications")
    return {
        "BucketName": name,
        "CorsConfiguration": {"CorsRules": [_renamed(one) for one in cors]} if cors else None,
        "BucketEncryption": {"ServerSideEncryptionConfiguration": list(_encryption(encryption))}
        if encryption
        else None,
        "PublicAccessBlockConfiguration": block.get("PublicAccessBlockConfiguration"),
        "OwnershipControls": owner.get("OwnershipControls"),
        "VersioningConfiguration": {"Status": versioning} if versioning else None,
        "LifecycleConfiguration": {"Rules": [rule(one) for one in rules["Rules"]]} if rules.get("Rules") else None,
        "NotificationConfiguration": notifications(told) or None,
    }


def _renamed(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {_CORS[key]: value for key, value in rule.items() if key in _CORS}


def _encryption(said: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for one in said.get("Rules", ()):
        yield {
            "ServerSideEncryptionByDefault": one.get("ApplyServerSideEncryptionByDefault"),
            **({"BucketKeyEnabled": True} if one.get("BucketKeyEnabled") else {}),
        }


def notifications(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a bucket tells of its objects, one entry for each event, as a template's `NotificationConfiguration`."""
    found: dict[str, Any] = {}
    for member, (property, arn, target) in _TARGETS.items():
        for one in said.get(member, ()):
            rules = one.get("Filter", {}).get("Key", {}).get("FilterRules", ())
            narrowed = {"Filter": {"S3Key": {"Rules": [dict(rule) for rule in rules]}}} if rules else {}
            for event in one.get("Events", ()):
                found.setdefault(property, []).append({"Event": event, target: one.get(arn), **narrowed})
    return found


def bucket_policy(session: Session, name: str) -> Properties | None:
    """The policy document of a bucket; None for a bucket without one. Raises AwsError."""
    client = session.client("s3")
    found = optional(
        lambda: client.get_bucket_policy(Bucket=name), f"the policy of the bucket {name}", "NoSuchBucketPolicy"
    )
    if found is None:
        return None
    document: dict[str, Any] = msgspec.json.decode(found["Policy"])
    return document
