"""Statements of overrides in the wiring of Gen 2."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from migrator.commands.convert import Conversion, Request, convert
from tests.projects import ROOT

POOL = {
    "version": "1",
    "cognitoConfig": {
        "resourceName": "quay",
        "serviceName": "Cognito",
        "authSelections": "identityPoolAndUserPool",
        "userPoolName": "quay_pool",
        "usernameAttributes": ["email"],
    },
}


def converted(folder: Path, code: str, root: str = "") -> tuple[Conversion, str]:
    backend = folder / "gen1/amplify/backend"
    files = {
        "auth/quay/cli-inputs.json": json.dumps(POOL),
        "auth/quay/override.ts": f"export function override(resources, info) {{\n{code}\n}}\n",
        "backend-config.json": json.dumps({"auth": {"quay": {"service": "Cognito", "providerPlugin": "x"}}}),
    }
    if root:
        files["awscloudformation/override.ts"] = f"export function override(resources, info) {{\n{root}\n}}\n"
    for path, text in files.items():
        (backend / path).parent.mkdir(parents=True, exist_ok=True)
        (backend / path).write_text(text)
    (folder / "gen1/amplify/.config").mkdir()
    (folder / "gen1/amplify/.config/project-config.json").write_text('{"projectName": "harbour"}')
    conversion = convert(Request(folder / "gen1", folder / "gen2"))[0]
    return conversion, (folder / "gen2/amplify/auth/wiring.ts").read_text()


def test_a_property_is_assigned_after_everything_else(tmp_path: Path) -> None:
    _, wiring = converted(tmp_path, "resources.userPool.userPoolAddOns = { advancedSecurityMode: 'AUDIT' };")
    assert "cfnUserPool.userPoolAddOns = { advancedSecurityMode: 'AUDIT' };" in wiring


def test_a_part_of_a_property_is_overridden_in_the_template(tmp_path: Path) -> None:
    _, wiring = converted(tmp_path, "resources.userPool.policies.passwordPolicy.minimumLength = 14;")
    assert "addPropertyOverride('Policies.PasswordPolicy.MinimumLength', 14)" in " ".join(wiring.split()).replace(
        "( ", "("
    ).replace(" )", ")")


def test_a_property_that_the_construct_does_not_know_is_overridden_in_the_template(tmp_path: Path) -> None:
    _, wiring = converted(tmp_path, "resources.userPool.newerThing = { someWord: 1 };")
    assert "cfnUserPool.addPropertyOverride('NewerThing', { SomeWord: 1 });" in wiring


def test_the_role_of_users_gets_what_the_root_stack_s_had(tmp_path: Path) -> None:
    _, wiring = converted(tmp_path, "", "resources.authRole.addPropertyOverride('MaxSessionDuration', 7200);")
    assert ".addPropertyOverride('MaxSessionDuration', 7200);" in wiring
    assert "authenticatedUserIamRole" in wiring


def test_an_environment_of_its_own_is_a_condition_on_the_branch(tmp_path: Path) -> None:
    _, wiring = converted(
        tmp_path, "if (info.envName === 'prod') { resources.userPool.deletionProtection = 'ACTIVE'; }"
    )
    assert "if ((process.env.AWS_BRANCH ?? 'sandbox') === 'prod') {" in wiring


@pytest.mark.parametrize(
    ("code", "is_refused"),
    [
        ("addOverride('DeletionPolicy', 'Delete')", True),
        ("addDeletionOverride('UpdateReplacePolicy')", True),
        ("addOverride('DeletionPolicy', 'Retain')", False),
        ("addOverride('Properties', { Schema: [], AssumeRolePolicyDocument: {} })", True),
        ("addOverride('Properties', { MfaConfiguration: 'ON' })", False),
    ],
)
def test_what_must_stay_as_gen_2_has_it_is_refused_however_it_is_said(
    tmp_path: Path, code: str, is_refused: bool
) -> None:
    conversion, wiring = converted(tmp_path, f"resources.userPool.{code};")
    reported = any(finding.rule == "OVR900" for finding in conversion.findings)
    assert (reported, "cfnUserPool.add" in wiring) == (is_refused, not is_refused)


def test_a_resource_that_is_called_like_a_parameter_gets_another_name(tmp_path: Path) -> None:
    _, wiring = converted(tmp_path, "resources.addCfnResource({ type: 'AWS::DynamoDB::Table' }, 'Backend');")
    assert "const backend2 = new CfnResource(backend.auth.stack, 'Backend'," in wiring


def test_what_is_not_understood_is_a_comment_and_a_gap(tmp_path: Path) -> None:
    conversion, wiring = converted(tmp_path, "for (const one of ['a']) { resources.userPool.x = one; }")
    assert "  // OVR900: amplify/backend/auth/quay/override.ts, line 2, is not carried over" in wiring
    assert [one.rule for one in conversion.findings if one.rule.startswith("OVR")] == ["OVR900"]


def test_code_in_a_comment_cannot_leave_it(tmp_path: Path) -> None:
    hidden = "for (const one of ['a\u2028process.exit();\\\r */']) { resources.userPool.x = one; }"
    _, wiring = converted(tmp_path, hidden)
    shown = [line for line in wiring.splitlines() if "process.exit" in line]
    assert shown
    assert all(line.lstrip().startswith("//") for line in shown)


def test_references_to_gen_1_s_template_stay_behind(tmp_path: Path) -> None:
    conversion, _ = converted(tmp_path, "resources.userPool.addPropertyOverride('X', { Ref: 'Other' });")
    (found,) = [one for one in conversion.findings if one.rule == "OVR900"]
    assert "it refers to resources of Gen 1's template" in found.message


def test_a_name_that_the_live_resource_has_stays_behind(tmp_path: Path) -> None:
    conversion, _ = converted(tmp_path, "", "resources.authRole.roleName = 'harbour-users';")
    (found,) = [one for one in conversion.findings if one.rule == "OVR900"]
    assert "the live resource has the name" in found.message


def test_the_deployment_bucket_needs_nothing(tmp_path: Path) -> None:
    conversion, _ = converted(tmp_path, "", "resources.deploymentBucket.versioningConfiguration = { status: 'X' };")
    assert [one for one in conversion.findings if one.rule.startswith("OVR")] == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "resources.addCfnResource({ type: 'AWS::SNS::Topic', properties: { DisplayName: 'x' } }, 'Bells');",
            "new CfnResource(backend.auth.stack, 'Bells', { type: 'AWS::SNS::Topic', properties: { DisplayName: 'x' },",
        ),
        (
            "resources.addCfnResource({ type: 'AWS::SNS::Topic', properties: { TopicName: 'bells' } }, 'Bells');",
            "properties: { TopicName: 'bells-gen2' },",
        ),
        (
            "resources.addCfnResource({ type: 'AWS::SQS::Queue', properties: { QueueName: 'bells.fifo' } }, 'Bells');",
            "properties: { QueueName: 'bells-gen2.fifo' },",
        ),
        (
            "resources.addCfnResource({ type: 'X::Y::Z', properties: { Pool: { Ref: 'UserPool' } } }, 'Bells');",
            "properties: { Pool: backend.auth.resources.userPool.userPoolId },",
        ),
        (
            "resources.addCfnResource({ type: 'X::Y::Z', properties: { Of: { Ref: 'AWS::Region' } } }, 'Bells');",
            "properties: { Of: { Ref: 'AWS::Region' } },",
        ),
        (
            "resources.addCfnResource({ type: 'X::Y::Z', properties: { Env: { Ref: 'env' } } }, 'Bells');",
            "properties: { Env: process.env.AWS_BRANCH ?? 'sandbox' },",
        ),
        (
            "resources.addCfnResource({ type: 'AWS::S3::Bucket' }, 'Bells');",
            "bells.applyRemovalPolicy(RemovalPolicy.RETAIN);",
        ),
        (
            "resources.addCfnCondition({ expression: { 'Fn::Equals': [{ Ref: 'env' }, 'prod'] } }, 'IsProd');",
            "expression: Fn.conditionEquals(process.env.AWS_BRANCH ?? 'sandbox', 'prod'),",
        ),
        (
            "resources.addCfnOutput({ value: 'north' }, 'Quay');",
            "new CfnOutput(backend.auth.stack, 'Quay', { value: 'north' });",
        ),
        (
            "resources.addCfnMapping({ mapping: { a: { b: 1 } } }, 'Depths');",
            "new CfnMapping(backend.auth.stack, 'Depths', { mapping: { a: { b: 1 } } });",
        ),
    ],
)
def test_what_is_added_stands_in_the_stack_of_the_feature(tmp_path: Path, code: str, expected: str) -> None:
    _, wiring = converted(tmp_path, code)
    assert expected in " ".join(wiring.split())


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("resources.addCfnResource({ type: 'X::Y::Z', properties: { A: { Ref: 'Other' } } }, 'Bells');", "refers to"),
        (
            "resources.addCfnResource({ type: 'X::Y::Z', properties: { A: { 'Fn::Sub': '${UserPool}' } } }, 'Bells');",
            "refers to",
        ),
        ("resources.addCfnResource({ type: 'X::Y::Z', metadata: {} }, 'Bells');", "metadata is not carried over"),
        ("resources.addCfnResource({ properties: {} }, 'Bells');", "what is added is not known"),
        ("resources.addCfnResource({ type: 'X::Y::Z' }, 'a b');", "what is added is not known"),
        ("resources.addCfnResource({ type: 'X::Y::Z' });", "what is added is not known"),
        ("resources.addCfnOutput({ value: 'x', exportName: 'y' }, 'Quay');", "exportName is not carried over"),
        ("resources.addCfnParameter({ type: 'String' }, 'Quay');", "parameters of Gen 1"),
        ("resources.addCfnCondition({ expression: { 'Fn::Not': [] } }, 'Quiet');", "what the condition asks"),
        ("resources.addCfnResource({ type: kind() }, 'Bells');", "not understood"),
    ],
)
def test_what_is_added_in_another_way_stays_behind(tmp_path: Path, code: str, why: str) -> None:
    conversion, _ = converted(tmp_path, code)
    (found,) = [one for one in conversion.findings if one.rule == "OVR900"]
    assert why in found.message


def test_data_of_a_resource_that_is_added_is_told_of(tmp_path: Path) -> None:
    conversion, _ = converted(tmp_path, "resources.addCfnResource({ type: 'AWS::S3::Bucket' }, 'Bells');")
    assert "OVR014" in [one.rule for one in conversion.findings]


def searched(folder: Path, code: str) -> str:
    """The wiring of an API with a search domain."""
    shutil.copytree(ROOT / "tests/fixtures/gen1/graphql-search", folder / "gen1")
    override = folder / "gen1/amplify/backend/api/archive/override.ts"
    override.write_text(f"export function override(resources, info) {{\n{code}\n}}\n")
    convert(Request(folder / "gen1", folder / "gen2"))
    return " ".join((folder / "gen2/amplify/data/wiring.ts").read_text().split())


def test_the_search_domain_is_told_what_the_override_said(tmp_path: Path) -> None:
    wiring = searched(tmp_path, "resources.opensearch.OpenSearchDomain.accessPolicies = { Version: '2012-10-17' };")
    assert "['OpenSearchDomain'].addPropertyOverride( 'AccessPolicies', { Version: '2012-10-17' } );" in wiring


def test_a_resolver_is_told_what_the_override_said(tmp_path: Path) -> None:
    wiring = searched(tmp_path, "resources.opensearch.resolvers.querySearchRecordingsResolver.maxBatchSize = 3;")
    assert "cfnResolvers['Query.searchRecordings'].maxBatchSize = 3;" in wiring


def test_rights_that_are_added_to_the_api_stay_behind(tmp_path: Path) -> None:
    wiring = searched(tmp_path, "resources.addCfnResource({ type: 'AWS::IAM::Policy', properties: {} }, 'Readers');")
    assert "(the rights of the API's roles are other ones in Gen 2)" in wiring
