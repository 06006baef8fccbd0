"""Each patch of the emulator: what works with it, and the defect without it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from migrator.aws.s3 import bucket
from migrator.aws.session import Session
from migrator.core.errors import LocalError
from migrator.local.process import LocalAws
from migrator.local.status import Recorded
from tests.local.conftest import Lacking
from tests.local.requests import ask
from tests.local.templates import (
    ROLE,
    archive,
    attribute,
    deploy,
    export,
    nested,
    outputs,
    parameter,
    reasons,
    resources,
    upload,
    with_custom_resource,
)

pytestmark = pytest.mark.local
CREATED, UPDATED = "CREATE_COMPLETE", "UPDATE_COMPLETE"
MISSING_FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:missing"
SCHEMA = "type Query { word: String }\nschema { query: Query }"


def update_inside(local: LocalAws) -> str:
    """Adds, in a nested stack, a resource that refers to one that stays as it is."""
    before = nested(local, "attributes-1.json", resources(Kept=ROLE))
    after = nested(local, "attributes-2.json", resources(Kept=ROLE, Added=parameter(attribute("Kept", "Arn"))))
    deploy(local, "attributes", resources(Inner=before))
    return deploy(local, "attributes", resources(Inner=after))


def test_what_stays_in_a_nested_stack_keeps_its_attributes(local: LocalAws, lacking: Lacking) -> None:
    assert update_inside(local) == UPDATED
    assert update_inside(lacking("nested_attributes")) != UPDATED


def named_in_its_parent(local: LocalAws) -> bool:
    """Whether the event of a nested stack that fails says which stack it is."""
    failing = {"Type": "Custom::No", "Properties": {"ServiceToken": MISSING_FUNCTION}}
    deploy(local, "named", resources(Inner=nested(local, "named.json", resources(Failing=failing))))
    events = local.session.client("cloudformation").describe_stack_events(StackName="named")["StackEvents"]
    failed = [one for one in events if one["LogicalResourceId"] == "Inner" and "FAILED" in one["ResourceStatus"]]
    return bool(failed) and failed[0].get("PhysicalResourceId", "").startswith("arn:")


def test_the_event_of_a_nested_stack_that_fails_names_it(local: LocalAws, lacking: Lacking) -> None:
    assert named_in_its_parent(local)
    assert not named_in_its_parent(lacking("nested_failure_events"))


def retained_after_removal(local: LocalAws) -> bool:
    """Whether a bucket that is to be retained is there after its nested stack went."""
    made = {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain", "Properties": {"BucketName": "kept-back"}}
    deploy(local, "retained", resources(Inner=nested(local, "retained.json", resources(Made=made)), Other=ROLE))
    assert deploy(local, "retained", resources(Other=ROLE)) == UPDATED
    return "kept-back" in {one["Name"] for one in local.session.client("s3").list_buckets()["Buckets"]}


def test_what_is_retained_stays_when_its_nested_stack_goes(local: LocalAws, lacking: Lacking) -> None:
    assert retained_after_removal(local)
    assert not retained_after_removal(lacking("nested_retained"))


def fail_inside(local: LocalAws) -> bool:
    """Whether a bucket is left over after a nested stack failed."""
    made = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "left-over"}}
    failing = {"Type": "Custom::No", "DependsOn": "Made", "Properties": {"ServiceToken": MISSING_FUNCTION}}
    inner = nested(local, "failure.json", resources(Made=made, Failing=failing))
    assert deploy(local, "failure", resources(Inner=inner)) == "ROLLBACK_COMPLETE"
    return "left-over" in {one["Name"] for one in local.session.client("s3").list_buckets()["Buckets"]}


def test_a_nested_stack_that_fails_leaves_nothing(local: LocalAws, lacking: Lacking) -> None:
    assert not fail_inside(local)
    assert fail_inside(lacking("nested_failure"))


def pass_boolean(local: LocalAws) -> str:
    inner = {
        "Parameters": {"Flag": {"Type": "String", "AllowedValues": ["true", "false"]}},
        **resources(Told=parameter({"Ref": "Flag"})),
    }
    return deploy(local, "booleans", resources(Inner=nested(local, "booleans.json", inner, Flag=False)))


def test_booleans_reach_nested_stacks_in_small_letters(local: LocalAws, lacking: Lacking) -> None:
    assert pass_boolean(local) == CREATED
    assert pass_boolean(lacking("nested_parameters")) != CREATED


def import_from_inside(local: LocalAws) -> str:
    exporting = {**resources(Role=ROLE), "Outputs": {"Arn": export(attribute("Role", "Arn"), "arn-of-role")}}
    deploy(local, "exporting", resources(Inner=nested(local, "exports.json", exporting)))
    return deploy(local, "importing", resources(Told=parameter({"Fn::ImportValue": "arn-of-role"})))


def test_exports_of_nested_stacks_can_be_imported(local: LocalAws, lacking: Lacking) -> None:
    assert import_from_inside(local) == CREATED
    assert import_from_inside(lacking("nested_exports")) != CREATED


POOL = {"Type": "AWS::Cognito::UserPool", "Properties": {"UserPoolName": "users"}}
PROVIDER = {
    "Type": "AWS::Cognito::UserPoolIdentityProvider",
    "Properties": {
        "UserPoolId": {"Ref": "Pool"},
        "ProviderName": "Google",
        "ProviderType": "Google",
        "ProviderDetails": {"client_id": "1", "client_secret": "2", "authorize_scopes": "email"},
    },
}


def test_identity_providers_are_deployed(local: LocalAws, lacking: Lacking) -> None:
    template = {**resources(Pool=POOL, Google=PROVIDER), "Outputs": {"Pool": {"Value": {"Ref": "Pool"}}}}
    assert deploy(local, "providers", template) == CREATED
    pool = outputs(local, "providers")["Pool"]
    found = local.session.client("cognito-idp").describe_identity_provider(UserPoolId=pool, ProviderName="Google")
    assert found["IdentityProvider"]["ProviderType"] == "Google"
    with pytest.raises(ClientError, match="UserPoolIdentityProvider"):
        deploy(lacking("identity_provider"), "providers", template)


MAP = {
    "Type": "AWS::Location::Map",
    "Properties": {"MapName": "streets", "Configuration": {"Style": "VectorEsriStreets"}},
}


def test_types_that_are_not_emulated_are_recorded_and_listed(local: LocalAws, lacking: Lacking) -> None:
    template = resources(Map=MAP, Told=parameter(attribute("Map", "MapArn")))
    assert deploy(local, "maps", template) == CREATED
    assert Recorded("AWS::Location::Map", "maps", "Map") in local.recorded()
    with pytest.raises(ClientError, match="Unrecognized resource types"):
        deploy(lacking("recorded_types"), "maps", template)


def shortest_password(local: LocalAws) -> object:
    policy = {"PasswordPolicy": {"MinimumLength": {"Ref": "Length"}}}
    template = {
        "Parameters": {"Length": {"Type": "String", "Default": "10"}},
        **resources(Pool={**POOL, "Properties": {"Policies": policy}}),
        "Outputs": {"Pool": {"Value": {"Ref": "Pool"}}},
    }
    deploy(local, "passwords", template)
    pool = local.session.client("cognito-idp").describe_user_pool(UserPoolId=outputs(local, "passwords")["Pool"])
    return pool["UserPool"]["Policies"]["PasswordPolicy"]["MinimumLength"]


def factors(local: LocalAws, *enabled: str) -> set[str]:
    """What a pool says of its second factors."""
    sender = {"ExternalId": "x", "SnsCallerArn": "arn:aws:iam::000000000000:role/sender"}
    properties = {"MfaConfiguration": "OPTIONAL", "EnabledMfas": list(enabled), "SmsConfiguration": sender}
    pool = {**POOL, "Properties": properties}
    deploy(local, "factors", resources(Pool=pool) | {"Outputs": {"Pool": {"Value": {"Ref": "Pool"}}}})
    client = local.session.client("cognito-idp")
    return set(client.get_user_pool_mfa_config(UserPoolId=outputs(local, "factors")["Pool"]))


def test_a_pool_that_sends_codes_as_messages_says_so(local: LocalAws, lacking: Lacking) -> None:
    assert "SmsMfaConfiguration" in factors(local, "SMS_MFA", "SOFTWARE_TOKEN_MFA")
    assert "SmsMfaConfiguration" not in factors(local, "SOFTWARE_TOKEN_MFA")
    assert "SmsMfaConfiguration" not in factors(lacking("message_factor"), "SMS_MFA", "SOFTWARE_TOKEN_MFA")


def test_numbers_from_parameters_are_numbers(local: LocalAws, lacking: Lacking) -> None:
    assert shortest_password(local) == 10
    assert shortest_password(lacking("string_numbers")) == "10"


KEYS = [{"AttributeName": "id", "KeyType": "HASH"}]
TABLE: dict[str, Any] = {
    "Type": "AWS::DynamoDB::Table",
    "Properties": {
        "TableName": "rows",
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in ("id", "owner")],
        "KeySchema": KEYS,
        "GlobalSecondaryIndexes": [
            {
                "IndexName": "byOwner",
                "KeySchema": [{"AttributeName": "owner", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    },
}


def described_table(local: LocalAws) -> tuple[object, object]:
    deploy(local, "tables", resources(Rows=TABLE))
    table = local.session.client("dynamodb").describe_table(TableName="rows")["Table"]
    return table["ProvisionedThroughput"]["ReadCapacityUnits"], table["GlobalSecondaryIndexes"][0].get("IndexStatus")


def test_tables_on_demand_are_described_as_such(local: LocalAws, lacking: Lacking) -> None:
    assert described_table(local) == (0, "ACTIVE")
    assert described_table(lacking("table_status")) != (0, "ACTIVE")


def kept_of_table(local: LocalAws, name: str = "expiring") -> tuple[bool, bool]:
    """Whether a table expires rows and has backups, as its template says."""
    said = {
        "TableName": name,
        "TimeToLiveSpecification": {"AttributeName": "leaves", "Enabled": True},
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
    }
    deploy(local, name, resources(Rows={**TABLE, "Properties": {**TABLE["Properties"], **said}}))
    return settings_of_table(local, name)


def settings_of_table(local: LocalAws, name: str) -> tuple[bool, bool]:
    """Whether a table expires rows, and whether it has backups."""
    client = local.session.client("dynamodb")
    expiry = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    backups = client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    recovery = backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"]
    return expiry.get("AttributeName") == "leaves", recovery == "ENABLED"


def test_tables_keep_what_a_template_says_of_expiry_and_backups(local: LocalAws, lacking: Lacking) -> None:
    assert kept_of_table(local) == (True, True)
    assert kept_of_table(lacking("table_settings")) == (False, False)


def test_a_table_whose_template_says_nothing_more_expires_nothing(local: LocalAws) -> None:
    assert kept_of_table(local, "staying") == (True, True)
    less = {**TABLE["Properties"], "TableName": "staying"}
    assert deploy(local, "staying", resources(Rows={**TABLE, "Properties": less})) == UPDATED
    assert settings_of_table(local, "staying") == (False, False)


RULES: list[dict[str, Any]] = [
    {"Id": "old", "Status": "Enabled", "NoncurrentVersionExpirationInDays": "90"},
    {
        "Id": "logs",
        "Status": "Disabled",
        "Prefix": "logs/",
        "TagFilters": [{"Key": "kind", "Value": "log"}],
        "ExpirationInDays": 365,
        "Transitions": [{"StorageClass": "GLACIER", "TransitionInDays": 30}],
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 3},
    },
]
KEPT_RULES = [
    {"Id": "old", "Status": "Enabled", "NoncurrentVersionExpiration": {"NoncurrentDays": 90}},
    RULES[1],
]


def lifecycle(local: LocalAws) -> object:
    """The rules that a bucket has, in the words of a template."""
    said = {"BucketName": "kept-rules", "LifecycleConfiguration": {"Rules": RULES}}
    deploy(local, "lifecycle", resources(Files={"Type": "AWS::S3::Bucket", "Properties": said}))
    found = bucket(local.session, "kept-rules")
    return found and found["LifecycleConfiguration"]


def test_buckets_keep_their_lifecycle_rules(local: LocalAws, lacking: Lacking) -> None:
    assert lifecycle(local) == {"Rules": KEPT_RULES}
    assert lifecycle(lacking("bucket_lifecycle")) is None


def filtered_rows(local: LocalAws) -> list[str]:
    """The rows whose id is one of several."""
    client = local.session.client("dynamodb")
    properties = {**TABLE["Properties"], "TableName": "filtered"}
    deploy(local, "filtered", resources(Rows={**TABLE, "Properties": properties}))
    for name in ("a", "b"):
        client.put_item(TableName="filtered", Item={"id": {"S": name}})
    found = client.scan(
        TableName="filtered",
        FilterExpression="contains(:wanted, #id)",
        ExpressionAttributeNames={"#id": "id"},
        ExpressionAttributeValues={":wanted": {"L": [{"S": "b"}, {"S": "c"}]}},
    )
    return [one["id"]["S"] for one in found["Items"]]


def test_a_value_may_contain_an_attribute(local: LocalAws, lacking: Lacking) -> None:
    assert filtered_rows(local) == ["b"]
    with pytest.raises(ClientError, match="Expected COMMA"):
        filtered_rows(lacking("contains_value"))


def api(**more: Any) -> dict[str, Any]:
    """An API with one field and a data source that answers with what it is given."""
    identity = {"Fn::GetAtt": ["Api", "ApiId"]}
    return {
        **resources(
            Api={"Type": "AWS::AppSync::GraphQLApi", "Properties": {"Name": "words", "AuthenticationType": "API_KEY"}},
            Key={"Type": "AWS::AppSync::ApiKey", "Properties": {"ApiId": identity}},
            Schema={"Type": "AWS::AppSync::GraphQLSchema", "Properties": {"ApiId": identity, "Definition": SCHEMA}},
            Nothing={
                "Type": "AWS::AppSync::DataSource",
                "Properties": {"ApiId": identity, "Name": "Nothing", "Type": "NONE"},
            },
            **{
                name: {
                    **one,
                    "DependsOn": ["Schema", "Nothing"],
                    "Properties": {"ApiId": identity, "DataSourceName": "Nothing", **one["Properties"]},
                }
                for name, one in more.items()
            },
        ),
        "Outputs": {
            "Id": {"Value": identity},
            "Url": {"Value": attribute("Api", "GraphQLUrl")},
            "Key": {"Value": attribute("Key", "ApiKey")},
        },
    }


FUNCTION = {
    "Type": "AWS::AppSync::FunctionConfiguration",
    "Properties": {"Name": "step", "FunctionVersion": "2018-05-29", "RequestMappingTemplate": "{}"},
}


def deployed_functions(local: LocalAws) -> int:
    assert deploy(local, "functions", api(Step=FUNCTION)) == CREATED
    identity = outputs(local, "functions")["Id"]
    return len(local.session.client("appsync").list_functions(apiId=identity)["functions"])


def test_functions_of_pipelines_are_kept(local: LocalAws, lacking: Lacking) -> None:
    assert deployed_functions(local) == 1
    assert deployed_functions(lacking("appsync_functions")) == 0


def resolver(**properties: Any) -> dict[str, Any]:
    known = {"TypeName": "Query", "FieldName": "word", "ResponseMappingTemplate": "$util.toJson($ctx.result)"}
    return {"Type": "AWS::AppSync::Resolver", "Properties": {**known, **properties}}


def deployed_template(local: LocalAws) -> str:
    upload(local, "word.vtl", b"# from a file")
    template = api(Word=resolver(RequestMappingTemplateS3Location="s3://templates-of-tests/word.vtl"))
    assert deploy(local, "locations", template) == CREATED
    identity = outputs(local, "locations")["Id"]
    found = local.session.client("appsync").get_resolver(apiId=identity, typeName="Query", fieldName="word")
    return str(found["resolver"].get("requestMappingTemplate", ""))


def test_templates_are_read_from_files(local: LocalAws, lacking: Lacking) -> None:
    assert deployed_template(local) == "# from a file"
    assert deployed_template(lacking("appsync_locations")) == ""


def test_a_resolver_of_a_missing_field_is_refused(local: LocalAws, lacking: Lacking) -> None:
    template = api(Wrong=resolver(FieldName="gone", RequestMappingTemplate="{}"))
    assert deploy(local, "wrong", template) == "ROLLBACK_COMPLETE"
    assert "No field named gone found on type Query" in reasons(local, "wrong")
    assert deploy(lacking("appsync_schema"), "wrong", template) == CREATED


def test_a_wrong_schema_is_refused(local: LocalAws, lacking: Lacking) -> None:
    template = api()
    template["Resources"]["Schema"]["Properties"]["Definition"] = "type Query { word: Gone }"
    assert deploy(local, "schema", template) == "ROLLBACK_COMPLETE"
    assert deploy(lacking("appsync_schema"), "schema", template) == CREATED


def address(local: LocalAws) -> str:
    assert deploy(local, "address", api()) == CREATED
    return outputs(local, "address")["Url"]


def test_an_api_has_an_address_on_this_machine(local: LocalAws, lacking: Lacking) -> None:
    assert address(local).startswith(local.endpoint)
    assert "amazonaws.com" in address(lacking("appsync_address"))


def test_an_api_gets_the_id_that_is_wanted_for_its_name(local: LocalAws) -> None:
    wanted = "abcdefghijklmnopqrstuvwxyz"
    template = api()
    template["Resources"]["Api"]["Properties"]["Name"] = "chosen"
    local.configure(api_ids={"chosen": wanted})
    assert deploy(local, "chosen", template) == CREATED
    assert outputs(local, "chosen")["Id"] == wanted


THROWING = "exports.handler = async () => { throw new Error('no such thing'); };"
ANSWERING = (
    "const r = require('cfn-response');"
    "exports.handler = (event, context) => r.send(event, context, r.SUCCESS, { Word: 'done' });"
)


def test_a_custom_resource_that_fails_is_told_at_once(local: LocalAws, lacking: Lacking) -> None:
    start = time.monotonic()
    assert deploy(local, "throwing", with_custom_resource(THROWING)) == "ROLLBACK_COMPLETE"
    assert "the function failed: no such thing" in reasons(local, "throwing")
    assert time.monotonic() - start < 4
    other = lacking("custom_resource_failure", node=True)
    deploy(other, "throwing", with_custom_resource(THROWING))
    assert "timed out after 4s" in reasons(other, "throwing")


def test_functions_in_templates_have_cfn_response(local: LocalAws, lacking: Lacking) -> None:
    assert deploy(local, "answering", with_custom_resource(ANSWERING)) == CREATED
    assert outputs(local, "answering")["Word"] == "done"
    assert deploy(lacking("function_processes", node=True), "answering", with_custom_resource(ANSWERING)) != CREATED


def copy_files(local: LocalAws) -> str:
    upload(local, "files.zip", archive(a__txt="<<name>>", b__log="left out"))
    bucket = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "copied-to"}}
    copying = {
        "Type": "Custom::CDKBucketDeployment",
        "Properties": {
            "ServiceToken": MISSING_FUNCTION,
            "SourceBucketNames": ["templates-of-tests"],
            "SourceObjectKeys": ["files.zip"],
            "SourceMarkers": [{"<<name>>": "told"}],
            "DestinationBucketName": {"Ref": "Bucket"},
            "DestinationBucketKeyPrefix": "in",
            "Exclude": ["*.log"],
        },
    }
    return deploy(local, "copying", resources(Bucket=bucket, Copy=copying))


def test_files_are_copied_into_buckets_without_a_function(local: LocalAws, lacking: Lacking) -> None:
    assert copy_files(local) == CREATED
    s3 = local.session.client("s3")
    assert [one["Key"] for one in s3.list_objects_v2(Bucket="copied-to")["Contents"]] == ["in/a.txt"]
    assert s3.get_object(Bucket="copied-to", Key="in/a.txt")["Body"].read() == b"told"
    assert copy_files(lacking("bucket_deployment")) != CREATED


def metadata(local: LocalAws) -> str:
    deploy(local, "metadata", {**resources(Told=parameter("x")), "Metadata": {"where": "here <&>"}})
    summary = local.session.client("cloudformation").get_template_summary(StackName="metadata")
    return str(summary.get("Metadata", ""))


def test_the_summary_of_a_template_has_its_metadata(local: LocalAws, lacking: Lacking) -> None:
    assert metadata(local) == '{"where": "here <&>"}'
    assert metadata(lacking("template_metadata")) == ""


def said_of_missing_stack(local: LocalAws) -> str:
    with pytest.raises(ClientError) as told:
        local.session.client("cloudformation").list_stack_resources(StackName="gone")
    return str(told.value)


def test_a_missing_stack_is_named_as_aws_does(local: LocalAws, lacking: Lacking) -> None:
    assert "Stack with id gone does not exist" in said_of_missing_stack(local)
    assert "Stack with id gone does not exist" not in said_of_missing_stack(lacking("missing_stack"))


def guest(local: LocalAws, policy: dict[str, Any]) -> tuple[Session, str]:
    """A guest of a new identity pool whose role has this policy: the session and the identity."""
    import json

    pools, iam = local.session.client("cognito-identity"), local.session.client("iam")
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "cognito-identity.amazonaws.com"},
            }
        ],
    }
    role = iam.create_role(RoleName="guest", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    statement = {"Version": "2012-10-17", "Statement": [policy]}
    iam.put_role_policy(RoleName="guest", PolicyName="files", PolicyDocument=json.dumps(statement))
    pool = pools.create_identity_pool(IdentityPoolName="guests", AllowUnauthenticatedIdentities=True)["IdentityPoolId"]
    pools.set_identity_pool_roles(IdentityPoolId=pool, Roles={"unauthenticated": role})
    identity = pools.get_id(IdentityPoolId=pool)["IdentityId"]
    keys = pools.get_credentials_for_identity(IdentityId=identity)["Credentials"]
    session = Session(
        local.region,
        endpoint=local.endpoint,
        access_key=keys["AccessKeyId"],
        secret_key=keys["SecretKey"],
        token=keys["SessionToken"],
    )
    return session, identity


def may_put(session: Session, bucket: str, key: str) -> bool:
    try:
        session.client("s3").put_object(Bucket=bucket, Key=key, Body=b"x")
    except ClientError as problem:
        if problem.response["Error"]["Code"] != "AccessDenied":
            raise
        return False
    return True


OWN = {
    "Effect": "Allow",
    "Action": "s3:PutObject",
    "Resource": "arn:aws:s3:::owned-files/private/${cognito-identity.amazonaws.com:sub}/*",
}


def own_and_other(local: LocalAws) -> tuple[bool, bool]:
    local.session.client("s3").create_bucket(Bucket="owned-files")
    session, identity = guest(local, OWN)
    local.restart(enforce_iam=True)
    return may_put(session, "owned-files", f"private/{identity}/x"), may_put(session, "owned-files", "private/other/x")


def test_policies_know_whose_files_are_whose(lacking: Lacking) -> None:
    assert own_and_other(lacking()) == (True, False)
    assert own_and_other(lacking("policy_variables")) == (False, False)


def may_put_encrypted(local: LocalAws) -> bool:
    import json

    s3 = local.session.client("s3")
    s3.create_bucket(Bucket="encrypted-files")
    plain = {"Bool": {"aws:SecureTransport": "false"}}
    everything = ["arn:aws:s3:::encrypted-files", "arn:aws:s3:::encrypted-files/*"]
    denial = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": everything, "Condition": plain}
    s3.put_bucket_policy(Bucket="encrypted-files", Policy=json.dumps({"Version": "2012-10-17", "Statement": [denial]}))
    session, _ = guest(local, {"Effect": "Allow", "Action": "s3:*", "Resource": "*"})
    local.restart(enforce_iam=True)
    return may_put(session, "encrypted-files", "x")


def test_requests_within_this_machine_count_as_encrypted(lacking: Lacking) -> None:
    assert may_put_encrypted(lacking())
    assert not may_put_encrypted(lacking("secure_transport"))


def test_apps_and_branches_are_there_as_soon_as_they_are_named(local: LocalAws, lacking: Lacking) -> None:
    amplify = local.session.client("amplify")
    assert amplify.get_app(appId="d1")["app"]["appId"] == "d1"
    assert amplify.get_branch(appId="d1", branchName="a/b")["branch"]["branchName"] == "a/b"
    with pytest.raises(ClientError, match="NotFoundException"):
        amplify.get_backend_environment(appId="d1", environmentName="dev")
    assert ask(lacking("amplify_hosting"), "/apps/d1", "amplify")[0] != 200


GROUPED: dict[str, Any] = {
    "Pool": POOL,
    "Client": {
        "Type": "AWS::Cognito::UserPoolClient",
        "Properties": {"UserPoolId": {"Ref": "Pool"}, "ExplicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH"]},
    },
    "Usual": ROLE,
    "Chosen": ROLE,
    "Group": {
        "Type": "AWS::Cognito::UserPoolGroup",
        "Properties": {"UserPoolId": {"Ref": "Pool"}, "GroupName": "Admins", "RoleArn": attribute("Chosen", "Arn")},
    },
    "Identities": {
        "Type": "AWS::Cognito::IdentityPool",
        "Properties": {
            "AllowUnauthenticatedIdentities": False,
            "CognitoIdentityProviders": [
                {"ProviderName": attribute("Pool", "ProviderName"), "ClientId": {"Ref": "Client"}}
            ],
        },
    },
    "Roles": {
        "Type": "AWS::Cognito::IdentityPoolRoleAttachment",
        "Properties": {
            "IdentityPoolId": {"Ref": "Identities"},
            "Roles": {"authenticated": attribute("Usual", "Arn")},
            "RoleMappings": {
                "any": {
                    "Type": "Token",
                    "AmbiguousRoleResolution": "AuthenticatedRole",
                    "IdentityProvider": {"Fn::Sub": "${Pool.ProviderName}:${Client}"},
                }
            },
        },
    },
}
NAMED = {name: {"Value": {"Ref": name}} for name in ("Pool", "Client", "Identities", "Usual", "Chosen")}


def role_of_member(local: LocalAws) -> str:
    """Which role, by its name in the template, a member of the group gets."""
    assert deploy(local, "grouped", {"Resources": GROUPED, "Outputs": NAMED}) == CREATED
    told, users, pools = outputs(local, "grouped"), local.session.client("cognito-idp"), "cognito-identity"
    users.admin_create_user(UserPoolId=told["Pool"], Username="ann", MessageAction="SUPPRESS")
    users.admin_set_user_password(UserPoolId=told["Pool"], Username="ann", Password="Passw0rd!", Permanent=True)
    users.admin_add_user_to_group(UserPoolId=told["Pool"], Username="ann", GroupName="Admins")
    answer = users.admin_initiate_auth(
        UserPoolId=told["Pool"],
        ClientId=told["Client"],
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ann", "PASSWORD": "Passw0rd!"},
    )
    provider = f"cognito-idp.{local.region}.amazonaws.com/{told['Pool']}"
    logins = {provider: answer["AuthenticationResult"]["IdToken"]}
    identity = local.session.client(pools).get_id(IdentityPoolId=told["Identities"], Logins=logins)["IdentityId"]
    keys = local.session.client(pools).get_credentials_for_identity(IdentityId=identity, Logins=logins)["Credentials"]
    session = Session(
        local.region,
        endpoint=local.endpoint,
        access_key=keys["AccessKeyId"],
        secret_key=keys["SecretKey"],
        token=keys["SessionToken"],
    )
    arn = session.client("sts").get_caller_identity()["Arn"]
    return next(name for name in ("Usual", "Chosen") if f"/{told[name]}/" in arn)


def test_members_of_a_group_get_its_role(local: LocalAws, lacking: Lacking) -> None:
    assert role_of_member(local) == "Chosen"
    assert role_of_member(lacking("group_roles")) == "Usual"


def providers_with_mappings(local: LocalAws) -> set[bool]:
    assert deploy(local, "mapped", {"Resources": GROUPED, "Outputs": NAMED}) == CREATED
    told = outputs(local, "mapped")
    roles = local.session.client("cognito-identity").get_identity_pool_roles(IdentityPoolId=told["Identities"])
    return {name.endswith(f"{told['Pool']}:{told['Client']}") for name in roles["RoleMappings"]}


def test_role_mappings_are_kept_by_provider(local: LocalAws, lacking: Lacking) -> None:
    assert providers_with_mappings(local) == {True}
    assert providers_with_mappings(lacking("role_mappings")) == {False}


def reads_all_models(local: LocalAws) -> bool:
    """Whether a request to a service that is not emulated made the server read what is known of all services."""
    status, document = ask(local, "/v1/apps", "mobiletargeting")
    said = "Unsupported service: mobiletargeting" in str(document)
    assert said or status == 0
    return bytes_read(local) > MODELS


MODELS = 20_000_000
"""Bytes: the models of all services are more than that."""


def bytes_read(local: LocalAws) -> int:
    """How much the server has read so far. https://man7.org/linux/man-pages/man5/proc_pid_io.5.html"""
    lines = Path(f"/proc/{local.status().pid}/io").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("rchar"))


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="needs /proc")
def test_a_service_that_is_not_emulated_is_refused_at_once(lacking: Lacking) -> None:
    assert not reads_all_models(lacking())
    assert reads_all_models(lacking("unknown_services"))


