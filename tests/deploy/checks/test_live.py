"""Names that resources got become references again, and defaults of services are left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.aws.stacks import StackResource
from migrator.deploy.checks.live import Located, Names, live
from migrator.engine.observed import Declared, Generation, Side
from tests.aws.stubbed import Stubbed
from tests.verify.deployments import FUNCTION, project

_POOL = Declared("auth#Pool", "AWS::Cognito::UserPool", {"Policies": {"PasswordPolicy": {"MinimumLength": 8}}}, "auth")
_API = Declared("data#Api", "AWS::AppSync::GraphQLApi", {"Name": "shop"}, "data")
_TABLE = Declared("data#Todo", "Custom::AmplifyDynamoDBTable", {"tableName": "Todo-${data#Api.ApiId}-NONE"}, "data")
_NAMES = {
    "auth#Pool": "eu-west-1_PooL12",
    "data#Api": "arn:aws:appsync:eu-west-1:111122223333:apis/apiapiapi1",
    "data#Todo": "Todo-apiapiapi1-NONE",
}


@pytest.fixture
def generation(tmp_path: Path) -> Generation:
    context = project(tmp_path, {"resize": FUNCTION}).context
    return Generation(Side.GEN2, (_POOL, _API, _TABLE), context)


@pytest.fixture
def located() -> Located:
    return Located(_NAMES, {id: StackResource(id.partition("#")[2], name, "", "") for id, name in _NAMES.items()})


@pytest.fixture
def names(generation: Generation, located: Located) -> Names:
    return Names(generation, located, "eu-west-1")


def test_a_name_becomes_a_reference(names: Names) -> None:
    assert names.written("eu-west-1_PooL12") == "${auth#Pool}"


def test_what_stands_around_a_name_becomes_general(names: Names) -> None:
    arn = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_PooL12"
    assert names.written(arn) == "arn:aws:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/${auth#Pool}"
    assert names.written("cognito-idp.eu-west-1.amazonaws.com/eu-west-1_PooL12").startswith(
        "cognito-idp.${AWS::Region}.amazonaws.com/"
    )


def test_an_api_is_mentioned_by_its_id(names: Names) -> None:
    assert names.written("apiapiapi1") == "${data#Api.ApiId}"


def test_a_resource_does_not_refer_to_itself(names: Names) -> None:
    assert names.written("Todo-apiapiapi1-NONE", "data#Todo") == "Todo-${data#Api.ApiId}-NONE"


def test_other_text_stays_as_it_is(names: Names) -> None:
    assert names.written({"a": ["us-east-1", 5]}) == {"a": ["us-east-1", 5]}


class _Here(Stubbed):
    region = "eu-west-1"


def _described(**more: object) -> _Here:
    aws = _Here()
    aws.answers("cognito-idp", "describe_user_pool", {"UserPool": {"Name": "made-up", **more}})
    aws.answers("cognito-idp", "get_user_pool_mfa_config", {"MfaConfiguration": "OFF"})
    return aws


def _live(aws: _Here, generation: Generation, located: Located) -> Declared:
    found = live(aws, generation, located, lambda one: one.type == _POOL.type)
    return found.generation.resources[0]


def test_a_setting_is_what_the_service_says(generation: Generation, located: Located) -> None:
    weak = {"PasswordPolicy": {"MinimumLength": 6}}
    assert _live(_described(Policies=weak), generation, located).properties["Policies"] == weak


def test_a_setting_that_is_gone_is_gone(generation: Generation, located: Located) -> None:
    assert _live(_described(), generation, located).properties["Policies"] is None


def test_a_name_that_cloudformation_made_up_is_left_out(generation: Generation, located: Located) -> None:
    assert "UserPoolName" not in _live(_described(), generation, located).properties


def test_a_resource_that_is_not_there_is_missing(generation: Generation, located: Located) -> None:
    aws = _Here().fails("cognito-idp", "describe_user_pool", "ResourceNotFoundException")
    assert live(aws, generation, located, lambda one: one.type == _POOL.type).missing == (_POOL,)
