"""User pools and identity pools as they are, read only.

https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.aws.errors import asking
from migrator.aws.properties import Properties, optional, pages, taken
from migrator.aws.session import Session

_GONE = ("ResourceNotFoundException", "NotFoundException")
_POOL = (
    "Policies",
    "LambdaConfig",
    "AutoVerifiedAttributes",
    "AliasAttributes",
    "UsernameAttributes",
    "SmsVerificationMessage",
    "EmailVerificationMessage",
    "EmailVerificationSubject",
    "VerificationMessageTemplate",
    "SmsAuthenticationMessage",
    "UserAttributeUpdateSettings",
    "DeviceConfiguration",
    "EmailConfiguration",
    "SmsConfiguration",
    "AdminCreateUserConfig",
    "UsernameConfiguration",
    "AccountRecoverySetting",
    "DeletionProtection",
    "MfaConfiguration",
)
_CLIENT = (
    "ClientName",
    "RefreshTokenValidity",
    "AccessTokenValidity",
    "IdTokenValidity",
    "TokenValidityUnits",
    "ReadAttributes",
    "WriteAttributes",
    "ExplicitAuthFlows",
    "SupportedIdentityProviders",
    "CallbackURLs",
    "LogoutURLs",
    "AllowedOAuthFlows",
    "AllowedOAuthScopes",
    "AllowedOAuthFlowsUserPoolClient",
    "PreventUserExistenceErrors",
    "EnableTokenRevocation",
)
_IDENTITY = (
    "AllowUnauthenticatedIdentities",
    "AllowClassicFlow",
    "SupportedLoginProviders",
    "OpenIdConnectProviderARNs",
    "CognitoIdentityProviders",
    "SamlProviderARNs",
)
_CONSTRAINTS = ("StringAttributeConstraints", "NumberAttributeConstraints")
_OF_ITSELF = frozenset({"sub", "email_verified", "phone_number_verified"})
"""Attributes of every pool that nobody can declare otherwise."""
_STANDARD_NAMES = "name given_name family_name middle_name nickname preferred_username profile picture website"
_STANDARD = frozenset(
    f"{_STANDARD_NAMES} email gender birthdate zoneinfo locale phone_number address updated_at".split()
)
_FACTORS = {
    "SmsMfaConfiguration": "SMS_MFA",
    "SoftwareTokenMfaConfiguration": "SOFTWARE_TOKEN_MFA",
    "EmailMfaConfiguration": "EMAIL_OTP",
}


def user_pool(session: Session, pool: str) -> Properties | None:
    """A user pool by its id; None when there is none. Raises AwsError."""
    client, what = session.client("cognito-idp"), f"the user pool {pool}"
    found = optional(lambda: client.describe_user_pool(UserPoolId=pool), what, *_GONE)
    if found is None:
        return None
    said: Mapping[str, Any] = found["UserPool"]
    with asking(what):
        factors = client.get_user_pool_mfa_config(UserPoolId=pool)
    return {
        **taken(said, _POOL),
        "UserPoolName": said.get("Name"),
        "Schema": list(_attributes(said.get("SchemaAttributes", ()))),
        "MfaConfiguration": factors.get("MfaConfiguration", said.get("MfaConfiguration", "OFF")),
        "EnabledMfas": list(_enabled(factors)) or None,
        "UserPoolTags": said.get("UserPoolTags") or None,
    }


def _attributes(listed: Any) -> Iterator[dict[str, Any]]:
    """Attributes that somebody declared: custom ones without their prefix, and standard ones that are not as in every
    pool."""
    for one in listed:
        name = str(one.get("Name", ""))
        plain = name.removeprefix("custom:")
        ordinary = name in _STANDARD and one.get("Mutable", True) and not one.get("Required", False)
        if name in _OF_ITSELF or ordinary:
            continue
        said = {key: value for key, value in one.items() if key not in _CONSTRAINTS or plain != name}
        if plain == name:
            said = {key: said[key] for key in ("Mutable", "Required") if key in said}
        yield {**said, "Name": plain}


def _enabled(factors: Mapping[str, Any]) -> Iterator[str]:
    for member, name in _FACTORS.items():
        said = factors.get(member)
        if isinstance(said, Mapping) and said.get("Enabled", bool(said)):
            yield name


def user_pool_client(session: Session, pool: str, client_id: str) -> Properties | None:
    """An app client; None when there is none. Its secret is never part of the answer. Raises AwsError."""
    client = session.client("cognito-idp")
    found = optional(
        lambda: client.describe_user_pool_client(UserPoolId=pool, ClientId=client_id),
        f"the client {client_id} of the user pool {pool}",
        *_GONE,
    )
    if found is None:
        return None
    said = found["UserPoolClient"]
    return {**taken(said, _CLIENT), "UserPoolId": pool, "GenerateSecret": bool(said.get("ClientSecret")) or None}


def client_secret(session: Session, pool: str, client_id: str) -> str:
    """The secret of a client, to sign in with; empty for a client without one. Never stored. Raises AwsError."""
    with asking(f"the client {client_id} of the user pool {pool}"):
        said = session.client("cognito-idp").describe_user_pool_client(UserPoolId=pool, ClientId=client_id)
    return str(said["UserPoolClient"].get("ClientSecret", ""))


def groups(session: Session, pool: str) -> tuple[Properties, ...]:
    """The groups of a pool. Raises AwsError."""
    client = session.client("cognito-idp")
    with asking(f"the groups of the user pool {pool}"):
        listed = tuple(pages(client.list_groups, "Groups", UserPoolId=pool))
    return tuple({**taken(one, ("GroupName", "Description", "Precedence", "RoleArn"))} for one in listed)


def identity_providers(session: Session, pool: str) -> tuple[Properties, ...]:
    """The names and types of the sign-in providers of a pool. Raises AwsError."""
    client = session.client("cognito-idp")
    with asking(f"the sign-in providers of the user pool {pool}"):
        listed = tuple(pages(client.list_identity_providers, "Providers", UserPoolId=pool))
    return tuple(taken(one, ("ProviderName", "ProviderType")) for one in listed)


def identity_pool(session: Session, identity: str) -> Properties | None:
    """An identity pool by its id; None when there is none. Raises AwsError."""
    client = session.client("cognito-identity")
    found = optional(
        lambda: client.describe_identity_pool(IdentityPoolId=identity), f"the identity pool {identity}", *_GONE
    )
    return {**taken(found, _IDENTITY), "IdentityPoolName": found.get("IdentityPoolName")} if found else None


def identity_pool_roles(session: Session, identity: str) -> Properties:
    """Who gets which role of an identity pool. Raises AwsError."""
    with asking(f"the roles of the identity pool {identity}"):
        found = session.client("cognito-identity").get_identity_pool_roles(IdentityPoolId=identity)
    # The service keeps mappings by provider; templates name them as they like, with the provider inside.
    mappings = {name: {**one, "IdentityProvider": name} for name, one in (found.get("RoleMappings") or {}).items()}
    said = {**found, "RoleMappings": mappings} if mappings else found
    return {"IdentityPoolId": identity, **taken(said, ("Roles", "RoleMappings"))}
