"""What Cognito takes where a template does not say it."""

from __future__ import annotations

from migrator.engine.observed import Default
from migrator.engine.observing import defaults

_POOL = "aws-resource-cognito-userpool"
_CLIENT = "aws-resource-cognito-userpoolclient"
_IDENTITY = "aws-resource-cognito-identitypool"

DEFAULTS = (
    *defaults(
        "AWS::Cognito::UserPool",
        _POOL,
        {
            "MfaConfiguration": "OFF",
            "AdminCreateUserConfig.AllowAdminCreateUserOnly": False,
            "DeletionProtection": "INACTIVE",
            "UsernameConfiguration.CaseSensitive": True,
            "VerificationMessageTemplate.DefaultEmailOption": "CONFIRM_WITH_CODE",
            "Schema[*].Required": False,
        },
    ),
    # An attribute that is listed is unchangeable unless it says otherwise; one that is not listed is changeable.
    Default("AWS::Cognito::UserPool", "Schema[*].Mutable", False, "https://github.com/aws/aws-cdk/issues/8624"),
    *defaults(
        "AWS::Cognito::UserPoolClient",
        _CLIENT,
        {
            "GenerateSecret": False,
            "RefreshTokenValidity": 30,
            "TokenValidityUnits.RefreshToken": "days",
            "TokenValidityUnits.AccessToken": "hours",
            "TokenValidityUnits.IdToken": "hours",
            "AllowedOAuthFlowsUserPoolClient": False,
            "ExplicitAuthFlows": ("ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"),
            "EnableTokenRevocation": True,
            "PreventUserExistenceErrors": "LEGACY",
        },
    ),
    *defaults(
        "AWS::Cognito::IdentityPool",
        _IDENTITY,
        {"AllowClassicFlow": False, "CognitoIdentityProviders[*].ServerSideTokenCheck": False},
    ),
    *defaults("AWS::Cognito::IdentityPoolRoleAttachment", "aws-resource-cognito-identitypoolroleattachment", {}),
    *defaults("AWS::Cognito::UserPoolGroup", "aws-resource-cognito-userpoolgroup", {}),
    *defaults("AWS::Cognito::UserPoolDomain", "aws-resource-cognito-userpooldomain", {"ManagedLoginVersion": 1}),
    *defaults(
        "AWS::Cognito::UserPoolIdentityProvider",
        "aws-resource-cognito-userpoolidentityprovider",
        {"ProviderDetails.IDPSignout": "false"},
    ),
)
