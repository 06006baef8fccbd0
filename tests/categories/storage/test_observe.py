"""What storage deploys, seen in both generations."""

from __future__ import annotations

from typing import Any

import pytest

from migrator.categories.storage.observe import OBSERVER
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.observed import Declared, Generation, Side
from migrator.gen1.graph import Evidence, Resource, ResourceGraph
from tests.categories.observing import differing, gen1, gen2, generation

BUCKET, TABLE = "AWS::S3::Bucket", "AWS::DynamoDB::Table"
KEPT = {"policies": {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}}
BLOCKED = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
RULE = {"AllowedMethods": ["GET", "PUT"], "AllowedOrigins": ["*"], "MaxAge": 3000}


def old(*resources: Declared) -> Generation:
    return generation(Side.GEN1, *resources)


def new(*resources: Declared) -> Generation:
    return generation(Side.GEN2, *resources)


def bucket(**said: Any) -> Declared:
    return gen1("storage/media#S3Bucket", BUCKET, said)


def made(**said: Any) -> Declared:
    return gen2("storage/media/Bucket", BUCKET, said, **KEPT)


def attributes(one: Any, other: Any) -> list[str]:
    return [found[1] for found in differing(OBSERVER, old(bucket(**one)), new(made(**other)))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {}),
        ({"CorsConfiguration": {"CorsRules": [{**RULE, "Id": "x"}]}}, {"CorsConfiguration": {"CorsRules": [RULE]}}),
        (
            {"CorsConfiguration": {"CorsRules": [RULE]}},
            {"CorsConfiguration": {"CorsRules": [{**RULE, "AllowedMethods": ["PUT", "GET"]}]}},
        ),
        ({}, {"PublicAccessBlockConfiguration": dict.fromkeys(BLOCKED, True)}),
        ({}, {"PublicAccessBlockConfiguration": {}}),
    ],
)
def test_what_means_the_same_is_the_same(one: Any, other: Any) -> None:
    assert attributes(one, other) == []


@pytest.mark.parametrize(
    ("one", "other", "attribute"),
    [
        (
            {"CorsConfiguration": {"CorsRules": [RULE]}},
            {"CorsConfiguration": {"CorsRules": [{**RULE, "AllowedOrigins": ["https://a"]}]}},
            "CorsConfiguration.CorsRules[0].AllowedOrigins",
        ),
        ({"VersioningConfiguration": {"Status": "Enabled"}}, {}, "VersioningConfiguration.Status"),
        (
            {},
            {"PublicAccessBlockConfiguration": {**dict.fromkeys(BLOCKED, True), "BlockPublicPolicy": False}},
            "PublicAccessBlockConfiguration.BlockPublicPolicy",
        ),
        (
            {"NotificationConfiguration": {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}},
            {},
            "TellsEventBridge",
        ),
        (
            {"AccelerateConfiguration": {"AccelerationStatus": "Enabled"}},
            {},
            "AccelerateConfiguration.AccelerationStatus",
        ),
    ],
)
def test_what_a_bucket_says_otherwise_is_seen(one: Any, other: Any, attribute: str) -> None:
    assert attributes(one, other) == [attribute]


def test_what_a_bucket_leaves_out_of_what_it_blocks_is_off() -> None:
    """Only a bucket that says nothing of it blocks everything."""
    found = attributes({}, {"PublicAccessBlockConfiguration": {"BlockPublicPolicy": True}})
    assert found == [f"PublicAccessBlockConfiguration.{one}" for one in BLOCKED if one != "BlockPublicPolicy"]


def test_event_bridge_is_told_however_it_is_said() -> None:
    said = {"BucketName": "${storage/media/Bucket#R}", "NotificationConfiguration": {"EventBridgeConfiguration": {}}}
    by_cdk = gen2("storage/media/Bucket/Notifications", "Custom::S3BucketNotifications", said)
    one = bucket(NotificationConfiguration={"EventBridgeConfiguration": {"EventBridgeEnabled": "true"}})
    assert differing(OBSERVER, old(one), new(made(), by_cdk)) == []


def test_the_order_of_cors_rules_counts() -> None:
    second = {**RULE, "MaxAge": 1}
    one, other = (
        {"CorsConfiguration": {"CorsRules": [RULE, second]}},
        {"CorsConfiguration": {"CorsRules": [second, RULE]}},
    )
    assert attributes(one, other) != []


def test_a_bucket_that_goes_with_its_stack_is_seen() -> None:
    lost = gen2("storage/media/Bucket", BUCKET)
    assert [f[1] for f in differing(OBSERVER, old(bucket()), new(lost))] == ["DeletionPolicy", "UpdateReplacePolicy"]


