"""What services say becomes what a template would say."""

from __future__ import annotations

import base64
import io

import pytest

from migrator.aws import appsync, cognito, dynamodb, lambda_, s3
from migrator.core.errors import AwsError
from tests.aws.stubbed import Stubbed

_POOL = {
    "Id": "eu-west-1_a",
    "Name": "shop",
    "Policies": {"PasswordPolicy": {"MinimumLength": 10, "RequireNumbers": True}},
    "SchemaAttributes": [
        {"Name": "sub", "Mutable": False, "Required": True},
        {"Name": "nickname", "Mutable": True, "Required": False, "AttributeDataType": "String"},
        {"Name": "email", "Mutable": True, "Required": True, "AttributeDataType": "String"},
        {
            "Name": "custom:level",
            "AttributeDataType": "Number",
            "Mutable": True,
            "Required": False,
            "NumberAttributeConstraints": {"MaxValue": "9"},
        },
    ],
    "LambdaConfig": {},
}


def _pool(factors: dict[str, object]) -> Stubbed:
    aws = Stubbed().answers("cognito-idp", "describe_user_pool", {"UserPool": _POOL})
    return aws.answers("cognito-idp", "get_user_pool_mfa_config", factors)


def test_a_pool_shows_only_attributes_that_somebody_declared():
    found = cognito.user_pool(_pool({"MfaConfiguration": "OFF"}), "eu-west-1_a")
    assert [one["Name"] for one in found["Schema"]] == ["email", "level"]


def test_custom_attributes_keep_their_constraints():
    found = cognito.user_pool(_pool({"MfaConfiguration": "OFF"}), "eu-west-1_a")
    assert found["Schema"][1]["NumberAttributeConstraints"] == {"MaxValue": "9"}


def test_what_is_not_set_is_known_to_be_not_set():
    assert cognito.user_pool(_pool({"MfaConfiguration": "OFF"}), "eu-west-1_a")["LambdaConfig"] is None


def test_the_factors_of_a_pool_come_from_a_call_of_their_own():
    answer = {"MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": {"Enabled": True}}
    found = cognito.user_pool(_pool(answer), "eu-west-1_a")
    assert (found["MfaConfiguration"], found["EnabledMfas"]) == ("OPTIONAL", ["SOFTWARE_TOKEN_MFA"])


def test_a_pool_that_is_gone_is_none():
    aws = Stubbed().fails("cognito-idp", "describe_user_pool", "ResourceNotFoundException")
    assert cognito.user_pool(aws, "eu-west-1_a") is None


def test_a_refusal_is_told_with_what_was_asked():
    aws = Stubbed().fails("cognito-idp", "describe_user_pool", "AccessDeniedException", "not authorized")
    with pytest.raises(AwsError, match="the user pool eu-west-1_a: AWS refuses access"):
        cognito.user_pool(aws, "eu-west-1_a")


