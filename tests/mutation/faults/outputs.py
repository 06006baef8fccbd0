"""What clients find."""

from __future__ import annotations

from typing import Any

from migrator.verify.assembly import Assembly
from migrator.verify.results import Check
from tests.mutation.edits import GONE, Change, Place, edited
from tests.mutation.fault import Fault

OUTPUTS = Check.OUTPUTS


def told(name: str, value: Any) -> Change:
    """Another value of an output of the root stack; `GONE` takes the output out."""

    def change(assembly: Assembly) -> Assembly:
        root = assembly.stacks[0]
        if name not in root.template["Outputs"]:
            raise LookupError(f"there is no output {name}")
        place = ("Outputs", name) if value is GONE else ("Outputs", name, "Value")
        return edited(assembly, Place(root.file, place), value)

    return change


FAULTS = (
    Fault("the pool of somebody else", OUTPUTS, "shop", told("userPoolId", "eu-west-1_abcdefghi")),
    Fault("the client of somebody else", OUTPUTS, "shop", told("webClientId", "abcdefghijklmnopqrstuvwxyz")),
    Fault("no identity pool", OUTPUTS, "shop", told("identityPoolId", GONE)),
    Fault("guests are told that they are refused", OUTPUTS, "shop", told("allowUnauthenticatedIdentities", "false")),
    Fault("MFA is told to be off", OUTPUTS, "shop", told("mfaConfiguration", "NONE")),
    Fault("another length of passwords", OUTPUTS, "shop", told("passwordPolicyMinLength", "8")),
    Fault("an attribute of the form is lost", OUTPUTS, "shop", told("signupAttributes", '["email"]')),
    Fault("another name to sign in with", OUTPUTS, "shop", told("usernameAttributes", '["phone_number"]')),
    Fault("another default mode of the API", OUTPUTS, "shop", told("awsAppsyncAuthenticationType", "API_KEY")),
    Fault("no key of the API", OUTPUTS, "shop", told("awsAppsyncApiKey", GONE)),
    Fault(
        "the API of another environment", OUTPUTS, "shop", told("awsAppsyncApiEndpoint", "https://example.com/graphql")
    ),
    Fault("code generated from another API", OUTPUTS, "shop", told("awsAppsyncApiId", "abcdefghijklmnopqrstuvwxyz")),
    Fault(
        "models generated of another schema",
        OUTPUTS,
        "shop",
        told("amplifyApiModelSchemaS3Uri", "s3://other-bucket/model-schema.graphql"),
    ),
    Fault("another client for the hosted UI", OUTPUTS, "notes-legacy", told("oauthClientId", "abcdefghijklmnopqrst")),
    Fault("another bucket", OUTPUTS, "shop", told("bucketName", "other-bucket")),
    Fault("another region", OUTPUTS, "shop", told("authRegion", "us-west-2")),
    Fault("the domain of sign-in", OUTPUTS, "club", told("oauthCognitoDomain", "example.com")),
    Fault("the page after sign-in", OUTPUTS, "club", told("oauthRedirectSignIn", "https://example.com/")),
    Fault("a scope less", OUTPUTS, "club", told("oauthScope", '["email","openid","profile"]')),
    Fault(
        "a way to sign in without a password", OUTPUTS, "club", told("passwordlessOptions", '{"emailOtpEnabled":true}')
    ),
    Fault("no provider", OUTPUTS, "club", told("socialProviders", "")),
)
