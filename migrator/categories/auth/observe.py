"""What auth deploys, in both generations: user pool, clients, identity pool, groups, sign-in providers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.auth.observe_defaults import DEFAULTS
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.flatten import EACH, SET, Shape, by
from migrator.engine.observed import Declared, Generation, Observed, Observer, Side
from migrator.engine.observing import observed

POOL = "AWS::Cognito::UserPool"
CLIENT = "AWS::Cognito::UserPoolClient"
IDENTITY = "AWS::Cognito::IdentityPool"
ATTACHMENT = "AWS::Cognito::IdentityPoolRoleAttachment"
GROUP = "AWS::Cognito::UserPoolGroup"
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
_CALLOUT = "Custom::LambdaCallout"
_TRIGGERS = "Custom::CustomAuthTriggerResourceOutputs"

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
        yield _pool(pool, generation)
    for client in generation.of(CLIENT):
        yield observed(client.name, client, generation, _CLIENT_SHAPES, properties=_client(client))
    for identity in generation.of(IDENTITY):
        yield observed(identity.name, identity, generation, _IDENTITY_SHAPES)
    for attachment in generation.of(ATTACHMENT):
        yield _attached(attachment, generation)
    for group in generation.of(GROUP):
        yield observed(group.name, group, generation)
    for domain in generation.of(DOMAIN):
        yield observed(domain.name, domain, generation)
    for provider in generation.of(PROVIDER):
        yield observed(provider.name, provider, generation, properties=_scopes(provider.properties))
    yield from _callouts(generation)


def _pool(pool: Declared, generation: Generation) -> Observed:
    attached = tuple(one for one in generation.of(_TRIGGERS) if _names(one.properties.get("userpoolId"), pool))
    said = _verification(pool.properties)
    triggers = {
        str(trigger.get("triggerType")): trigger.get("lambdaFunctionArn")
        for one in attached
        for trigger in one.properties.get("lambdaConfig", ())
        if isinstance(trigger, Mapping)
    }
    if triggers:
        said["LambdaConfig"] = {**said.get("LambdaConfig", {}), **triggers}
    return observed(pool.name, pool, generation, _POOL_SHAPES, properties=said, of=attached)


def _names(value: object, declared: Declared) -> bool:
    return value == f"${{{declared.name}}}"


def _verification(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Texts of codes in one place (normalisation `verification-texts`).

    Cognito keeps the code texts of `VerificationMessageTemplate` and those of the older properties as one: what is
    said in both has to be equal, and either may be left out.
    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerificationMessageTemplateType.html
    """
    said = dict(properties)
    template = said.get("VerificationMessageTemplate")
    if isinstance(template, Mapping):
        rest = dict(template)
        for inner, outer in _TEXTS.items():
            if inner in rest and rest[inner] == said.get(outer, rest[inner]):
                said[outer] = rest.pop(inner)
        said["VerificationMessageTemplate"] = rest
    return said


_TEXTS = {
    "EmailMessage": "EmailVerificationMessage",
    "EmailSubject": "EmailVerificationSubject",
    "SmsMessage": "SmsVerificationMessage",
}


def _client(client: Declared) -> Mapping[str, Any]:
    """Providers of a client by what Cognito calls them (normalisation `provider-names`): `Ref` gives that name."""
    listed = client.properties.get("SupportedIdentityProviders")
    if not isinstance(listed, list):
        return client.properties
    names = [re.sub(r"^\$\{provider (.+)\}$", r"\1", str(one)) for one in listed]
    return {**client.properties, "SupportedIdentityProviders": names}


def _attached(attachment: Declared, generation: Generation) -> Observed:
    """Roles and mappings; an older CLI set the mappings by a function, of both clients."""
    called = tuple(one for one in generation.of(_CALLOUT) if one.logical_id == "RoleMapFunctionInput")
    said = dict(attachment.properties)
    for call in called:
        pool = f"cognito-idp.${{AWS::Region}}.amazonaws.com/{call.properties.get('userPoolId')}"
        said["RoleMappings"] = {
            client: {**_TOKEN, "IdentityProvider": f"{pool}:{call.properties.get(client)}"}
            for client in ("appClientIDWeb", "appClientID")
        }
    said = _role_mappings(said, generation)
    shapes = {"RoleMappings": by("IdentityProvider")}
    return observed(attachment.name, attachment, generation, shapes, properties=said, of=called)


