"""The API in both generations: its modes, and who gets which field."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from migrator.categories.data.observe import OBSERVER
from migrator.categories.data.observe_api import API, KEY, SCHEMA, admitted, api_properties
from migrator.categories.data.sdl import parse
from migrator.commands.assessment import Assessment
from migrator.core.ref import ResourceRef
from migrator.engine.comparison import compare
from migrator.engine.context import Context, Options
from migrator.engine.observed import Declared, Generation, Observed, Side
from tests.projects import apps

SHOP = ResourceRef("api", "papershop")
GEN1 = """
type Note @aws_api_key { id: ID! text: String secret: String @aws_cognito_user_pools(cognito_groups: ["Admins"]) }
type Query { getNote(id: ID!): Note @aws_api_key  drafts: [Note] }
"""
GEN2 = """
type Note @aws_api_key @aws_iam {
  id: ID!
  text: String
  secret: String @aws_iam @aws_cognito_user_pools(cognito_groups: ["Admins"])
}
type Query @aws_iam { getNote(id: ID!): Note @aws_api_key @aws_iam  drafts: [Note] @aws_iam @aws_cognito_user_pools }
"""
MODES = {
    "AuthenticationType": "AMAZON_COGNITO_USER_POOLS",
    "AdditionalAuthenticationProviders": [{"AuthenticationType": "API_KEY"}],
}


@cache
def context() -> Context:
    shop = next(app for app in apps() if app.entry(SHOP))
    return Assessment(shop, Options()).context


def observed(side: Side, text: str, key: Any = None) -> tuple[Observed, ...]:
    api = Declared("a", API, MODES, owner=SHOP, name="GraphQL API")
    schema = Declared("s", SCHEMA, {"ApiId": "${GraphQL API.ApiId}", "Definition": text}, owner=SHOP)
    keys = (Declared("k", KEY, {"Expires": key}, owner=SHOP, name="key of the GraphQL API"),) if key else ()
    return tuple(OBSERVER.observe(Generation(side, (api, schema, *keys), context(), made=1_000_000.0)))


def differing(gen1: str, gen2: str) -> list[tuple[str, str, Any, Any]]:
    both = compare(observed(Side.GEN1, gen1), observed(Side.GEN2, gen2)).mismatches
    return [(one.key, one.attribute, one.gen1, one.gen2) for one in both]


def test_all_that_gen_2_adds_is_iam() -> None:
    assert differing(GEN1, GEN2) == [
        ("type Note", "Authorization.AWS_IAM", None, "every field"),
        ("type Query", "Authorization.AWS_IAM", None, "every field"),
    ]


@pytest.mark.parametrize(
    ("found", "instead", "difference"),
    [
        ("text: String", "text: String!", ("type Note", "Fields[text].Type", "String", "String!")),
        ("getNote(id: ID!)", "getNote(id: ID)", ("type Query", "Fields[getNote].Arguments[id].Type", "ID!", "ID")),
        (
            '(cognito_groups: ["Admins"])',
            "",
            ("type Note", "Fields[secret].Authorization.AMAZON_COGNITO_USER_POOLS", ("Admins",), True),
        ),
        (
            "Note] @aws_iam @aws_cognito_user_pools",
            "Note]",
            ("type Query", "Fields[drafts].Authorization.AMAZON_COGNITO_USER_POOLS", True, None),
        ),
        (
            "Note] @aws_iam @aws_cognito_user_pools",
            "Note] @aws_iam @aws_cognito_user_pools @aws_api_key",
            ("type Query", "Fields[drafts].Authorization.API_KEY", None, True),
        ),
    ],
)
def test_a_change_of_the_schema_is_told(found: str, instead: str, difference: tuple[Any, ...]) -> None:
    assert found in GEN2
    assert difference in differing(GEN1, GEN2.replace(found, instead))


def test_a_type_that_is_gone_is_told_once() -> None:
    assert ("enum Size", "", "present", None) in differing(GEN1 + "enum Size { S M }", GEN2)


def test_a_value_of_an_enum_and_a_directive_are_told() -> None:
    gen1 = 'enum Size { S M } type Subscription { onNote: String @aws_subscribe(mutations: ["a", "b"]) }'
    gen2 = 'enum Size { S } type Subscription { onNote: String @aws_subscribe(mutations: ["a"]) }'
    assert [(attribute, old, new) for _, attribute, old, new in differing(gen1, gen2)] == [
        ("Values[M]", True, None),
        ("Fields[onNote].Directives[aws_subscribe].mutations", ("a", "b"), ("a",)),
    ]


def test_a_filter_by_a_field_that_the_model_does_not_have_is_told_as_such() -> None:
    filters = "input ModelSubscriptionNoteFilterInput { text: String and: [Int] topicId: ID }"
    ((key, attribute, _, _), *_) = differing(GEN1 + filters, GEN1 + filters.replace("topicId: ID", ""))
    assert (key, attribute) == ("input ModelSubscriptionNoteFilterInput", "StrayFields[topicId]")


def test_a_key_is_compared_by_how_long_it_holds() -> None:
    old, new = (
        {one.key: one for one in observed(side, GEN1, expires)}["key of the GraphQL API"]
        for side, expires in ((Side.GEN1, 17), (Side.GEN2, 1_000_000 + 30 * 86_400 + 1800))
    )
    assert new.attributes["ExpiresAfterDays"] == 30
    assert old.attributes["ExpiresAfterDays"] != 17


def test_aws_auth_counts_only_where_user_pools_are_the_only_mode() -> None:
    (query,) = parse('type Query { a: String @aws_auth(cognito_groups: ["B", "A"]) }')
    directives = query.fields[0].directives
    assert admitted(directives, only=True) == {"AMAZON_COGNITO_USER_POOLS": ["A", "B"]}
    assert admitted(directives, only=False) == {}


def test_modes_are_told_by_name_wherever_they_stand() -> None:
    provider = {"AuthenticationType": "AWS_LAMBDA", "LambdaAuthorizerConfig": {"AuthorizerUri": "arn"}}
    said = api_properties({"AuthenticationType": "API_KEY", "AdditionalAuthenticationProviders": [provider]})
    assert said == {
        "AuthenticationType": "API_KEY",
        "Modes": {"API_KEY": True, "AWS_LAMBDA": True},
        "Configured": {"AWS_LAMBDA": {"AuthorizerUri": "arn"}},
    }


@pytest.mark.parametrize(
    ("called", "told"),
    [
        ("check-main", "arn:aws:lambda:eu-west-1:1:function:${function check}"),
        ("other-main", "arn:aws:lambda:eu-west-1:1:function:other-main"),
    ],
)
def test_a_function_that_lets_callers_in_is_told_by_reference_where_its_name_is_written_out(
    called: str, told: str
) -> None:
    function = Declared("f", "AWS::Lambda::Function", {"FunctionName": "check-main"}, name="function check")
    config = {"AuthorizerUri": f"arn:aws:lambda:eu-west-1:1:function:{called}"}
    modes = {"AuthenticationType": "AWS_LAMBDA", "LambdaAuthorizerConfig": config}
    api = Declared("a", API, modes, owner=SHOP, name="GraphQL API")
    (one, *_) = OBSERVER.observe(Generation(Side.GEN1, (api, function), context()))
    assert one.attributes["Configured.AWS_LAMBDA.AuthorizerUri"] == told
