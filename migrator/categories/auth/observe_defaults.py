"""What Cognito takes where a template does not say it."""

from __future__ import annotations

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
            "Schema[*].Mutable": True,
            "Schema[*].Required": False,
        },
    ),
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
    *defaults("AWS::Cognito::UserPoolIdentityProvider", "aws-resource-cognito-userpoolidentityprovider", {}),
)
