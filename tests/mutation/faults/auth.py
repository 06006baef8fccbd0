"""Users, clients, groups, providers."""

from __future__ import annotations

from migrator.verify.results import Check
from tests.mutation.edits import GONE, add, drop, put
from tests.mutation.fault import Fault

POOL = "auth/amplifyAuth/UserPool"
CLIENT = "auth/amplifyAuth/UserPoolAppClient"
NATIVE = "auth/NativeClient"
IDENTITIES = "auth/amplifyAuth/IdentityPool"
ROLES = "auth/amplifyAuth/IdentityPoolRoleAttachment"
GOOGLE = "auth/amplifyAuth/GoogleIdP"
STAFF = "auth/amplifyAuth/Staff-SSOOidcIDP"
PARTNERS = "auth/amplifyAuth/SamlIDP"
FETCHER = "AmplifySecretFetcherResource"
SETTINGS = Check.SETTINGS
BY_HAND = "auth-by-hand"
"""A fixture with what only overrides set."""

FAULTS = (
    Fault("guests are refused", SETTINGS, "shop", put(IDENTITIES, "AllowUnauthenticatedIdentities", False)),
    Fault("guests are let in", SETTINGS, "club", put(IDENTITIES, "AllowUnauthenticatedIdentities", True)),
    Fault("the classic flow is allowed", SETTINGS, "club", put(IDENTITIES, "AllowClassicFlow", True)),
    Fault(
        "a client is no provider of identities", SETTINGS, "shop", put(IDENTITIES, "CognitoIdentityProviders[0]", GONE)
    ),
    Fault("the pool goes with its stack", SETTINGS, "shop", put(POOL, "/DeletionPolicy", "Delete")),
    Fault("a pool that is replaced is deleted", SETTINGS, "shop", drop(POOL, "/UpdateReplacePolicy")),
    Fault("a weaker password: length", SETTINGS, "shop", put(POOL, "Policies.PasswordPolicy.MinimumLength", 8)),
    Fault(
        "a weaker password: upper case", SETTINGS, "shop", put(POOL, "Policies.PasswordPolicy.RequireUppercase", False)
    ),
    Fault("no password policy", SETTINGS, "club", drop(POOL, "Policies")),
    Fault("MFA is off", SETTINGS, "shop", put(POOL, "MfaConfiguration", "OFF")),
    Fault("MFA is demanded of everyone", SETTINGS, "shop", put(POOL, "MfaConfiguration", "ON")),
    Fault("codes by SMS besides the app", SETTINGS, "shop", put(POOL, "EnabledMfas[1]", "SMS_MFA")),
    Fault("a trigger is dropped", SETTINGS, "shop", drop(POOL, "LambdaConfig.PostConfirmation")),
    Fault(
        "two triggers are swapped",
        SETTINGS,
        "club",
        put(POOL, "LambdaConfig", lambda said: said | {"PreSignUp": said["PostConfirmation"]}),
    ),
    Fault("a required attribute is optional", SETTINGS, "shop", put(POOL, "Schema[1].Required", False)),
    Fault("an attribute cannot be changed", SETTINGS, "shop", put(POOL, "Schema[1].Mutable", False)),
    Fault("a custom attribute is lost", SETTINGS, "notes-legacy", put(POOL, "Schema[2]", GONE)),
    Fault(
        "a custom attribute is shorter",
        SETTINGS,
        "notes-legacy",
        put(POOL, "Schema[2].StringAttributeConstraints.MaxLength", "15"),
    ),
    Fault(
        "users sign up by themselves",
        SETTINGS,
        "notes-legacy",
        put(POOL, "AdminCreateUserConfig.AllowAdminCreateUserOnly", False),
    ),
    Fault("user names heed capital letters", SETTINGS, "shop", put(POOL, "UsernameConfiguration.CaseSensitive", True)),
    Fault("an alias is lost", SETTINGS, "club", put(POOL, "AliasAttributes", ["email"])),
    Fault("sign-in by phone as well", SETTINGS, "shop", put(POOL, "UsernameAttributes", ["email", "phone_number"])),
    Fault(
        "the recovery is by email only",
        SETTINGS,
        "shop",
        put(POOL, "AccountRecoverySetting", {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]}),
    ),
    Fault(
        "another mail for codes",
        SETTINGS,
        "shop",
        put(POOL, "VerificationMessageTemplate.EmailMessage", "Hello {####}"),
    ),
    Fault("the token's unit is hours", SETTINGS, "shop", put(CLIENT, "TokenValidityUnits.RefreshToken", "hours")),
    Fault("refresh tokens live a day less", SETTINGS, "club", put(CLIENT, "RefreshTokenValidity", 89)),
    Fault("a client gets a secret", SETTINGS, "shop", put(NATIVE, "GenerateSecret", True)),
    Fault("a client loses its secret", SETTINGS, "club", put(NATIVE, "GenerateSecret", False)),
    Fault("an OAuth callback is lost", SETTINGS, "club", put(CLIENT, "CallbackURLs", ["http://localhost:5173/"])),
    Fault("the implicit flow", SETTINGS, "club", put(CLIENT, "AllowedOAuthFlows", ["implicit"])),
    Fault("a scope more", SETTINGS, "club", put(CLIENT, "AllowedOAuthScopes[4]", "phone")),
    Fault("a client without the provider", SETTINGS, "club", put(CLIENT, "SupportedIdentityProviders", ["COGNITO"])),
    Fault("a client writes any attribute", SETTINGS, "shop", drop(CLIENT, "WriteAttributes")),
    Fault(
        "passwords in plain text at sign-in",
        SETTINGS,
        "shop",
        put(CLIENT, "ExplicitAuthFlows[3]", "ALLOW_USER_PASSWORD_AUTH"),
    ),
    Fault(
        "a client more",
        SETTINGS,
        "shop",
        add(NATIVE, "Third", {"Type": "AWS::Cognito::UserPoolClient", "Properties": {}}),
    ),
    Fault("the provider's scopes", SETTINGS, "club", put(GOOGLE, "ProviderDetails.authorize_scopes", "openid email")),
    Fault("an attribute of the provider is not mapped", SETTINGS, "club", drop(GOOGLE, "AttributeMapping.family_name")),
    Fault(
        "a secret of the provider is written out", SETTINGS, "club", put(GOOGLE, "ProviderDetails.client_secret", "abc")
    ),
    Fault(
        "the secrets of a provider are swapped",
        SETTINGS,
        "club",
        put(
            GOOGLE,
            "ProviderDetails",
            lambda said: said | {"client_id": said["client_secret"], "client_secret": said["client_id"]},
        ),
    ),
    Fault(
        "another issuer of tokens",
        SETTINGS,
        BY_HAND,
        put(STAFF, "ProviderDetails.oidc_issuer", "https://other.example"),
    ),
    Fault(
        "a provider has the secret of another",
        SETTINGS,
        BY_HAND,
        put(
            STAFF,
            "ProviderDetails.client_secret",
            {"Fn::GetAtt": ["AmplifySecretFetcherResource", "GOOGLE_CLIENT_SECRET"]},
        ),
    ),
    Fault("a provider of assertions is lost", SETTINGS, BY_HAND, drop(PARTNERS)),
    Fault(
        "other metadata of a provider of assertions",
        SETTINGS,
        BY_HAND,
        put("auth/Suppliers", "ProviderDetails.MetadataURL", "https://other.example/metadata.xml"),
    ),
    Fault("domains of a provider are lost", SETTINGS, BY_HAND, drop(STAFF, "IdpIdentifiers")),
    Fault("a scope of the resource server is lost", SETTINGS, BY_HAND, drop("auth/ClubServer", "Scopes")),
    Fault(
        "stolen passwords are let in",
        SETTINGS,
        BY_HAND,
        put("auth/Risks", "CompromisedCredentialsRiskConfiguration.Actions.EventAction", "NO_ACTION"),
    ),
    Fault(
        "tokens of another app are taken",
        SETTINGS,
        BY_HAND,
        put(IDENTITIES, "SupportedLoginProviders", lambda said: {**said, "www.amazon.com": "amzn1.application.other"}),
    ),
    Fault("assertions of a provider are not taken", SETTINGS, BY_HAND, drop(IDENTITIES, "SamlProviderARNs")),
    Fault("advanced security is off", SETTINGS, BY_HAND, drop(POOL, "UserPoolAddOns")),
    Fault("mail comes from Cognito", SETTINGS, BY_HAND, drop(POOL, "EmailConfiguration")),
    Fault("the precedence is off by one", SETTINGS, "club", put("auth/amplifyAuth/CommitteeGroup", "Precedence", 0)),
    Fault("a group is lost", SETTINGS, "club", drop("auth/amplifyAuth/MembersGroup")),
    Fault(
        "a group has the role of another",
        SETTINGS,
        "club",
        put(
            "auth/amplifyAuth/CoachesGroup", "RoleArn", {"Fn::GetAtt": ["amplifyAuthCommitteeGroupRoleE2E9E501", "Arn"]}
        ),
    ),
    Fault("groups give no role", SETTINGS, "club", drop(ROLES, "RoleMappings")),
    Fault(
        "guests get the role of users",
        SETTINGS,
        "shop",
        put(ROLES, "Roles", lambda said: said | {"unauthenticated": said["authenticated"]}),
    ),
)
