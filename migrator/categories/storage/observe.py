"""What storage deploys, in both generations: buckets and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.storage import observe_outputs
from migrator.categories.storage.transforms import friendly_name
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.flatten import BAG, SET, Shape, by
from migrator.engine.observed import Declared, Generation, Observed, Observer, Side
from migrator.engine.observing import defaults, observed

BUCKET = "AWS::S3::Bucket"
POLICY = "AWS::S3::BucketPolicy"
TABLE = "AWS::DynamoDB::Table"
NOTIFICATIONS = "Custom::S3BucketNotifications"

_GEN2_BUCKET = re.compile(r"^storage/([^/]+)/Bucket$")
_GEN2_TABLE = re.compile(r"^storage-[^/]+/([^/]+)$")
_ENCRYPTION = "BucketEncryption.ServerSideEncryptionConfiguration[*]"
_RULE = "CorsConfiguration.CorsRules[*]"
_BUCKET_SHAPES: dict[str, Shape] = {
    f"{_RULE}.AllowedHeaders": SET,
    f"{_RULE}.AllowedMethods": SET,
    f"{_RULE}.AllowedOrigins": SET,
    f"{_RULE}.ExposedHeaders": SET,
    "Notifications": BAG,
    "Notifications[*].Filter": BAG,
    "LifecycleConfiguration.Rules": by("Id"),
}
_TABLE_SHAPES: dict[str, Shape] = {
    "AttributeDefinitions": by("AttributeName"),
    "GlobalSecondaryIndexes": by("IndexName"),
    "LocalSecondaryIndexes": by("IndexName"),
    "GlobalSecondaryIndexes[*].Projection.NonKeyAttributes": SET,
    "LocalSecondaryIndexes[*].Projection.NonKeyAttributes": SET,
}
_BLOCKED = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
"""What a bucket can block; a new one blocks all of it."""
_NOTIFIED = (
    ("LambdaConfigurations", "LambdaFunctionConfigurations", "Function", "LambdaFunctionArn"),
    ("QueueConfigurations", "QueueConfigurations", "Queue", "QueueArn"),
    ("TopicConfigurations", "TopicConfigurations", "Topic", "TopicArn"),
)
"""What a bucket tells of its objects: property of the bucket, of CDK's custom resource, and the target in each."""


def name(declared: Declared, generation: Generation) -> str:
    """What both generations call a bucket or a table."""
    word = {BUCKET: "bucket", TABLE: "table"}.get(declared.type)
    if word is None:
        return ""
    if generation.side is Side.GEN1:
        category, _, resource = declared.stack.partition("/")
        own = declared.logical_id in ("S3Bucket", "DynamoDBTable")
        return f"{word} {resource}" if category == "storage" and own else ""
    found = (_GEN2_BUCKET if word == "bucket" else _GEN2_TABLE).match(declared.path)
    return f"{word} {_resource(found[1], generation.context)}" if found else ""


def _resource(construct: str, context: Context) -> str:
    """The Gen 1 resource that a construct is named after: `storage-2024` is `2024`, which no construct may be."""
    buckets = (one.ref.name for one in context.graph.resources if one.service == "S3")
    return next((name for name in buckets if friendly_name(name, context) == construct), construct)


def observe(generation: Generation) -> Iterator[Observed]:
    """Everything that storage deploys."""
    for bucket in generation.of(BUCKET):
        if bucket.name.startswith("bucket "):
            yield _bucket(bucket, generation)
    for table in generation.of(TABLE):
        if table.name.startswith("table "):
            yield observed(table.name, table, generation, _TABLE_SHAPES)


def _bucket(bucket: Declared, generation: Generation) -> Observed:
    own = f"${{{bucket.name}}}"
    told = tuple(one for one in generation.of(NOTIFICATIONS) if one.properties.get("BucketName") == own)
    policies = [one for one in generation.of(POLICY) if one.properties.get("Bucket") == own]
    said: dict[str, Any] = dict(bucket.properties)
    said["Notifications"] = [
        *_notifications(said.pop("NotificationConfiguration", {})),
        *(each for one in told for each in _notifications(one.properties.get("NotificationConfiguration", {}))),
    ]
    if any(_refuses_http(one.properties) for one in policies):
        said["RefusesPlainHttp"] = True
    told_of = (bucket.properties, *(one.properties for one in told))
    if any(_tells_event_bridge(one.get("NotificationConfiguration")) for one in told_of):
        said["TellsEventBridge"] = True
    said["CorsConfiguration"] = {"CorsRules": _cors(said.get("CorsConfiguration"))}
    said |= _blocking(said.get("PublicAccessBlockConfiguration"))
    return observed(bucket.name, bucket, generation, _BUCKET_SHAPES, properties=said, of=told)