def test_a_state_that_cannot_be_read_back_is_not_begun_anew(tmp_path: Path, lacking: Lacking) -> None:
    state = tmp_path / "restored_state"
    with LocalAws.start(state, node=False, install=False) as local:
        local.session.client("ssm").put_parameter(Name="word", Value="x", Type="String")
    (kept,) = (state / "snapshots").glob("*/services/ssm.json")
    kept.write_text(kept.read_text()[:-20])
    with pytest.raises(LocalError, match="the state of ssm cannot be read"):
        LocalAws.start(state, node=False, install=False)
    assert kept.is_file()
    with pytest.raises(ClientError, match="ParameterNotFound"):
        lacking("restored_state").session.client("ssm").get_parameter(Name="word")


def with_a_foreign_layer(local: LocalAws) -> str:
    """Deploys a function with a layer of another account and region."""
    properties: dict[str, Any] = {
        "Runtime": "python3.12",
        "Handler": "index.handler",
        "Role": "arn:aws:iam::000000000000:role/any",
        "Code": {"ZipFile": "def handler(event, context):\n    return event\n"},
        "Layers": ["arn:aws:lambda:eu-central-1:987654321098:layer:Fonts:7"],
    }
    return deploy(local, "layered", resources(Job={"Type": "AWS::Lambda::Function", "Properties": properties}))


def test_a_layer_of_another_account_and_region_is_taken(local: LocalAws, lacking: Lacking) -> None:
    assert with_a_foreign_layer(local) == CREATED
    assert with_a_foreign_layer(lacking("foreign_layers")) != CREATED
