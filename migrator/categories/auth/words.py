"""Words of Cognito and of CloudFormation: what the CLI writes."""

from __future__ import annotations

import re

STANDARD_ATTRIBUTES = frozenset(
    (
        "address",
        "birthdate",
        "email",
        "family_name",
        "gender",
        "given_name",
        "locale",
        "middle_name",
        "name",
        "nickname",
        "phone_number",
        "picture",
        "preferred_username",
        "profile",
        "zoneinfo",
        "updated_at",
        "website",
    )
)
"""Attributes that every pool has."""

CREDENTIALS = ("client_id", "client_secret", "team_id", "key_id", "private_key")
"""Of the details of a provider, those that are secrets of the branch in Gen 2."""
_PREFIXES = {"LoginWithAmazon": "AMAZON", "SignInWithApple": "APPLE"}


def secret_name(provider: str, detail: str) -> str:
    """What the secret is called that stands in the place of a provider's credential."""
    prefix = _PREFIXES.get(provider) or re.sub(r"\W+", "_", provider)
    return f"{prefix}_{detail}".upper()


POOL_PROPERTIES = frozenset(
    (
        "AccountRecoverySetting",
        "AdminCreateUserConfig",
        "AliasAttributes",
        "AutoVerifiedAttributes",
        "DeletionProtection",
        "DeviceConfiguration",
        "EmailConfiguration",
        "EmailVerificationMessage",
        "EmailVerificationSubject",
        "EnabledMfas",
        "LambdaConfig",
        "MfaConfiguration",
        "Policies",
        "Schema",
        "SmsAuthenticationMessage",
        "SmsConfiguration",
        "SmsVerificationMessage",
        "UserAttributeUpdateSettings",
        "UsernameAttributes",
        "UsernameConfiguration",
        "UserPoolName",
        "VerificationMessageTemplate",
    )
)
"""Properties of a user pool that have an attribute of their own."""

CLIENT_PROPERTIES = frozenset(
    (
        "AccessTokenValidity",
        "AllowedOAuthFlows",
        "AllowedOAuthFlowsUserPoolClient",
        "AllowedOAuthScopes",
        "CallbackURLs",
        "ClientName",
        "ExplicitAuthFlows",
        "GenerateSecret",
        "IdTokenValidity",
        "LogoutURLs",
        "PreventUserExistenceErrors",
        "ReadAttributes",
        "RefreshTokenValidity",
        "SupportedIdentityProviders",
        "TokenValidityUnits",
        "UserPoolId",
        "WriteAttributes",
    )
)
"""Properties of an app client that have an attribute of their own."""

IDENTITY_POOL_PROPERTIES = frozenset(
    (
        "AllowUnauthenticatedIdentities",
        "CognitoIdentityProviders",
        "IdentityPoolName",
        "OpenIdConnectProviderARNs",
        "SupportedLoginProviders",
    )
)
"""Properties of an identity pool that have an attribute of their own."""