def _blocking(said: object) -> dict[str, Any]:
    """What a bucket blocks, all four (normalisation `public-access`): a bucket that says nothing blocks everything, but
    what one that says some of them leaves out is off.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html
    """
    if not isinstance(said, Mapping) or not said:
        return {}
    return {"PublicAccessBlockConfiguration": {**dict.fromkeys(_BLOCKED, False), **said}}


def _tells_event_bridge(said: object) -> bool:
    """Whether a bucket tells EventBridge of all of its objects; the empty object of S3's own words says so."""
    if not isinstance(said, Mapping) or not isinstance(bridge := said.get("EventBridgeConfiguration"), Mapping):
        return False
    return str(bridge.get("EventBridgeEnabled", True)).lower() == "true"


def _cors(said: object) -> list[Mapping[str, Any]]:
    """Rules in their order, without ids (normalisation `cors-ids`): the first rule that fits counts, ids do nothing."""
    rules = said.get("CorsRules") if isinstance(said, Mapping) else None
    listed = rules if isinstance(rules, list) else []
    return [{key: value for key, value in rule.items() if key != "Id"} for rule in listed if isinstance(rule, Mapping)]


def _notifications(said: Any) -> Iterator[Mapping[str, Any]]:
    """One for each event and target (normalisation `notifications`): CDK makes them by a custom resource, in S3's own
    words; a bucket's property has CloudFormation's."""
    for property, word, target, arn in _NOTIFIED if isinstance(said, Mapping) else ():
        for one in (*said.get(property, ()), *(said.get(word, ()) if word != property else ())):
            if not isinstance(one, Mapping):
                continue
            events = one.get("Events") or [one.get("Event")]
            for event in events:
                yield {"Event": event, "Target": one.get(target) or one.get(arn), "Filter": _filters(one)}


def _filters(said: Mapping[str, Any]) -> list[Mapping[str, str]]:
    keys = said.get("Filter", {})
    for step in ("S3Key", "Key"):
        keys = keys.get(step, keys) if isinstance(keys, Mapping) else {}
    rules = keys.get("Rules") or keys.get("FilterRules") if isinstance(keys, Mapping) else ()
    return [
        {"Name": str(rule.get("Name", "")).lower(), "Value": str(rule.get("Value", ""))}
        for rule in rules or ()
        if isinstance(rule, Mapping)
    ]


def _refuses_http(properties: Mapping[str, Any]) -> bool:
    """Whether a policy refuses every request that is not encrypted on its way."""
    document = properties.get("PolicyDocument")
    statements = document.get("Statement", ()) if isinstance(document, Mapping) else ()
    refusing = {"Bool": {"aws:SecureTransport": "false"}}
    return any(
        one.get("Effect") == "Deny" and one.get("Action") == "s3:*" and one.get("Condition") == refusing
        for one in statements
        if isinstance(one, Mapping)
    )


DEFAULTS = (
    *defaults(
        BUCKET,
        "aws-resource-s3-bucket",
        {
            f"{_ENCRYPTION}.ServerSideEncryptionByDefault.SSEAlgorithm": "AES256",
            **{f"PublicAccessBlockConfiguration.{one}": True for one in _BLOCKED},
        },
    ),
    *defaults(
        TABLE,
        "aws-resource-dynamodb-table",
        {
            "BillingMode": "PROVISIONED",
            "DeletionProtectionEnabled": False,
            "SSESpecification.SSEEnabled": False,
            "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled": False,
            "TimeToLiveSpecification.Enabled": False,
            "SSESpecification.SSEType": "KMS",
            "TableClass": "STANDARD",
        },
    ),
)


def gives(ref: ResourceRef, output: str, context: Context) -> str:
    """What others take of a bucket or table."""
    if ref.category != "storage":
        return ""
    table = f"${{table {ref.name}}}"
    given = {
        "BucketName": f"${{bucket {ref.name}}}",
        "Name": table,
        "Arn": f"arn:aws:dynamodb:${{AWS::Region}}:${{AWS::AccountId}}:table/{table}",
        "StreamArn": f"${{table {ref.name}.StreamArn}}",
    }
    return given.get(output, "")


OBSERVER = Observer(name, observe, DEFAULTS, gives, tells=observe_outputs.observe)
