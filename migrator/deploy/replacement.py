"""What CloudFormation does to a resource when a property of it changes, and which resources hold what users gave.

The facts about AWS types come from AWS's resource specification (`replacements.json`, written by
`scripts/extract_replacements.mjs`); those about Amplify's custom resources from its own code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct


class Effect(IntEnum):
    """What a change does to the resource, the heavier the higher."""

    NONE = 0
    """It stays, and is changed."""
    MAYBE = 1
    """It may be replaced: it depends on the value, or nobody says."""
    REPLACED = 2
    """A new one takes its place, with another id and empty."""
    REFUSED = 3
    """AWS does not change that in a resource that exists: the deployment would fail."""


class Reason(Struct, frozen=True):
    """An effect, and why."""

    effect: Effect
    text: str = ""


HOLDERS: Mapping[str, str] = {
    "AWS::Cognito::UserPool": "users",
    "AWS::Cognito::IdentityPool": "identities",
    "AWS::S3::Bucket": "files",
    "AWS::DynamoDB::Table": "rows",
    "AWS::DynamoDB::GlobalTable": "rows",
    "Custom::AmplifyDynamoDBTable": "rows",
    "Custom::ImportedAmplifyDynamoDBTable": "rows",
    "AWS::RDS::DBInstance": "rows",
    "AWS::RDS::DBCluster": "rows",
    "AWS::RDS::GlobalCluster": "rows",
    "AWS::DocDB::DBCluster": "documents",
    "AWS::Neptune::DBCluster": "graphs",
    "AWS::Timestream::Table": "rows",
    "AWS::EFS::FileSystem": "files",
    "AWS::EC2::Volume": "files",
    "AWS::ECR::Repository": "images",
    "AWS::CodeCommit::Repository": "sources",
    "AWS::Backup::BackupVault": "backups",
    "AWS::Kinesis::Stream": "records",
    "AWS::SQS::Queue": "messages",
    "AWS::KMS::Key": "the key to what is encrypted with it",
    "AWS::SecretsManager::Secret": "a secret",
    "AWS::SNS::Topic": "subscriptions",
    "AWS::OpenSearchService::Domain": "documents",
    "AWS::OpenSearchServerless::Collection": "documents",
    "AWS::Elasticsearch::Domain": "documents",
    "AWS::Location::GeofenceCollection": "geofences",
    "AWS::Location::Tracker": "positions",
    "AWS::Pinpoint::App": "endpoints",
    "AWS::Rekognition::Collection": "faces",
    "AWS::Events::Archive": "events",
    "AWS::SES::ContactList": "contacts",
}
"""Types whose resources hold something that a new one would not have. Logs are none of them."""

_LOCKED = "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-updating.html"
_LOCKED_POOL = frozenset({"AliasAttributes", "UsernameAttributes", "UsernameConfiguration"})
"""Settings of a user pool that cannot be changed; the specification does not know it."""
_TABLE_CHANGES = frozenset(
    {
        "ServiceToken",
        "allowDestructiveGraphqlSchemaUpdates",
        "attributeDefinitions",
        "billingMode",
        "deletionProtectionEnabled",
        "importSourceSpecification",
        "isImported",
        "pointInTimeRecoverySpecification",
        "provisionedThroughput",
        "replaceTableUponGsiUpdate",
        "sseSpecification",
        "streamSpecification",
        "tags",
        "timeToLiveSpecification",
    }
)
"""What Amplify's table manager changes in place."""
_TABLES = ("Custom::AmplifyDynamoDBTable", "Custom::ImportedAmplifyDynamoDBTable")


def effect_of(type_: str, name: str, before: Any, after: Any, properties: Mapping[str, Any]) -> Reason:
    """What happens when the property `name` goes from `before` to `after`; `properties` are the new ones."""
    if type_ in _TABLES:
        return _table_effect(name, properties)
    if type_ == "AWS::Cognito::UserPool":
        locked = _pool_effect(name, before, after)
        if locked:
            return locked
    facts = _types().get(type_)
    if facts is None:
        own = type_.startswith("Custom::") or type_ == "AWS::CloudFormation::CustomResource"
        return Reason(Effect.MAYBE, "its own code decides" if own else f"nothing is known about {type_}")
    if name in facts.get("yes", ()):
        return Reason(Effect.REPLACED, f"{name} cannot be changed in place ({documentation(type_)})")
    if name in facts.get("maybe", ()):
        return Reason(Effect.MAYBE, f"some changes of {name} replace it ({documentation(type_)})")
    if name in facts.get("no", ()):
        return Reason(Effect.NONE)
    return Reason(Effect.MAYBE, f"nothing is known about {name} of {type_}")


def documentation(type_: str) -> str:
    """The page of the template reference that says what each property's update requires."""
    name = "-".join(re.sub(r"[^a-z0-9]", "", part.lower()) for part in type_.split("::")[1:])
    return f"https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-{name}.html"


def _table_effect(name: str, properties: Mapping[str, Any]) -> Reason:
    """The table manager of @aws-amplify/graphql-model-transformer (`amplify-table-manager-handler`)."""
    destructive = properties.get("allowDestructiveGraphqlSchemaUpdates") in (True, "true")
    upon_index = properties.get("replaceTableUponGsiUpdate") in (True, "true")
    lost = "Amplify deletes the table and makes it anew under the same name: its Retain policy does not keep the rows"
    if name == "keySchema":
        if destructive:
            return Reason(Effect.REPLACED, f"its key changes; {lost}")
        return Reason(Effect.REFUSED, "its key changes, and destructive updates of the schema are not allowed")
    if name == "globalSecondaryIndexes":
        if destructive and upon_index:
            return Reason(Effect.REPLACED, f"its indexes change, and replaceTableUponGsiUpdate is set; {lost}")
        return Reason(Effect.NONE)
    if name in _TABLE_CHANGES:
        return Reason(Effect.NONE)
    return Reason(Effect.MAYBE, f"{name} changes")


def _pool_effect(name: str, before: Any, after: Any) -> Reason | None:
    if name in _LOCKED_POOL:
        return Reason(Effect.REFUSED, f"{name} of a user pool that exists cannot be changed ({_LOCKED})")
    if name == "Schema":
        new = _attributes(after)
        changed = sorted(key for key, value in _attributes(before).items() if key in new and new[key] != value)
        gone = sorted(set(_attributes(before)) - set(new))
        if changed or gone:
            text = f"attributes of a user pool that exists cannot be changed: {', '.join(changed + gone)} ({_LOCKED})"
            return Reason(Effect.REFUSED, text)
    return None


def _attributes(schema: Any) -> dict[str, Any]:
    listed = schema if isinstance(schema, list) else []
    return {str(one.get("Name")): one for one in listed if isinstance(one, dict)}


@lru_cache(maxsize=1)
def _types() -> Mapping[str, Mapping[str, frozenset[str]]]:
    content = msgspec.json.decode((Path(__file__).parent / "replacements.json").read_bytes(), type=_Facts)
    return {
        type_: {answer: frozenset(names.split()) for answer, names in by.items()} for type_, by in content.types.items()
    }


class _Facts(Struct, frozen=True):
    source: str
    types: dict[str, dict[str, str]]
