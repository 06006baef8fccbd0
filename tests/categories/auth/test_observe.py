"""What auth deploys, seen in both generations."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from migrator.categories.auth.observe import OBSERVER
from migrator.categories.auth.observe_outputs import unsaid
from migrator.categories.auth.observe_rights import rights
from migrator.commands.assessment import Assessment
from migrator.engine.context import Context, Options
from migrator.engine.observed import Aspect, Declared, Generation, Side
from migrator.gen1.project import discover
from tests.categories.data.gen1_api import project
from tests.categories.observing import differing, gen1, gen2, generation, seen
from tests.projects import ROOT

FIXTURES = ROOT / "tests" / "fixtures" / "gen1"

POOL, CLIENT = "AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient"
IDENTITY, ATTACHED = "AWS::Cognito::IdentityPool", "AWS::Cognito::IdentityPoolRoleAttachment"
GROUP, ROLE = "AWS::Cognito::UserPoolGroup", "AWS::IAM::Role"
CALLOUT = "Custom::LambdaCallout"
KEPT = {"policies": {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}}
ARN = "arn:aws:iam::${AWS::AccountId}:role/"


def old(*resources: Declared) -> Generation:
    return generation(Side.GEN1, *resources)


def new(*resources: Declared) -> Generation:
    return generation(Side.GEN2, *resources)


def pool(**said: Any) -> Declared:
    return gen1("auth/club#UserPool", POOL, said)


def made(**said: Any) -> Declared:
    return gen2("auth/amplifyAuth/UserPool", POOL, said, **KEPT)


def test_a_pool_is_the_same_thing_in_both_generations() -> None:
    assert differing(OBSERVER, old(pool()), new(made())) == []


@pytest.mark.parametrize(
    ("one", "other", "attribute"),
    [
        ({"MfaConfiguration": "OPTIONAL"}, {}, "MfaConfiguration"),
        ({"MfaConfiguration": "ON", "EnabledMfas": ["SMS_MFA"]}, {"MfaConfiguration": "ON"}, "EnabledMfas"),
        (
            {"Policies": {"PasswordPolicy": {"MinimumLength": 10}}},
            {"Policies": {"PasswordPolicy": {"MinimumLength": 8}}},
            "Policies.PasswordPolicy.MinimumLength",
        ),
        ({"Schema": [{"Name": "team", "Required": True}]}, {"Schema": [{"Name": "team"}]}, "Schema[team].Required"),
        ({"Schema": [{"Name": "team"}]}, {}, "Schema[team]"),
        ({"Schema": [{"Name": "team", "Mutable": True}]}, {"Schema": [{"Name": "team"}]}, "Schema[team].Mutable"),
        ({"Schema": [{"Name": "email"}]}, {}, "Schema[email]"),
        (
            {},
            {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True}},
            "AdminCreateUserConfig.AllowAdminCreateUserOnly",
        ),
        ({"UsernameConfiguration": {"CaseSensitive": False}}, {}, "UsernameConfiguration.CaseSensitive"),
        (
            {"AutoVerifiedAttributes": ["email"]},
            {"AutoVerifiedAttributes": ["email", "phone_number"]},
            "AutoVerifiedAttributes",
        ),
        (
            {"UsernameAttributes": ["email"]},
            {"AliasAttributes": ["email"], "UsernameAttributes": ["email"]},
            "AliasAttributes",
        ),
        ({"LambdaConfig": {"PreSignUp": "a"}}, {"LambdaConfig": {"PreSignUp": "b"}}, "LambdaConfig.PreSignUp"),
        ({"DeletionProtection": "ACTIVE"}, {}, "DeletionProtection"),
        ({"EmailVerificationMessage": "a"}, {"EmailVerificationMessage": "b"}, "EmailVerificationMessage"),
    ],
)
def test_what_a_pool_says_otherwise_is_seen(one: Any, other: Any, attribute: str) -> None:
    assert [found[1] for found in differing(OBSERVER, old(pool(**one)), new(made(**other)))] == [attribute]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"MfaConfiguration": "OFF"}, {}),
        ({"MfaConfiguration": "OFF", "EnabledMfas": ["SMS_MFA"]}, {}),
        ({"Schema": [{"Name": "team", "Mutable": False}]}, {"Schema": [{"Name": "team"}]}),
        ({}, {"Schema": [{"Name": "phone_number", "Required": False, "Mutable": True}]}),
        ({"AutoVerifiedAttributes": ["a", "b"]}, {"AutoVerifiedAttributes": ["b", "a"]}),
        (
            {"Policies": {"PasswordPolicy": {"MinimumLength": "8"}}},
            {"Policies": {"PasswordPolicy": {"MinimumLength": 8}}},
        ),
        ({"EmailVerificationMessage": "m"}, {"VerificationMessageTemplate": {"EmailMessage": "m"}}),
        ({}, {"VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE"}}),
        ({}, {"UserPoolTags": {"amplify:friendly-name": "amplifyAuth"}}),
    ],
)
def test_what_means_the_same_is_the_same(one: Any, other: Any) -> None:
    assert differing(OBSERVER, old(pool(**one)), new(made(**other))) == []


def test_a_link_instead_of_a_code_is_seen() -> None:
    other = {"VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_LINK"}}
    (found,) = differing(OBSERVER, old(pool()), new(made(**other)))
    assert found[1] == "VerificationMessageTemplate.DefaultEmailOption"


def test_a_pool_that_goes_with_its_stack_is_seen() -> None:
    lost = gen2("auth/amplifyAuth/UserPool", POOL)
    assert [found[1] for found in differing(OBSERVER, old(pool()), new(lost))] == [
        "DeletionPolicy",
        "UpdateReplacePolicy",
    ]


def test_a_trigger_that_the_cli_attached_by_a_function_is_one() -> None:
    config = [{"triggerType": "PostConfirmation", "lambdaFunctionArn": "arn"}]
    attached = gen1(
        "root/AuthTriggerCustomLambdaStack#Custom",
        "Custom::CustomAuthTriggerResourceOutputs",
        {"userpoolId": "${auth/club#UserPool}", "lambdaConfig": config},
    )
    assert differing(OBSERVER, old(pool(), attached), new(made(LambdaConfig={"PostConfirmation": "arn"}))) == []
    assert [found[1] for found in differing(OBSERVER, old(pool(), attached), new(made()))] == [
        "LambdaConfig.PostConfirmation"
    ]


def test_factors_that_an_older_cli_set_by_a_function_are_seen() -> None:
    call = gen1(
        "auth/club#MFALambdaInputs", CALLOUT, {"mfaConfiguration": "ON", "totpEnabled": "true", "smsConfigCaller": ""}
    )
    same = made(MfaConfiguration="ON", EnabledMfas=["SOFTWARE_TOKEN_MFA"])
    assert differing(OBSERVER, old(pool(), call), new(same)) == []
    assert [found[1] for found in differing(OBSERVER, old(pool(), call), new(made()))] == [
        "MfaConfiguration",
        "EnabledMfas",
    ]


def web(**said: Any) -> Declared:
    return gen1("auth/club#UserPoolClientWeb", CLIENT, said)


def app(**said: Any) -> Declared:
    return gen2("auth/amplifyAuth/UserPoolAppClient", CLIENT, said)


@pytest.mark.parametrize(
    ("one", "other", "attribute"),
    [
        ({}, {"GenerateSecret": True}, "GenerateSecret"),
        ({"RefreshTokenValidity": 90}, {}, "RefreshTokenValidity"),
        ({"TokenValidityUnits": {"RefreshToken": "hours"}}, {}, "TokenValidityUnits.RefreshToken"),
        ({}, {"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]}, "ExplicitAuthFlows"),
        ({"ReadAttributes": ["email"]}, {"ReadAttributes": ["email", "name"]}, "ReadAttributes"),
        ({"CallbackURLs": ["https://a/"]}, {"CallbackURLs": ["https://a/", "https://b/"]}, "CallbackURLs[https://b/]"),
        ({"AllowedOAuthFlows": ["code"]}, {"AllowedOAuthFlows": ["implicit"]}, "AllowedOAuthFlows"),
        ({}, {"PreventUserExistenceErrors": "ENABLED"}, "PreventUserExistenceErrors"),
    ],
)
def test_what_a_client_says_otherwise_is_seen(one: Any, other: Any, attribute: str) -> None:
    assert [found[1] for found in differing(OBSERVER, old(web(**one)), new(app(**other)))] == [attribute]


def test_flows_that_are_not_said_are_cognitos() -> None:
    flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    assert differing(OBSERVER, old(web()), new(app(ExplicitAuthFlows=flows))) == []


def test_oauth_that_an_older_cli_set_by_a_function_is_the_clients() -> None:
    metadata = {
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["email"],
        "CallbackURLs": ["https://a/"],
        "LogoutURLs": [],
    }
    said = {"webClientId": "${auth/club#UserPoolClientWeb}", "oAuthMetadata": json.dumps(metadata)}
    call = gen1("auth/club#OAuthCustomResourceInputs", CALLOUT, said)
    same = app(
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["email"],
        AllowedOAuthFlowsUserPoolClient=True,
        CallbackURLs=["https://a/"],
        SupportedIdentityProviders=["COGNITO"],
    )
    assert differing(OBSERVER, old(web(), call), new(same)) == []


def test_guest_access_is_seen() -> None:
    one = gen1("auth/club#IdentityPool", IDENTITY, {"AllowUnauthenticatedIdentities": False})
    other = gen2("auth/amplifyAuth/IdentityPool", IDENTITY, {"AllowUnauthenticatedIdentities": True}, **KEPT)
    assert differing(OBSERVER, old(one), new(other)) == [
        ("identity pool", "AllowUnauthenticatedIdentities", False, True)
    ]


def attachment(place: str, authenticated: str, **mappings: Any) -> Declared:
    said = {"Roles": {"authenticated": f"${{{authenticated}.Arn}}"}, "RoleMappings": mappings}
    return gen1("auth/club#Map", ATTACHED, said) if place == "gen1" else gen2("auth/amplifyAuth/A", ATTACHED, said)


OLD_ROLES = (gen1("root#AuthRole", ROLE), gen1("root#UnauthRole", ROLE))
NEW_ROLES = (
    gen2("auth/amplifyAuth/authenticatedUserRole", ROLE),
    gen2("auth/amplifyAuth/unauthenticatedUserRole", ROLE),
)
SIGNED_IN = "auth/amplifyAuth/authenticatedUserRole#R"
TOKEN = {"Type": "Token", "AmbiguousRoleResolution": "AuthenticatedRole", "IdentityProvider": "p"}


def test_the_roles_of_users_are_the_same_thing() -> None:
    one = old(*OLD_ROLES, attachment("gen1", "root#AuthRole"))
    assert differing(OBSERVER, one, new(*NEW_ROLES, attachment("gen2", SIGNED_IN))) == []


def test_the_role_of_guests_for_users_is_seen() -> None:
    one = old(*OLD_ROLES, attachment("gen1", "root#UnauthRole"))
    (found,) = differing(OBSERVER, one, new(*NEW_ROLES, attachment("gen2", SIGNED_IN)))
    assert found == (
        "roles of the identity pool",
        "Roles.authenticated",
        f"{ARN}${{guest role}}",
        f"{ARN}${{authenticated role}}",
    )


def test_a_mapping_of_tokens_means_nothing_without_roles_of_groups() -> None:
    one = old(*OLD_ROLES, attachment("gen1", "root#AuthRole"))
    assert differing(OBSERVER, one, new(*NEW_ROLES, attachment("gen2", SIGNED_IN, m=TOKEN))) == []


@pytest.mark.parametrize("change", [{"Type": "Rules"}, {"AmbiguousRoleResolution": "Deny"}])
def test_another_mapping_is_seen(change: dict[str, str]) -> None:
    one = old(*OLD_ROLES, attachment("gen1", "root#AuthRole"))
    assert differing(OBSERVER, one, new(*NEW_ROLES, attachment("gen2", SIGNED_IN, m={**TOKEN, **change}))) != []


def test_a_mapping_of_tokens_is_seen_where_a_group_has_a_role() -> None:
    said = {"GroupName": "Admin", "RoleArn": "arn"}
    one = old(*OLD_ROLES, gen1("auth/groups#G", GROUP, said), attachment("gen1", "root#AuthRole"))
    other = new(*NEW_ROLES, gen2("auth/x/G", GROUP, said), attachment("gen2", SIGNED_IN, m=TOKEN))
    assert {found[1] for found in differing(OBSERVER, one, other)} == {
        "RoleMappings[p]",
        "RoleMappings[p].Type",
        "RoleMappings[p].AmbiguousRoleResolution",
    }


@pytest.mark.parametrize(
    ("other", "attribute"), [({"Precedence": 2}, "Precedence"), ({"Precedence": 1, "Description": "x"}, "Description")]
)
def test_what_a_group_says_otherwise_is_seen(other: Any, attribute: str) -> None:
    one = gen1("auth/groups#G", GROUP, {"GroupName": "Admin", "Precedence": 1})
    (found,) = differing(OBSERVER, old(one), new(gen2("auth/x/G", GROUP, {"GroupName": "Admin", **other})))
    assert found[:2] == ("group Admin", attribute)


def test_a_group_that_is_gone_is_seen() -> None:
    one = gen1("auth/groups#G", GROUP, {"GroupName": "Admin"})
    assert differing(OBSERVER, old(one), new()) == [("group Admin", "", "present", None)]


def of_branch(id: str, secret: str) -> dict[str, str]:
    """Credentials of a provider as Gen 2 says them: secrets of the branch."""
    fetched = "${{auth/AmplifySecretFetcherResource.{}}}"
    return {"client_id": fetched.format(id), "client_secret": fetched.format(secret)}


STAFF = {"ProviderName": "Staff-SSO", "ProviderType": "OIDC"}


@pytest.mark.parametrize(
    ("id", "secret", "different"),
    [
        ("STAFF_SSO_CLIENT_ID", "STAFF_SSO_CLIENT_SECRET", []),
        ("STAFF_SSO_CLIENT_SECRET", "STAFF_SSO_CLIENT_ID", ["client_id", "client_secret"]),
        ("STAFF_SSO_CLIENT_ID", "GOOGLE_CLIENT_SECRET", ["client_secret"]),
    ],
)
def test_each_field_of_a_provider_has_its_own_secret(id: str, secret: str, different: list[str]) -> None:
    details = {"client_id": "members", "client_secret": "invented", "oidc_issuer": "https://sso.example"}
    one = gen1("auth/club#Staff", "AWS::Cognito::UserPoolIdentityProvider", {**STAFF, "ProviderDetails": details})
    said = {**STAFF, "ProviderDetails": {**details, **of_branch(id, secret)}}
    found = differing(OBSERVER, old(one), new(gen2("auth/x/Staff", one.type, said)))
    assert [attribute for _, attribute, *_ in found] == [f"ProviderDetails.{field}" for field in different]


def test_a_secret_of_a_provider_that_is_written_out_is_seen() -> None:
    one = gen1(
        "auth/club#Staff",
        "AWS::Cognito::UserPoolIdentityProvider",
        {**STAFF, "ProviderDetails": {"client_secret": "a"}},
    )
    other = gen2("auth/x/Staff", one.type, {**STAFF, "ProviderDetails": {"client_secret": "a"}})
    assert [found[1] for found in differing(OBSERVER, old(one), new(other))] == ["ProviderDetails.client_secret"]


def test_a_provider_that_the_cli_made_by_a_function_is_one() -> None:
    meta = [{"ProviderName": "Google", "authorize_scopes": "openid email", "AttributeMapping": {"email": "email"}}]
    call = gen1("auth/club#HostedUIProvidersCustomResourceInputs", CALLOUT, {"hostedUIProviderMeta": json.dumps(meta)})
    said = {
        "ProviderName": "Google",
        "ProviderType": "Google",
        "ProviderDetails": {
            "authorize_scopes": "email openid",
            **of_branch("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"),
        },
        "AttributeMapping": {"email": "email"},
    }
    other = gen2("auth/x/Google", "AWS::Cognito::UserPoolIdentityProvider", said)
    assert differing(OBSERVER, old(call), new(other)) == []
    lost = gen2("auth/x/Google", other.type, {**said, "AttributeMapping": {"email": "mail"}})
    assert [found[1] for found in differing(OBSERVER, old(call), new(lost))] == ["AttributeMapping.email"]


def test_a_provider_of_a_client_is_known_by_its_name() -> None:
    provider = gen2("auth/x/Google", "AWS::Cognito::UserPoolIdentityProvider", {"ProviderName": "Google"})
    client = app(SupportedIdentityProviders=["${auth/x/Google#R}", "COGNITO"])
    found = seen(OBSERVER, new(provider, client))["web client"].attributes
    assert found["SupportedIdentityProviders"] == ("COGNITO", "Google")


def test_calls_that_name_nothing_are_told_with_the_pool() -> None:
    call = gen1("auth/club#HostedUIProvidersCustomResourceInputs", CALLOUT, {"hostedUIProviderMeta": "[]"})
    assert call.id in {one.id for one in seen(OBSERVER, old(pool(), call))["user pool"].of}


def test_odd_calls_are_no_error() -> None:
    call = gen1("auth/club#HostedUIProvidersCustomResourceInputs", CALLOUT, {"hostedUIProviderMeta": "${x}"})
    odd = gen1(
        "root#Custom",
        "Custom::CustomAuthTriggerResourceOutputs",
        {"userpoolId": "${auth/club#UserPool}", "lambdaConfig": 3},
    )
    assert set(seen(OBSERVER, old(pool(), call, odd))) == {"user pool"}


def test_a_role_mapping_for_an_identity_pool_that_no_template_shows_is_told_with_the_groups() -> None:
    call = gen1("auth/userPoolGroups#RoleMapFunctionInput", CALLOUT, {"identityPoolId": "${authclubIdentityPoolId}"})
    group = gen1("auth/userPoolGroups#Staff", GROUP, {"GroupName": "Staff"})
    assert call.id in {one.id for one in seen(OBSERVER, old(group, call))["group Staff"].of}
    attached = gen1("auth/club#IdentityPoolRoleMap", ATTACHED, {})
    both = seen(OBSERVER, old(group, attached, call))
    assert call.id not in {one.id for one in both["group Staff"].of}


def test_ids_that_no_file_of_gen_1_has_are_not_compared(tmp_path: Path) -> None:
    app = discover(project(tmp_path)).apps[0]
    (people,) = app.of("auth", "Cognito")
    assert {"user_pool_id", "user_pool_client_id", "identity_pool_id", "native_client_id"} <= set(unsaid(people, app))


def test_ids_of_a_live_pool_that_no_file_says_are_named(tmp_path: Path) -> None:
    known = Assessment(discover(FIXTURES / "imported-pool").apps[0], Options()).context
    assert list(OBSERVER.lacks(known)) == []
    unknown = shutil.copytree(FIXTURES / "imported-pool", tmp_path / "gen1")
    (unknown / "amplify/team-provider-info.json").unlink()
    ((aspect, said),) = OBSERVER.lacks(Assessment(discover(unknown).apps[0], Options()).context)
    assert aspect is Aspect.OUTPUTS
    assert said.startswith("no file says UserPoolId, AppClientIDWeb, IdentityPoolId of the live auth/elsewhere")


def test_what_stands_in_the_place_of_a_live_pool_is_the_pool() -> None:
    known = Assessment(discover(FIXTURES / "imported-pool").apps[0], Options()).context
    assert OBSERVER.live(known)["us-east-1_unknown"] == "${user pool}"


def test_lists_that_no_file_of_gen_1_has_are_not_compared() -> None:
    app = discover(FIXTURES / "groups-by-hand").apps[0]
    (crew,) = app.of("auth", "Cognito")
    lists = {"username_attributes", "standard_required_attributes", "user_verification_types"}
    assert lists <= set(unsaid(crew, app))


def test_users_may_take_their_role_where_only_the_settings_say_that_there_is_an_identity_pool() -> None:
    context = Context(None, discover(FIXTURES / "bucket-with-overrides").apps[0])  # type: ignore[arg-type]
    role = Declared("root#AuthRole", "AWS::IAM::Role", stack="root", name="authenticated role")
    said = rights(role, Generation(Side.GEN1, (role,), context)) or {}
    (statement,) = said["AssumeRolePolicyDocument"]["Statement"]
    assert statement["Condition"]["StringEquals"] == {"cognito-identity.amazonaws.com:aud": "${identity pool}"}
