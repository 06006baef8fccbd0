"""Who passes every rule: the entries of custom-roles.json, and functions with rights on the API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.categories.data.model import GraphqlApi
from migrator.engine.assemble import assemble
from migrator.output.emit import emit
from tests.categories.data.gen1_api import API, CONFIG, USERS, assess, project

IAM = {"mode": "AWS_IAM"}
GRANT = {
    "Effect": "Allow",
    "Action": ["appsync:GraphQL"],
    "Resource": [{"Fn::Sub": "arn:aws:appsync:eu-west-1:1:apis/${apigardenGraphQLAPIIdOutput}/types/Query/*"}],
}
DEPENDS = [{"category": "api", "resourceName": "garden", "attributes": ["GraphQLAPIIdOutput"]}]


def function(statement: Any) -> dict[str, Any]:
    """A template with a role and one statement."""
    role = {"Type": "AWS::IAM::Role", "Properties": {"RoleName": {"Fn::Sub": "gardenLambdaRole-${env}"}}}
    policy = {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": {"Statement": [statement]}}}
    lambda_ = {"Type": "AWS::Lambda::Function", "Properties": {"Runtime": "nodejs20.x", "Handler": "index.handler"}}
    parameters = {"env": {"Type": "String"}, "apigardenGraphQLAPIIdOutput": {"Type": "String"}}
    return {"Parameters": parameters, "Resources": {"Role": role, "Policy": policy, "LambdaFunction": lambda_}}


def garden(root: Path, roles: Any = (), modes: Any = (USERS, IAM), depends: Any = (), statement: Any = GRANT) -> Path:
    water = {"service": "Lambda", "providerPlugin": "awscloudformation", "dependsOn": list(depends)}
    files = {
        f"{API}/custom-roles.json": {"adminRoleNames": roles},
        "amplify/backend/function/water/water-cloudformation-template.json": function(statement),
        "amplify/backend/function/water/src/index.js": "exports.handler = async () => 1;\n",
    }
    return project(root, modes=modes, config={**CONFIG, "function": {"water": water}}, files=files)


def api(root: Path) -> GraphqlApi:
    (found,) = assess(root).context.graph.facts(GraphqlApi)
    return found.node


def wiring(root: Path) -> str:
    assessment = assess(root)
    backend, failed = assemble(assessment.matches.matches, assessment.context, assessment.categories)
    assert failed == ()
    emission = emit(backend, assessment.context, assessment.categories)
    return next(str(file.content) for file in emission.files if file.path == "amplify/data/wiring.ts")


@pytest.mark.parametrize("name", ["reporting", "audit-${env}", "team+ops@home"])
def test_a_name_that_is_no_part_of_another_is_a_role(name: str, tmp_path: Path) -> None:
    assert api(garden(tmp_path, [name])).admin_roles == (name,)


@pytest.mark.parametrize(
    "name", ["water-${env}", "water-prod", "gardenLambdaRole-${env}", "gardenLambdaRole-prod/water-prod"]
)
def test_a_function_of_the_project_or_its_role_is_known(name: str, tmp_path: Path) -> None:
    assert api(garden(tmp_path, [name])).admin_functions == (name,)


@pytest.mark.parametrize(
    "name",
    ["water", "amplify-garden", "AWSReservedSSO_Admin_abc", "eu-west-1_x_Full-access/CognitoIdentityCredentials", ""],
)
def test_what_names_no_single_role_is_left_to_the_user(name: str, tmp_path: Path) -> None:
    found = api(garden(tmp_path, [name]))
    assert (found.admin_roles, found.admin_functions, found.admin_others) == ((), (), (name,))


def test_one_name_needs_no_list(tmp_path: Path) -> None:
    assert api(garden(tmp_path, "reporting")).admin_roles == ("reporting",)


def test_names_that_differ_by_environment_are_looked_up_by_branch(tmp_path: Path) -> None:
    text = wiring(garden(tmp_path, ["reporting", "audit-${env}"]))
    assert "['reporting', reference('API_GARDEN_ADMINROLE2')].filter(" in text


def test_quotes_in_a_name_do_not_become_code(tmp_path: Path) -> None:
    assert api(garden(tmp_path, ["a'); evil('"])).admin_roles == ()


def test_the_policy_is_for_all_types_of_the_api(tmp_path: Path) -> None:
    text = wiring(garden(tmp_path, ["reporting"]))
    assert "const adminRoles = ['reporting'];" in text
    assert "resources: [`${cfnGraphqlApi.attrArn}/*`]," in text


def test_roles_get_nothing_where_gen_1_takes_no_signed_requests(tmp_path: Path) -> None:
    assert "AdminRoles" not in wiring(garden(tmp_path, ["reporting"], modes=(USERS,)))


def test_a_function_that_depends_on_the_api_passes_in_both_generations(tmp_path: Path) -> None:
    assert api(garden(tmp_path, depends=DEPENDS)).new_callers == ()


def test_a_function_that_does_not_depend_on_the_api_passes_in_gen_2_only(tmp_path: Path) -> None:
    anything = {"Effect": "Allow", "Action": "appsync:GraphQL", "Resource": "*"}
    assert api(garden(tmp_path, statement=anything)).new_callers == ("water",)


def test_a_right_is_of_use_in_gen_2_only_where_gen_1_takes_no_signed_requests(tmp_path: Path) -> None:
    assert api(garden(tmp_path, depends=DEPENDS, modes=(USERS,))).new_callers == ("water",)


@pytest.mark.parametrize(
    "statement",
    [
        {**GRANT, "Effect": "Deny"},
        {**GRANT, "Action": ["appsync:GetGraphqlApi"]},
        {**GRANT, "Resource": ["arn:aws:appsync:eu-west-1:1:apis/elsewhere/*"]},
        "odd",
    ],
)
def test_other_statements_call_nothing(statement: Any, tmp_path: Path) -> None:
    assert api(garden(tmp_path, statement=statement)).new_callers == ()