def test_the_secret_of_a_client_is_only_told_of():
    said = {
        "UserPoolClient": {"ClientId": "c", "ClientSecret": "hush" * 8, "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]}
    }
    found = cognito.user_pool_client(
        Stubbed().answers("cognito-idp", "describe_user_pool_client", said), "eu-west-1_a", "c"
    )
    assert found["GenerateSecret"] is True
    assert "hush" not in str(found)


def test_all_pages_of_groups_are_read():
    aws = Stubbed().answers("cognito-idp", "list_groups", {"Groups": [{"GroupName": "a"}], "NextToken": "more"})
    aws.answers("cognito-idp", "list_groups", {"Groups": [{"GroupName": "b"}]})
    assert [one["GroupName"] for one in cognito.groups(aws, "eu-west-1_a")] == ["a", "b"]


def test_a_bucket_has_the_names_of_a_template():
    aws = Stubbed().answers("s3", "head_bucket", {})
    aws.answers(
        "s3",
        "get_bucket_cors",
        {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"], "ExposeHeaders": ["ETag"]}]},
    )
    aws.fails("s3", "get_bucket_encryption", "ServerSideEncryptionConfigurationNotFoundError")
    aws.fails("s3", "get_public_access_block", "NoSuchPublicAccessBlockConfiguration")
    aws.fails("s3", "get_bucket_ownership_controls", "OwnershipControlsNotFoundError")
    aws.answers("s3", "get_bucket_versioning", {})
    aws.fails("s3", "get_bucket_lifecycle_configuration", "NoSuchLifecycleConfiguration")
    aws.answers("s3", "get_bucket_notification_configuration", {})
    found = s3.bucket(aws, "media")
    assert found["CorsConfiguration"]["CorsRules"][0]["ExposedHeaders"] == ["ETag"]
    assert found["BucketEncryption"] is None


def test_a_bucket_that_is_gone_is_none():
    assert s3.bucket(Stubbed().fails("s3", "head_bucket", "404"), "media") is None


def test_each_event_of_a_notification_stands_alone():
    said = {
        "LambdaFunctionConfigurations": [
            {
                "LambdaFunctionArn": "arn:f",
                "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
                "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "public/"}]}},
            }
        ]
    }
    found = s3.notifications(said)["LambdaConfigurations"]
    assert [one["Event"] for one in found] == ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]
    assert found[0]["Filter"] == {"S3Key": {"Rules": [{"Name": "prefix", "Value": "public/"}]}}


def _table(**more: object) -> Stubbed:
    said = {"TableName": "todos", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}], **more}
    aws = Stubbed().answers("dynamodb", "describe_table", {"Table": said})
    aws.answers("dynamodb", "describe_time_to_live", {"TimeToLiveDescription": {"TimeToLiveStatus": "DISABLED"}})
    recovery = {"PointInTimeRecoveryStatus": "ENABLED"}
    status = {"ContinuousBackupsStatus": "ENABLED", "PointInTimeRecoveryDescription": recovery}
    return aws.answers("dynamodb", "describe_continuous_backups", {"ContinuousBackupsDescription": status})


def test_a_table_on_demand_has_no_capacity():
    units = {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0}
    found = dynamodb.table(
        _table(BillingModeSummary={"BillingMode": "PAY_PER_REQUEST"}, ProvisionedThroughput=units), "t"
    )
    assert (found["BillingMode"], found["ProvisionedThroughput"]) == ("PAY_PER_REQUEST", None)


def test_a_table_without_a_mode_is_provisioned():
    assert dynamodb.table(_table(), "todos")["BillingMode"] == "PROVISIONED"


def test_recovery_of_a_table_comes_from_its_backups():
    assert dynamodb.table(_table(), "todos")["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}


def test_a_call_of_a_function_gives_its_answer_and_the_end_of_its_log():
    from botocore.response import StreamingBody

    body = b'{"errorType": "ReferenceError", "errorMessage": "exports is not defined"}'
    answer = {
        "FunctionError": "Unhandled",
        "Payload": StreamingBody(io.BytesIO(body), len(body)),
        "LogResult": base64.b64encode(b"the end").decode(),
    }
    found = lambda_.invoke(Stubbed().answers("lambda", "invoke", answer), "f", {})
    assert (found.error, found.message, found.log) == ("Unhandled", "ReferenceError: exports is not defined", "the end")


def test_an_api_has_the_names_of_a_template():
    said = {
        "name": "shop",
        "authenticationType": "AMAZON_COGNITO_USER_POOLS",
        "userPoolConfig": {"userPoolId": "p", "awsRegion": "eu-west-1", "defaultAction": "ALLOW"},
        "uris": {"GRAPHQL": "https://x/graphql"},
    }
    found = appsync.graphql_api(Stubbed().answers("appsync", "get_graphql_api", {"graphqlApi": said}), "a")
    assert found["UserPoolConfig"]["UserPoolId"] == "p"
    assert found["GraphQLUrl"] == "https://x/graphql"


def test_the_longest_lived_key_comes_first():
    listed = {"apiKeys": [{"id": "short", "expires": 1}, {"id": "long", "expires": 2}]}
    assert appsync.api_keys(Stubbed().answers("appsync", "list_api_keys", listed), "a") == ("long", "short")
