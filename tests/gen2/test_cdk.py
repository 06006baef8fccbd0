"""CloudFormation's spelling in CDK's words."""

from __future__ import annotations

import re
from typing import Any

import pytest

from migrator.gen2.cdk import branch_name, environment, policy_statement, property_name, property_value, text
from migrator.gen2.surface import surface
from migrator.typescript.build import member
from migrator.typescript.nodes import Do, Expr, Lit, Module
from migrator.typescript.printer import print_module

PROPERTIES = {
    "CfnUserPool": (
        "MfaConfiguration",
        "SmsConfiguration",
        "SmsConfiguration.SnsCallerArn",
        "UserPoolAddOns",
        "LambdaConfig.KMSKeyID",
        "LambdaConfig.CustomSMSSender",
        "EmailConfiguration.SourceArn",
        "UsernameAttributes",
    ),
    "CfnUserPoolClient": (
        "CallbackURLs",
        "LogoutURLs",
        "DefaultRedirectURI",
        "AllowedOAuthFlows",
        "AllowedOAuthFlowsUserPoolClient",
        "IdTokenValidity",
    ),
    "CfnIdentityPool": ("OpenIdConnectProviderARNs", "SamlProviderARNs", "SupportedLoginProviders"),
    "CfnBucket": (
        "CorsConfiguration.CorsRules",
        "BucketEncryption.ServerSideEncryptionConfiguration",
        "AccelerateConfiguration.AccelerationStatus",
        "PublicAccessBlockConfiguration.BlockPublicAcls",
    ),
    "CfnTable": ("SSESpecification.SSEEnabled", "SSESpecification.KMSMasterKeyId", "BillingMode"),
    "CfnFunction": (
        "VpcConfig.Ipv6AllowedForDualStack",
        "EphemeralStorage",
        "KmsKeyArn",
        "TracingConfig",
        "CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.ExecutionEnvironmentMemoryGiBPerVCpu",
    ),
    "CfnGraphQLApi": ("XrayEnabled", "OpenIDConnectConfig.AuthTTL", "OpenIDConnectConfig.IatTTL", "LogConfig"),
    "CfnRole": ("ManagedPolicyArns", "AssumeRolePolicyDocument"),
}
"""Names as https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/ spells them."""


def known(name: str) -> Expr | None:
    return member("x", "y") if name == "Known" else None


def printed(node: Expr) -> str:
    code = print_module(Module((Do(node),)))
    return re.sub(r"\s+", " ", code.partition("\n\n")[2] or code).strip().removesuffix(";")


def statement(**more: Any) -> str:
    return printed(policy_statement({"Action": "s3:GetObject", "Resource": "*", **more}, known))


@pytest.mark.parametrize(
    ("construct", "path"), [pytest.param(c, p, id=f"{c}-{p}") for c, paths in PROPERTIES.items() for p in paths]
)
def test_a_property_is_spelled_as_the_construct_has_it(construct: str, path: str) -> None:
    assert surface(construct).knows(".".join(map(property_name, path.split("."))))


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("SSEAlgorithm", "sseAlgorithm"),
        ("KMSMasterKeyID", "kmsMasterKeyId"),
        ("CallbackURLs", "callbackUrLs"),
        ("RoleARN", "roleArn"),
        ("S3Key", "s3Key"),
        ("Id", "id"),
        ("already", "already"),
    ],
)
def test_acronyms_are_words(name: str, spelled: str) -> None:
    assert property_name(name) == spelled


def test_a_value_is_spelled_all_the_way_down() -> None:
    value = property_value({"CorsRules": [{"AllowedOrigins": ["*"], "MaxAge": 3, "Id": None}]})
    assert printed(value) == "({ corsRules: [{ allowedOrigins: ['*'], maxAge: 3, id: null }] })"


def test_placeholders_inside_a_value_are_filled_in() -> None:
    assert printed(property_value({"Arn": "a-${AWS::Region}"})) == "({ arn: `a-${backend.stack.region}` })"


@pytest.mark.parametrize("plain", ["", "plain", "${Unknown}", "$", "${", "${}", "a ${aws:username} b"])
def test_text_without_a_known_placeholder_stays_as_it_is(plain: str) -> None:
    assert text(plain, known) == Lit(plain)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("${Known}", "x.y"),
        ("a${Known}", "`a${x.y}`"),
        ("${Known}b", "`${x.y}b`"),
        ("${Known}${Known}", "`${x.y}${x.y}`"),
        ("${Unknown}/${Known}", r"`\${Unknown}/${x.y}`"),
        ("${Known}/${Unknown}", r"`${x.y}/\${Unknown}`"),
        ("`${Known}", r"`\`${x.y}`"),
    ],
)
def test_known_placeholders_become_expressions(said: str, code: str) -> None:
    assert printed(text(said, known)) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("AWS::Region", "backend.stack.region"),
        ("AWS::AccountId", "backend.stack.account"),
        ("AWS::Partition", "backend.stack.partition"),
        ("env", "process.env.AWS_BRANCH ?? 'sandbox'"),
    ],
)
def test_what_an_environment_knows(name: str, code: str) -> None:
    found = environment(name)
    assert found is not None
    assert printed(found) == code


def test_other_names_are_not_of_the_environment() -> None:
    assert environment("AWS::StackName") is None


def test_a_sandbox_has_no_branch() -> None:
    assert printed(branch_name()) == "process.env.AWS_BRANCH ?? 'sandbox'"


def test_one_action_is_a_list_of_one() -> None:
    assert statement() == "new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })"


def test_several_actions_stay_in_order() -> None:
    assert "actions: ['s3:PutObject', 's3:GetObject']" in statement(Action=["s3:PutObject", "s3:GetObject"])


def test_a_denial_stays_one() -> None:
    assert "effect: Effect.DENY" in statement(Effect="Deny")


def test_an_allowance_is_what_the_construct_says_anyway() -> None:
    assert "effect" not in statement(Effect="Allow")


def test_a_statement_keeps_its_id() -> None:
    assert "sid: 'Read'" in statement(Sid="Read")


def test_all_but_some_actions_and_resources() -> None:
    code = printed(policy_statement({"NotAction": ["iam:*"], "NotResource": "arn"}, known))
    assert code == "new PolicyStatement({ notActions: ['iam:*'], notResources: ['arn'] })"


def test_conditions_keep_their_keys_as_they_are() -> None:
    code = statement(Condition={"StringLike": {"s3:prefix": ["public/", "${Known}"]}, "Bool": {"aws:Secure": True}})
    assert "conditions: { StringLike: { 's3:prefix': ['public/', x.y] }, Bool: { 'aws:Secure': true }, }" in code


def test_variables_of_iam_stay_text() -> None:
    said = "${cognito-identity.amazonaws.com:sub}"
    assert f"'{said}'" in statement(Condition={"StringEquals": {"k": said}})


def test_placeholders_in_resources_are_filled_in() -> None:
    assert "resources: [`${x.y}/*`]" in statement(Resource=["${Known}/*"])


@pytest.mark.parametrize("part", ["Principal", "NotPrincipal", "Resources", "action"])
def test_a_part_that_cannot_be_said_is_an_error_and_not_left_out(part: str) -> None:
    with pytest.raises(ValueError, match=part):
        statement(**{part: "*"})
