"""What clients find in both generations: the same under other names, and what is not."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from migrator.commands.assessment import Assessment
from migrator.commands.deployed_subject import watches
from migrator.core.ref import ResourceRef
from migrator.engine.comparison import compare
from migrator.engine.context import Context, Options
from migrator.engine.observed import Generation, Observed, Side
from migrator.engine.survey import survey
from migrator.verify.gen1_stacks import gen1_generation
from migrator.verify.naming import named
from tests.projects import apps

CLIENT: Mapping[str, Any] = {
    "version": "1.5",
    "auth": {
        "user_pool_id": "${user pool}",
        "user_pool_client_id": "${web client}",
        "identity_pool_id": "${identity pool}",
        "aws_region": "${AWS::Region}",
        "username_attributes": ["email"],
        "standard_required_attributes": ["name", "email"],
        "user_verification_types": ["email"],
        "mfa_configuration": "OPTIONAL",
        "mfa_methods": ["TOTP"],
        "password_policy": {
            "min_length": 10,
            "require_lowercase": True,
            "require_uppercase": True,
            "require_numbers": True,
            "require_symbols": False,
        },
        "groups": [],
        "unauthenticated_identities_enabled": True,
    },
    "data": {
        "url": "${GraphQL API.GraphQLUrl}",
        "aws_region": "${AWS::Region}",
        "default_authorization_type": "AMAZON_COGNITO_USER_POOLS",
        "authorization_types": ["API_KEY"],
        "api_key": "${key of the GraphQL API.ApiKey}",
    },
    "storage": {
        "bucket_name": "${bucket media}",
        "aws_region": "${AWS::Region}",
        "buckets": [{"name": "media", "bucket_name": "${bucket media}", "aws_region": "${AWS::Region}"}],
    },
    "custom": {"nativeClientId": "${native client}"},
}
"""What the sample shop's clients find in Gen 2."""
ALWAYS = {("AWS::Amplify::Tables", "")}
"""What Gen 2 has no place for."""


@cache
def context() -> Context:
    shop = next(app for app in apps() if app.entry(ResourceRef("api", "papershop")))
    return Assessment(shop, Options()).context


@cache
def gen1() -> tuple[Observed, ...]:
    listed = tuple(watches())
    generation = gen1_generation(context(), [watch.observer.gives for watch in listed])
    return told(named(generation, [watch.observer for watch in listed]))


def told(generation: Generation) -> tuple[Observed, ...]:
    found = survey(generation, watches(), outputs=True).found
    return tuple(one for _, one in found if one.kind.startswith("AWS::Amplify::"))


def differing(client: Mapping[str, Any]) -> set[tuple[str, str]]:
    gen2 = told(Generation(Side.GEN2, (), context(), client=client))
    return {(one.kind, one.attribute) for one in compare(gen1(), gen2).mismatches} - ALWAYS


def changed(path: str, value: Any) -> dict[str, Any]:
    """What clients find, with another value at a path."""
    client = deepcopy(dict(CLIENT))
    *steps, last = path.split(".")
    place = client
    for step in steps:
        place = place[step]
    place[last] = value
    return client


def test_the_same_under_other_names_is_the_same() -> None:
    assert differing(CLIENT) == set()


def test_the_version_of_the_layout_says_nothing() -> None:
    assert differing(changed("version", "1.4")) == set()


@pytest.mark.parametrize(
    ("path", "value", "attribute"),
    [
        ("auth.unauthenticated_identities_enabled", False, "unauthenticated_identities_enabled"),
        ("auth.mfa_configuration", "REQUIRED", "mfa_configuration"),
        ("auth.mfa_methods", ["SMS", "TOTP"], "mfa_methods"),
        ("auth.username_attributes", ["phone_number"], "username_attributes"),
        ("auth.standard_required_attributes", ["email"], "standard_required_attributes"),
        ("auth.user_verification_types", [], "user_verification_types"),
        ("auth.password_policy.min_length", 8, "password_policy.min_length"),
        ("auth.password_policy.require_symbols", True, "password_policy.require_symbols"),
        ("auth.user_pool_id", "eu-west-1_other", "user_pool_id"),
        ("auth.user_pool_client_id", "${native client}", "user_pool_client_id"),
        ("auth.groups", [{"Staff": {"precedence": 0}}], "groups[Staff]"),
        ("auth.oauth", {"domain": "login"}, "oauth.domain"),
        ("custom", {}, "native_client_id"),
        ("data.url", "https://example.com/graphql", "url"),
        ("data.default_authorization_type", "API_KEY", "default_authorization_type"),
        ("data.authorization_types", ["API_KEY", "AWS_IAM"], "authorization_types[AWS_IAM]"),
        ("data.authorization_types", [], "authorization_types[API_KEY]"),
        ("data.api_key", None, "api_key"),
        ("storage.bucket_name", "${bucket other}", "bucket_name"),
        ("storage.aws_region", "us-east-1", "aws_region"),
        ("storage.buckets", [], "buckets[media]"),
        ("analytics", {"amazon_pinpoint": {"app_id": "a"}}, ""),
    ],
)
def test_what_clients_find_otherwise_is_told(path: str, value: Any, attribute: str) -> None:
    assert attribute in {found for _, found in differing(changed(path, value))}


@pytest.mark.parametrize("part", ["auth", "data", "storage"])
def test_a_part_that_is_gone_is_told(part: str) -> None:
    client = {key: value for key, value in CLIENT.items() if key != part}
    assert "" in {found for _, found in differing(client)}
