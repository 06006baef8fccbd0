"""Words of Cognito and of CloudFormation: what the CLI writes."""

from __future__ import annotations

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