def told(*events: str, target: str = "arn") -> Declared:
    listed = [{"Events": [event], "LambdaFunctionArn": target} for event in events]
    said = {
        "BucketName": "${storage/media/Bucket#R}",
        "NotificationConfiguration": {"LambdaFunctionConfigurations": listed},
    }
    return gen2("storage/media/Bucket/Notifications", "Custom::S3BucketNotifications", said)


CREATED = {"NotificationConfiguration": {"LambdaConfigurations": [{"Event": "s3:ObjectCreated:*", "Function": "arn"}]}}


def test_a_notification_is_one_however_it_is_made() -> None:
    assert differing(OBSERVER, old(bucket(**CREATED)), new(made(), told("s3:ObjectCreated:*"))) == []


@pytest.mark.parametrize(
    "others",
    [(), (told("s3:ObjectRemoved:*"),), (told("s3:ObjectCreated:*", target="b"),), (told("s3:ObjectCreated:*", "x"),)],
)
def test_another_notification_is_seen(others: tuple[Declared, ...]) -> None:
    assert differing(OBSERVER, old(bucket(**CREATED)), new(made(), *others)) != []


def test_a_filter_of_a_notification_is_seen() -> None:
    filtered = {
        "Event": "s3:ObjectCreated:*",
        "Function": "arn",
        "Filter": {"S3Key": {"Rules": [{"Name": "prefix", "Value": "in/"}]}},
    }
    one = bucket(NotificationConfiguration={"LambdaConfigurations": [filtered]})
    assert differing(OBSERVER, old(one), new(made(), told("s3:ObjectCreated:*"))) != []


def test_a_policy_that_refuses_plain_http_is_seen() -> None:
    statement = {"Effect": "Deny", "Action": "s3:*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    said = {"Bucket": "${storage/media/Bucket#R}", "PolicyDocument": {"Statement": [statement]}}
    policy = gen2("storage/media/Bucket/Policy", "AWS::S3::BucketPolicy", said)
    assert differing(OBSERVER, old(bucket()), new(made(), policy)) == [("bucket media", "RefusesPlainHttp", None, True)]


def table(**said: Any) -> dict[str, Any]:
    return {"KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}], **said}


@pytest.mark.parametrize(
    ("one", "other", "attribute"),
    [
        ({}, {"KeySchema": [{"AttributeName": "key", "KeyType": "HASH"}]}, "KeySchema[0].AttributeName"),
        ({}, {"BillingMode": "PAY_PER_REQUEST"}, "BillingMode"),
        ({"StreamSpecification": {"StreamViewType": "NEW_IMAGE"}}, {}, "StreamSpecification.StreamViewType"),
        (
            {"GlobalSecondaryIndexes": [{"IndexName": "byAge", "KeySchema": [{"AttributeName": "age"}]}]},
            {"GlobalSecondaryIndexes": [{"IndexName": "byAge", "KeySchema": [{"AttributeName": "at"}]}]},
            "GlobalSecondaryIndexes[byAge].KeySchema[0].AttributeName",
        ),
        (
            {"TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": True}},
            {"TimeToLiveSpecification": {"AttributeName": "ttl"}},
            "TimeToLiveSpecification.Enabled",
        ),
        ({"DeletionProtectionEnabled": True}, {}, "DeletionProtectionEnabled"),
        ({"SSESpecification": {"SSEEnabled": True}}, {}, "SSESpecification.SSEEnabled"),
    ],
)
def test_what_a_table_says_otherwise_is_seen(one: Any, other: Any, attribute: str) -> None:
    left = gen1("storage/points#DynamoDBTable", TABLE, table(**one))
    right = gen2("storage-points/points", TABLE, table(**other), **KEPT)
    assert [f[:2] for f in differing(OBSERVER, old(left), new(right))] == [("table points", attribute)]


def test_tables_of_models_are_not_storages() -> None:
    assert differing(OBSERVER, old(gen1("api/shop/Todo#TodoTable", TABLE)), new()) == []


def test_a_bucket_whose_name_no_construct_may_have_is_the_same_thing() -> None:
    known = ResourceGraph((Resource(ResourceRef("storage", "2024"), "S3", Evidence.SOURCE),))
    made = gen2("storage/storage-2024/Bucket", BUCKET, {})
    context = Context(known, None)  # type: ignore[arg-type]
    assert OBSERVER.name(made, Generation(Side.GEN2, (made,), context)) == "bucket 2024"
    other = gen2("storage/media/Bucket", BUCKET, {})
    assert OBSERVER.name(other, Generation(Side.GEN2, (other,), context)) == "bucket media"