_TOKEN = {"Type": "Token", "AmbiguousRoleResolution": "AuthenticatedRole"}


def _role_mappings(properties: dict[str, Any], generation: Generation) -> dict[str, Any]:
    """Role mappings by what they map (the keys of the object are arbitrary), without those that have no effect.

    Normalisation `token-without-groups`: a mapping of type Token gives the role that the token asks for, and a token
    asks for the role of a group. Where no group has a role, it falls back as it says; to the authenticated role is
    what happens without a mapping.
    https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html
    """
    mappings = properties.get("RoleMappings")
    if not isinstance(mappings, Mapping):
        return properties
    roles = any(group.properties.get("RoleArn") for group in generation.of(GROUP))
    kept = [one for one in mappings.values() if isinstance(one, Mapping) and (roles or not _falls_back(one))]
    return {**properties, "RoleMappings": kept}


def _falls_back(mapping: Mapping[str, Any]) -> bool:
    return all(mapping.get(key) == value for key, value in _TOKEN.items())


def _callouts(generation: Generation) -> Iterator[Observed]:
    """What functions of the Gen 1 CLI make while a stack is deployed: the domain and the providers."""
    for call in generation.of(_CALLOUT) if generation.side is Side.GEN1 else ():
        said = call.properties
        if said.get("hostedUIDomainName"):
            domain = {"Domain": said["hostedUIDomainName"], "UserPoolId": said.get("userPoolId")}
            yield observed("domain of the hosted UI", call, generation, kind=DOMAIN, properties=domain)
        for provider in _embedded(said.get("hostedUIProviderMeta")):
            properties = _scopes(_provider(provider, said.get("userPoolId")))
            key = f"provider {properties['ProviderName']}"
            yield observed(key, call, generation, kind=PROVIDER, properties=properties)


def _embedded(value: object) -> tuple[Mapping[str, Any], ...]:
    try:
        listed = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return ()  # a placeholder: no file says what the providers are
    return tuple(one for one in listed if isinstance(one, Mapping)) if isinstance(listed, list) else ()


def _provider(said: Mapping[str, Any], pool: object) -> dict[str, Any]:
    """The provider that the CLI's function makes of its settings."""
    name = str(said.get("ProviderName", ""))
    return {
        "ProviderName": name,
        "ProviderType": name,
        "ProviderDetails": {"authorize_scopes": said.get("authorize_scopes")},
        "AttributeMapping": said.get("AttributeMapping"),
        "UserPoolId": pool,
    }


def _scopes(properties: Mapping[str, Any]) -> Mapping[str, Any]:
    """Scopes of a provider as a sorted list (normalisation `provider-scopes`): their order means nothing."""
    details = properties.get("ProviderDetails")
    if not isinstance(details, Mapping) or not isinstance(details.get("authorize_scopes"), str):
        return properties
    scopes = sorted(re.split(r"[ ,]+", details["authorize_scopes"].strip()))
    return {**properties, "ProviderDetails": {**details, "authorize_scopes": scopes}}


_GIVEN = {
    "UserPoolId": "${user pool}",
    "UserPoolArn": "arn:aws:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/${user pool}",
    "AppClientIDWeb": "${web client}",
    "AppClientID": "${native client}",
    "IdentityPoolId": "${identity pool}",
}


def gives(ref: ResourceRef, output: str, context: Context) -> str:
    """What others take of the pool and of groups."""
    if ref.category != "auth":
        return ""
    if output.endswith("GroupRole"):
        return f"arn:aws:iam::${{AWS::AccountId}}:role/${{role of group {output.removesuffix('GroupRole')}}}"
    return _GIVEN.get(output, "")


OBSERVER = Observer(name, observe, DEFAULTS, gives)
