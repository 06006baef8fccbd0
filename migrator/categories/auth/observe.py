"""What auth deploys, in both generations: user pool, clients, identity pool, groups, sign-in providers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.categories.auth import observe_callouts as callouts
from migrator.categories.auth import observe_forms as forms
from migrator.categories.auth import observe_outputs, observe_rights
from migrator.categories.auth.observe_defaults import DEFAULTS
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.flatten import EACH, SET, Shape, by
from migrator.engine.observed import Aspect, Declared, Generation, Observed, Observer
from migrator.engine.observing import observed

POOL = "AWS::Cognito::UserPool"
CLIENT = "AWS::Cognito::UserPoolClient"
IDENTITY = "AWS::Cognito::IdentityPool"
ATTACHMENT = "AWS::Cognito::IdentityPoolRoleAttachment"
DOMAIN = "AWS::Cognito::UserPoolDomain"
PROVIDER = "AWS::Cognito::UserPoolIdentityProvider"
ROLE = "AWS::IAM::Role"

_SINGLE = {POOL: "user pool", IDENTITY: "identity pool", ATTACHMENT: "roles of the identity pool"}
"""Types of which a project has one."""
_CLIENTS = {
    "UserPoolClientWeb": "web client",
    "UserPoolClient": "native client",
    "auth/amplifyAuth/UserPoolAppClient": "web client",
    "auth/NativeClient": "native client",
}
_ROLES = {
    "root#AuthRole": "authenticated role",
    "root#UnauthRole": "guest role",
    "auth/amplifyAuth/authenticatedUserRole": "authenticated role",
    "auth/amplifyAuth/unauthenticatedUserRole": "guest role",
    "SNSRole": "SMS role of the user pool",
    "auth/amplifyAuth/UserPool/smsRole": "SMS role of the user pool",
}
_GROUP_ROLE = re.compile(r"(?:^auth/amplifyAuth/|^)(\w+)GroupRole$")

_POOL_SHAPES: dict[str, Shape] = {
    "Schema": by("Name"),
    "AutoVerifiedAttributes": SET,
    "AliasAttributes": SET,
    "UsernameAttributes": SET,
    "EnabledMfas": SET,
    "UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate": SET,
    "AccountRecoverySetting.RecoveryMechanisms": by("Name"),
}
_CLIENT_SHAPES: dict[str, Shape] = {
    "ExplicitAuthFlows": SET,
    "AllowedOAuthFlows": SET,
    "AllowedOAuthScopes": SET,
    "CallbackURLs": EACH,
    "LogoutURLs": EACH,
    "ReadAttributes": SET,
    "WriteAttributes": SET,
    "SupportedIdentityProviders": SET,
}
_ROLE_SHAPES: dict[str, Shape] = {"RoleMappings": by("IdentityProvider")}
_IDENTITY_SHAPES: dict[str, Shape] = {
    "CognitoIdentityProviders": by("ClientId"),
    "OpenIdConnectProviderARNs": SET,
    "SamlProviderARNs": SET,
}


def name(declared: Declared, generation: Generation) -> str:
    """What both generations call a resource of auth."""
    place = declared.path or declared.logical_id
    match declared.type:
        case "AWS::Cognito::UserPoolClient":
            return _CLIENTS.get(place, "")
        case "AWS::Cognito::UserPoolGroup":
            return f"group {declared.properties.get('GroupName', place)}"
        case "AWS::Cognito::UserPoolIdentityProvider":
            return f"provider {declared.properties.get('ProviderName', place)}"
        case "AWS::Cognito::UserPoolDomain":
            return "domain of the hosted UI"
        case "AWS::IAM::Role":
            return _role(declared, place)
        case kind:
            return _SINGLE.get(kind, "")


def _role(declared: Declared, place: str) -> str:
    known = _ROLES.get(declared.id) or _ROLES.get(place)
    group = _GROUP_ROLE.match(place)
    if known or not group:
        return known or ""
    return f"role of group {group[1]}" if declared.path or declared.stack.startswith("auth/") else ""


def observe(generation: Generation) -> Iterator[Observed]:
    """Everything that auth deploys."""
    for pool in generation.of(POOL):
        said, calls = callouts.set_of_pool(pool, generation)
        calls += callouts.without_effect(generation)
        yield observed(pool.name, pool, generation, _POOL_SHAPES, properties=forms.pool(said), of=calls)
    for client in generation.of(CLIENT):
        said, calls = callouts.set_of_client(client, generation)
        yield observed(client.name, client, generation, _CLIENT_SHAPES, properties=forms.client(said), of=calls)
    for identity in generation.of(IDENTITY):
        yield observed(identity.name, identity, generation, _IDENTITY_SHAPES)
    for attachment in generation.of(ATTACHMENT):
        said, calls = callouts.set_of_roles(attachment, generation)
        said = forms.attachment(said, generation)
        yield observed(attachment.name, attachment, generation, _ROLE_SHAPES, properties=said, of=calls)
    unseen = callouts.of_unseen_pools(generation)
    for group in generation.of(forms.GROUP):
        yield observed(group.name, group, generation, of=unseen)
    yield from _hosted(generation)


def _hosted(generation: Generation) -> Iterator[Observed]:
    """The domain and the providers of the hosted UI."""
    for domain in generation.of(DOMAIN):
        yield observed(domain.name, domain, generation)
    for call, said in callouts.domains(generation):
        yield observed("domain of the hosted UI", call, generation, kind=DOMAIN, properties=said)
    for provider in generation.of(PROVIDER):
        said = forms.provider(provider.properties, generation.side)
        yield observed(provider.name, provider, generation, properties=said)
    for call, said in callouts.providers(generation):
        key = f"provider {said['ProviderName']}"
        yield observed(key, call, generation, kind=PROVIDER, properties=forms.provider(said, generation.side))


_GIVEN = {
    "UserPoolId": "${user pool}",
    "UserPoolArn": "arn:aws:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/${user pool}",
    "AppClientIDWeb": "${web client}",
    "AppClientID": "${native client}",
    "IdentityPoolId": "${identity pool}",
}


_IDS = ("UserPoolId", "AppClientIDWeb", "IdentityPoolId")
"""What clients are told of a pool."""


def gives(ref: ResourceRef, output: str, context: Context) -> str:
    """What others take of the pool and of groups."""
    if ref.category != "auth":
        return ""
    if output.endswith("GroupRole"):
        return f"arn:aws:iam::${{AWS::AccountId}}:role/${{role of group {output.removesuffix('GroupRole')}}}"
    return _GIVEN.get(output, "")


def lacks(context: Context) -> Iterator[tuple[Aspect, str]]:
    """Ids of a live pool that no file says: whether clients find the right ones is for whoever enters them."""
    for entry in context.app.of("auth", "Cognito"):
        missing = [output for output in _IDS if not entry.output(output).present]
        if context.reused(entry.ref) and missing:
            said = f"no file says {', '.join(missing)} of the live {entry.ref}"
            way = "enter them in amplify/references.ts for each branch (`amplify pull` brings them)"
            yield Aspect.OUTPUTS, f"{said}: {way}; everything else is compared"


OBSERVER = Observer(
    name,
    observe,
    DEFAULTS,
    gives,
    lacks,
    rights=observe_rights.rights,
    spelt=observe_rights.spelt,
    live=observe_rights.live,
    tells=observe_outputs.observe,
)
