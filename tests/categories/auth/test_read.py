"""Reading pools, clients, identity pools, groups and triggers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

import pytest

from migrator.categories.auth.category import CATEGORY
from migrator.categories.auth.model import (
    Attribute,
    Client,
    ClientKind,
    Extra,
    Group,
    Groups,
    HostedUi,
    IdentityPool,
    ImportedPool,
    MfaMode,
    SocialProvider,
    Trigger,
    TriggerPolicy,
    UserPool,
)
from migrator.core.ref import ResourceRef
from migrator.gen1.graph import LinkKind, Node, Resource
from migrator.gen1.project import discover

N = TypeVar("N", bound=Node)


def read(root: Path, files: dict[str, Any], service: str = "Cognito", **index: Any) -> Resource:
    """The resource `auth/people` with these settings files."""
    entry = {"people": {"service": service, "providerPlugin": "awscloudformation", **index}}
    write(root / "amplify/backend/backend-config.json", {"auth": entry})
    for name, content in files.items():
        write(root / "amplify/backend/auth/people" / name, content)
    app = discover(root).apps[0]
    found = app.entry(ResourceRef("auth", "people"))
    assert found is not None
    return CATEGORY.read(found, app)


def write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))


def chosen(**values: Any) -> dict[str, Any]:
    return {"cli-inputs.json": {"version": "1", "cognitoConfig": {"resourceName": "people", **values}}}


def built(pool: dict[str, Any] | None = None, **resources: Any) -> dict[str, Any]:
    body = {"UserPool": {"Type": "AWS::Cognito::UserPool", "Properties": pool or {}}, **resources}
    return {"build/people-cloudformation-template.json": {"Resources": body}}


def one(resource: Resource, kind: type[N], key: str = "") -> N:
    found = [f.node for f in resource.facts if isinstance(f.node, kind) and key in ("", f.key)]
    assert len(found) == 1
    return found[0]


def some(resource: Resource, kind: type[N]) -> list[N]:
    return [f.node for f in resource.facts if isinstance(f.node, kind)]


# ---- the pool, from the user's choices


def test_one_string_can_hold_two_sign_in_attributes(tmp_path: Path) -> None:
    pool = one(read(tmp_path, chosen(usernameAttributes=["email, phone_number"])), UserPool)
    assert pool.username_attributes == ("email", "phone_number")


def test_the_word_username_is_no_sign_in_attribute(tmp_path: Path) -> None:
    assert one(read(tmp_path, chosen(usernameAttributes=["username"])), UserPool).username_attributes == ()


def test_an_alias_is_verified_too(tmp_path: Path) -> None:
    pool = one(read(tmp_path, chosen(autoVerifiedAttributes=["email"], aliasAttributes=["phone_number"])), UserPool)
    assert pool.verification.attributes == ("email", "phone_number")


@pytest.mark.parametrize(("settings", "told"), [([], ("email",)), (["email"], ()), (["phone_number"], ())])
def test_what_clients_are_told_counts_where_the_settings_verify_nothing(
    tmp_path: Path, settings: list[str], told: tuple[str, ...]
) -> None:
    summary = {"verificationMechanisms": ["EMAIL"]}
    pool = one(read(tmp_path, chosen(autoVerifiedAttributes=settings), frontendAuthConfig=summary), UserPool)
    assert (pool.verification.attributes, pool.verification.told) == (tuple(settings), told)


def test_what_clients_are_told_is_no_setting_of_a_built_pool(tmp_path: Path) -> None:
    summary = {"verificationMechanisms": ["EMAIL"]}
    pool = one(read(tmp_path, built({"UserPoolName": "people"}), frontendAuthConfig=summary), UserPool)
    assert (pool.verification.attributes, pool.verification.told) == ((), ("email",))


def test_a_pool_that_says_nothing_is_case_sensitive(tmp_path: Path) -> None:
    assert one(read(tmp_path, chosen()), UserPool).case_sensitive


def test_required_attributes_are_the_schema(tmp_path: Path) -> None:
    pool = one(read(tmp_path, chosen(requiredAttributes=["email", "given_name"])), UserPool)
    assert pool.attributes == (Attribute("email", required=True), Attribute("given_name", required=True))


def test_factors_of_a_switched_off_mfa_do_not_count(tmp_path: Path) -> None:
    pool = one(read(tmp_path, chosen(mfaConfiguration="OFF", mfaTypes=["SMS Text Message"])), UserPool)
    assert (pool.mfa.mode, pool.mfa.sms) == (MfaMode.OFF, False)


def test_factors_are_read_by_their_words(tmp_path: Path) -> None:
    pool = one(read(tmp_path, chosen(mfaConfiguration="OPTIONAL", mfaTypes=["SMS Text Message", "TOTP"])), UserPool)
    assert (pool.mfa.mode, pool.mfa.sms, pool.mfa.totp) == (MfaMode.OPTIONAL, True, True)


def test_a_length_written_as_text_is_a_number(tmp_path: Path) -> None:
    pool = one(read(tmp_path, chosen(passwordPolicyMinLength="12")), UserPool)
    assert pool.password.length == 12


def test_character_classes_are_off_unless_listed(tmp_path: Path) -> None:
    password = one(read(tmp_path, chosen(passwordPolicyCharacters=["Requires Numbers"])), UserPool).password
    assert (password.numbers, password.lowercase, password.uppercase, password.symbols) == (True, False, False, False)


def test_projects_before_enabled_mfas_always_have_the_sms_role(tmp_path: Path) -> None:
    assert one(read(tmp_path, chosen()), UserPool).sms.enabled


def test_a_new_pool_with_email_alone_has_no_sms_role(tmp_path: Path) -> None:
    settings = chosen(useEnabledMfas=True, autoVerifiedAttributes=["email"], requiredAttributes=["email"])
    assert not one(read(tmp_path, settings), UserPool).sms.enabled


def test_the_index_is_enough_for_what_it_summarizes(tmp_path: Path) -> None:
    summary = {"usernameAttributes": ["PHONE_NUMBER"], "mfaConfiguration": "ON", "mfaTypes": ["TOTP"]}
    pool = one(read(tmp_path, {}, frontendAuthConfig=summary), UserPool)
    assert (pool.username_attributes, pool.mfa.mode, pool.mfa.totp) == (("phone_number",), MfaMode.ON, True)


def test_a_pool_without_any_file_is_said_to_be_one(tmp_path: Path) -> None:
    assert not one(read(tmp_path, {}), UserPool).evidence


# ---- the pool, from its template


def test_the_template_is_stronger_than_the_choices(tmp_path: Path) -> None:
    files = {**chosen(usernameAttributes=["email"]), **built({"UsernameAttributes": ["phone_number"]})}
    assert one(read(tmp_path, files), UserPool).username_attributes == ("phone_number",)


def test_a_setting_said_twice_has_both_places_as_sources(tmp_path: Path) -> None:
    files = {**chosen(usernameAttributes=["email"]), **built({"UsernameAttributes": ["email"]})}
    (pool,) = (f for f in read(tmp_path, files).facts if f.key == "pool")
    assert len({source.document.name for source in pool.sources["username_attributes"]}) == 2


def test_a_template_without_a_policy_asks_for_all_classes(tmp_path: Path) -> None:
    password = one(read(tmp_path, built()), UserPool).password
    assert (password.lowercase, password.uppercase, password.numbers, password.symbols) == (True, True, True, True)


def test_a_standard_attribute_that_is_listed_without_mutable_is_immutable(tmp_path: Path) -> None:
    pool = one(read(tmp_path, built({"Schema": [{"Name": "email", "Required": True}]})), UserPool)
    assert pool.attributes == (Attribute("email", required=True, mutable=False),)


def test_an_attribute_that_is_not_standard_is_custom(tmp_path: Path) -> None:
    schema = [{"Name": "tier", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MaxValue": "9"}}]
    pool = one(read(tmp_path, built({"Schema": schema})), UserPool)
    assert pool.attributes == (Attribute("tier", mutable=False, custom=True, type="Number", maximum=9),)


def test_the_function_that_sets_mfa_is_read(tmp_path: Path) -> None:
    inputs = {"mfaConfiguration": "OPTIONAL", "totpEnabled": True, "smsConfigCaller": "arn:aws:iam::1:role/x"}
    callout = {"Type": "Custom::LambdaCallout", "Properties": inputs}
    pool = one(read(tmp_path, built({"MfaConfiguration": "OPTIONAL"}, MFALambdaInputs=callout)), UserPool)
    assert (pool.mfa.totp, pool.mfa.sms) == (True, True)


def test_unknown_properties_are_kept(tmp_path: Path) -> None:
    pool = one(read(tmp_path, built({"UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}})), UserPool)
    assert pool.other == {"UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}}


def test_resources_that_the_cli_does_not_write_are_kept(tmp_path: Path) -> None:
    server = {"Type": "AWS::Cognito::UserPoolResourceServer", "Properties": {"Identifier": "shop"}}
    assert one(read(tmp_path, built(Server=server)), Extra).properties == {"Identifier": "shop"}


# ---- clients and the hosted UI


def test_only_the_native_client_can_have_a_secret(tmp_path: Path) -> None:
    clients = some(read(tmp_path, chosen(userpoolClientGenerateSecret=True)), Client)
    assert [(c.kind, c.secret) for c in clients] == [(ClientKind.WEB, False), (ClientKind.NATIVE, True)]


def test_listed_attributes_count_only_when_they_are_set(tmp_path: Path) -> None:
    settings = chosen(userpoolClientSetAttributes=False, userpoolClientReadAttributes=["email"])
    assert one(read(tmp_path, settings), Client, "web").read == ()


def test_a_custom_attribute_that_only_a_client_names_is_noticed(tmp_path: Path) -> None:
    settings = chosen(userpoolClientSetAttributes=True, userpoolClientReadAttributes=["email", "custom:rank"])
    assert one(read(tmp_path, settings), UserPool).undeclared == ("custom:rank",)


def test_oauth_is_json_inside_a_string(tmp_path: Path) -> None:
    metadata = json.dumps({"AllowedOAuthFlows": ["code"], "CallbackURLs": ["https://a.example/"]})
    client = one(read(tmp_path, chosen(hostedUI=True, oAuthMetadata=metadata)), Client, "web")
    assert (client.oauth.enabled, client.oauth.callbacks) == (True, ("https://a.example/",))


def test_the_function_that_sets_oauth_is_stronger_than_the_client(tmp_path: Path) -> None:
    metadata = json.dumps({"AllowedOAuthFlows": ["code"], "CallbackURLs": ["https://real.example/"]})
    client = {"Type": "AWS::Cognito::UserPoolClient", "Properties": {"CallbackURLs": ["https://placeholder.example/"]}}
    callout = {"Type": "Custom::LambdaCallout", "Properties": {"oAuthMetadata": metadata}}
    files = built(UserPoolClientWeb=client, OAuthCustomResourceInputs=callout)
    assert one(read(tmp_path, files), Client, "web").oauth.callbacks == ("https://real.example/",)


def test_broken_json_inside_a_string_is_a_finding(tmp_path: Path) -> None:
    assert {f.rule for f in read(tmp_path, chosen(oAuthMetadata="{")).findings} == {"GEN005"}


def test_scopes_of_a_provider_are_separated_by_commas_or_spaces(tmp_path: Path) -> None:
    meta = json.dumps([{"ProviderName": "Facebook", "authorize_scopes": "email,public_profile"}])
    provider = one(read(tmp_path, chosen(hostedUI=True, hostedUIProviderMeta=meta)), SocialProvider)
    assert provider.scopes == ("email", "public_profile")


def test_the_domain_has_the_environment_in_it(tmp_path: Path) -> None:
    write(tmp_path / "amplify/team-provider-info.json", {"dev": {"awscloudformation": {"Region": "eu-west-1"}}})
    resource = read(tmp_path, chosen(hostedUI=True, hostedUIDomainName="club"))
    assert one(resource, HostedUi).domain == "club-dev"


# ---- the identity pool


def test_guests_are_out_unless_let_in(tmp_path: Path) -> None:
    assert not one(read(tmp_path, chosen()), IdentityPool).guests


def test_a_user_pool_alone_has_no_identity_pool(tmp_path: Path) -> None:
    assert not one(read(tmp_path, chosen(authSelections="userPoolOnly")), IdentityPool).exists


def test_a_template_without_an_identity_pool_has_none(tmp_path: Path) -> None:
    assert not one(read(tmp_path, built()), IdentityPool).exists


def test_federated_providers_have_the_ids_of_the_app(tmp_path: Path) -> None:
    settings = chosen(thirdPartyAuth=True, authProviders=["www.amazon.com"], amazonAppId="amzn1.app")
    assert one(read(tmp_path, settings), IdentityPool).federated == {"www.amazon.com": "amzn1.app"}


# ---- triggers


def test_triggers_and_their_functions_are_edges(tmp_path: Path) -> None:
    resource = read(tmp_path, chosen(triggers={"PreSignup": ["custom"]}))
    (link,) = resource.links
    assert (link.target, link.kind, link.label) == (
        ResourceRef("function", "peoplePreSignup"),
        LinkKind.TRIGGER,
        "PreSignUp",
    )


def test_the_same_trigger_said_three_ways_is_one(tmp_path: Path) -> None:
    connection = json.dumps([{"triggerType": "PreSignUp", "lambdaFunctionName": "peoplePreSignup"}])
    files = chosen(triggers=json.dumps({"PreSignup": ["custom"]}), authTriggerConnections=connection)
    config = {"LambdaConfig": {"PreSignUp": {"Ref": "functionpeoplePreSignupArn"}}}
    template = built(config)
    template["build/people-cloudformation-template.json"]["Parameters"] = {
        "functionpeoplePreSignupArn": {"Type": "String"}
    }
    depends = [{"category": "function", "resourceName": "peoplePreSignup", "attributes": ["Arn", "Name"]}]
    resource = read(tmp_path, {**files, **template}, dependsOn=depends)
    assert [t.function for t in some(resource, Trigger)] == ["peoplePreSignup"]


def test_connections_may_be_a_list_of_texts(tmp_path: Path) -> None:
    connections = [json.dumps({"triggerType": "PostConfirmation", "lambdaFunctionName": "peoplePostConfirmation"})]
    trigger = one(read(tmp_path, chosen(authTriggerConnections=connections)), Trigger)
    assert (trigger.event, trigger.function) == ("PostConfirmation", "peoplePostConfirmation")


def test_a_function_outside_the_project_keeps_its_arn(tmp_path: Path) -> None:
    arn = "arn:aws:lambda:eu-west-1:123456789012:function:audit"
    trigger = one(read(tmp_path, built({"LambdaConfig": {"PreSignUp": arn}})), Trigger)
    assert (trigger.function, trigger.arn) == ("", arn)


def test_permissions_of_a_trigger_are_statements_on_the_pool(tmp_path: Path) -> None:
    resource = {"paramType": "!GetAtt", "keys": ["UserPool", "Arn"]}
    permission = {"policyName": "Add", "trigger": "PostConfirmation", "actions": ["cognito-idp:GetGroup"]}
    policy = one(read(tmp_path, chosen(permissions=[json.dumps({**permission, "resource": resource})])), TriggerPolicy)
    assert policy.function == "peoplePostConfirmation"
    assert policy.statements == (
        {"Effect": "Allow", "Action": ["cognito-idp:GetGroup"], "Resource": "${UserPool.Arn}"},
    )


def test_a_permission_without_a_resource_is_not_widened_to_all(tmp_path: Path) -> None:
    permission = json.dumps({"policyName": "Add", "trigger": "PostConfirmation", "actions": ["cognito-idp:GetGroup"]})
    policy = one(read(tmp_path, chosen(permissions=[permission])), TriggerPolicy)
    assert policy.statements[0]["Resource"] == "${UserPool.Arn}"


# ---- groups


def groups(root: Path, files: dict[str, Any]) -> Resource:
    return read(root, files, "Cognito-UserPool-Groups")


def test_groups_stand_in_the_order_of_their_precedence(tmp_path: Path) -> None:
    listed = [{"groupName": "B", "precedence": 2}, {"groupName": "A", "precedence": 1}]
    node = one(groups(tmp_path, {"user-pool-group-precedence.json": listed}), Groups)
    assert (node.names, node.precedences) == (("A", "B"), (1, 2))


def test_policies_of_a_group_are_read_from_the_settings(tmp_path: Path) -> None:
    statement = {"Effect": "Allow", "Action": ["ses:SendEmail"], "Resource": "*"}
    policy = {"PolicyName": "mail", "PolicyDocument": {"Statement": [statement]}}
    listed = [{"groupName": "A", "precedence": 1, "customPolicies": [policy]}]
    assert one(groups(tmp_path, {"user-pool-group-precedence.json": listed}), Group).policies == (
        ("mail", (statement,)),
    )


def test_a_group_of_the_template_without_a_role_has_none(tmp_path: Path) -> None:
    group = {"Type": "AWS::Cognito::UserPoolGroup", "Properties": {"GroupName": "A", "Precedence": 3}}
    template = {"Resources": {"AGroup": group}}
    resource = groups(tmp_path, {"build/people-cloudformation-template.json": template})
    assert (one(resource, Groups).precedences, one(resource, Group).role) == ((3,), False)


# ---- imported


def test_an_imported_pool_has_its_ids_from_the_team_file(tmp_path: Path) -> None:
    ids = {"userPoolId": "eu-west-1_other", "webClientId": "1web"}
    write(tmp_path / "amplify/team-provider-info.json", {"dev": {"categories": {"auth": {"people": ids}}}})
    resource = read(tmp_path, {"parameters.json": {"serviceType": "imported", "aliasAttributes": ["email"]}})
    pool = one(resource, ImportedPool)
    assert (pool.pool_id, pool.web_client, pool.alias_attributes) == ("eu-west-1_other", "1web", ("email",))
