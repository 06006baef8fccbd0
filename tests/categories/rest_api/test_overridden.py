"""What an override makes of the template that the CLI builds of an API's settings."""

from __future__ import annotations

from typing import Any

import pytest

from migrator.categories.rest_api.built import ANY, built
from migrator.categories.rest_api.overridden import overridden

PERMISSIONS = {"setting": "protected", "groups": {"Pickers": ["read"]}}
INPUTS = {"paths": {"/trees": {"lambdaFunction": "harvest", "permissions": PERMISSIONS}}}


def after(code: str) -> dict[str, Any]:
    template = built(INPUTS, "orchard", "people", users=True)
    return overridden(template, "orchard", f"export function override(resources, info) {{\n{code}\n}}\n", "farm")


def properties(code: str, id: str = "orchard") -> Any:
    return after(code)["Resources"][id]["Properties"]


def test_a_property_is_spelt_as_templates_spell_it() -> None:
    assert properties("resources.restApi.minimumCompressionSize = 9;")["MinimumCompressionSize"] == 9


def test_the_document_keeps_its_own_spelling() -> None:
    found = properties("resources.restApi.body.paths['/trees'].get = { operationId: 'x' };")
    assert found["Body"]["paths"]["/trees"]["get"] == {"operationId": "x"}


def test_an_escape_hatch_adds_to_what_is_there() -> None:
    found = properties("resources.restApi.addPropertyOverride('Body.securityDefinitions', { Other: {} });")
    assert set(found["Body"]["securityDefinitions"]) == {"sigv4", "Other"}


def test_an_escape_hatch_comes_last() -> None:
    found = properties(
        "resources.restApi.addPropertyOverride('Description', 'first');\nresources.restApi.description = 'second';"
    )
    assert found["Description"] == "first"


def test_a_deletion_takes_away() -> None:
    assert "FailOnWarnings" not in properties("resources.restApi.addPropertyDeletionOverride('FailOnWarnings');")


def test_a_loop_goes_over_all_paths() -> None:
    code = (
        "for (const path in resources.restApi.body.paths) {"
        f" resources.restApi.addPropertyOverride(`Body.paths.${{path}}.{ANY}.security`, []); }}"
    )
    assert [path[ANY]["security"] for path in properties(code)["Body"]["paths"].values()] == [[], []]


def test_the_environment_s_name_is_a_parameter() -> None:
    found = properties("resources.restApi.description = `of ${info.envName}`;")["Description"]
    assert found == {"Fn::Join": ["", ["of ", {"Ref": "env"}]]}


def test_what_holds_in_one_environment_is_left_out() -> None:
    found = properties("if (info.envName === 'prod') { resources.restApi.description = 'x'; }")
    assert found["Description"] == ""


def test_the_deployment_is_reached() -> None:
    code = "resources.deploymentResource.stageDescription = { metricsEnabled: true };"
    assert properties(code, "DeploymentAPIGWorchard")["StageDescription"] == {"MetricsEnabled": True}


def test_the_policy_of_a_group_is_reached() -> None:
    code = "resources.policies['/trees'].groups['Pickers'].addPropertyOverride('PolicyName', 'x');"
    assert properties(code, "PickersGrouptreesPolicy")["PolicyName"] == "x"


def test_a_resource_is_added() -> None:
    code = "resources.addCfnResource({ type: 'AWS::SNS::Topic', properties: { DisplayName: 'x' } }, 'Bells');"
    assert after(code)["Resources"]["Bells"] == {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": "x"}}


def test_a_resource_of_the_template_is_not_replaced() -> None:
    code = "resources.addCfnResource({ type: 'AWS::SNS::Topic' }, 'orchard');"
    assert after(code)["Resources"]["orchard"]["Type"] == "AWS::ApiGateway::RestApi"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{ 'Fn::GetAtt': ['authpeople', 'Outputs.UserPoolArn'] }", {"Ref": "authpeopleUserPoolArn"}),
        ("'arn:aws:x'", "arn:aws:x"),
    ],
)
def test_a_parameter_that_is_added_stands_for_its_value(value: str, expected: object) -> None:
    code = (
        f"resources.addCfnParameter({{ type: 'String', default: 'NONE' }}, 'Arn', {value});\n"
        "resources.restApi.addPropertyOverride('Body.x', [{ Ref: 'Arn' }]);"
    )
    assert properties(code)["Body"]["x"] == [expected]


def test_a_parameter_in_a_text_stands_for_its_value() -> None:
    code = (
        "resources.addCfnParameter({ type: 'String' }, 'Arn', { 'Fn::GetAtt': ['functiongate', 'Outputs.Arn'] });\n"
        "resources.restApi.addPropertyOverride('Body.x', { 'Fn::Sub': '${Arn}/y' });"
    )
    assert properties(code)["Body"]["x"] == {"Fn::Sub": ["${Arn}/y", {"Arn": {"Ref": "functiongateArn"}}]}


@pytest.mark.parametrize(
    "code",
    [
        "resources.restApi = 1;",
        "resources.restApi.addPropertyOverride();",
        "resources.restApi.addOverride('', 1);",
        "resources.addCfnResource();",
        "resources.addCfnResource('x', 1);",
        "resources.addCfnParameter({}, 'x');",
        "resources.policies['/other'].groups['None'].policyName = 'x';",
        "resources.restApi.body.paths['/trees'] = 3;",
    ],
)
def test_odd_code_is_no_exception(code: str) -> None:
    assert after(code)["Resources"]
