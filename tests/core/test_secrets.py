"""What counts as a secret. All values here are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.core.secrets import HIDDEN, REDACTED, looks_secret, redact, without_keys, without_secrets


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", "hunter22"),
        ("stripeSecret", "abcd1234"),
        ("facebookAppSecretUserPool", "0123456789abcdef"),
        ("signinwithapplePrivateKeyUserPool", "MIGTAgEAMBMG"),
        ("hostedUIProviderCreds", '[{"ProviderName":"Google","client_id":"x","client_secret":"y1y2"}]'),
        ("AppClientSecret", "1a2b3c4d5e"),
        ("GITHUB_TOKEN", "abcdef123456"),
        ("API_KEY", "abcdef123456"),
        ("SLACK", "xoxb-123456789012-abcdef"),
        ("note", "AKIAIOSFODNN7EXAMPLE"),
        ("x", "-----BEGIN RSA PRIVATE KEY-----\nMIIE"),
        ("x", "sk_live_0123456789abcdef"),
        ("x", "ghp_" + "a1B2" * 9),
        ("x", "da2-abcdefghijklmnopqrstuvwxyz"),
        ("x", "AIza" + "Sy0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6"),
        ("x", "postgres://user:pa55word@host/db"),
        ("x", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc"),
        ("x", "wJ4lrXUtn9FEMIK7MDENGbPxR8fiCYEXAMPLEK3Y"),
        ("SigningKey", "abcdef123456"),
    ],
)
def test_secrets_are_known(name: str, value: str) -> None:
    assert looks_secret(name, value)
    assert redact(name, value) == HIDDEN


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("UserPoolId", "us-east-1_66BkqNfdX"),
        ("AppClientIDWeb", "7ogg1fkk68io03i95o0viqhibk"),
        ("IdentityPoolId", "us-east-1:46acac6f-21d1-433c-93b9-d9d908c696fc"),
        ("GraphQLAPIIdOutput", "3oy6oxkj6ffojmc2upd52ftdsq"),
        ("AmplifyAppId", "d1a2b3c4d5e6f7"),
        ("bucketName", "petphotosf95af07481f845caa6594c26ac9c8ed3"),
        ("s3Key", "amplify-builds/hello-4b4665534739746b326e-build.zip"),
        ("lastPushDirHash", "vwfsguBCYhmnChi8OJsiaEhZfwA="),
        ("versionHash", "fDNPyzXZ0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1w="),
        ("secretsPathAmplifyAppId", "d1a2b3c4d5e6f7"),
        ("secretNames", "STRIPE_KEY"),
        ("API_KEY", {"Ref": "apiKey"}),
        ("API_KEY", "${apiKey}"),
        ("DB_SECRET", "arn:aws:secretsmanager:us-east-1:123456789012:secret:db"),
        ("DB_SECRET", "/amplify/d1/dev/AMPLIFY_hello_DB_SECRET"),
        ("TOKEN_URL", "https://example.com/oauth/token"),
        ("TokenValidityUnits", "days"),
        ("userpoolClientGenerateSecret", "true"),
        ("PreTokenGeneration", "alter-claims"),
        ("passwordPolicyCharacters", "Requires Lowercase"),
        ("passwordPolicyMinLength", "12"),
        ("partitionKeyName", "userName"),
        ("hostedUIProviderCreds", "[]"),
        ("APIKeyExpirationEpoch", "-1"),
        ("CreateAPIKey", "1"),
        ("authenticationType", "API_KEY"),
        ("PASSWORD", ""),
        ("RefreshToken", "days"),
        ("Key", "user:Stack"),
        ("PASSWORD", "changeme"),
        ("logicalId", "GraphQLAPITransformerSchema3CB2AE18"),
        ("smsVerificationMessage", "Your verification code is {####}"),
        ("Description", "The key of the table, a secret to nobody"),
        ("roleName", "amplify-pets-dev-12345-authRole"),
    ],
)
def test_ids_names_and_references_are_no_secrets(name: str, value: object) -> None:
    assert not looks_secret(name, value)
    assert redact(name, value) == str(value)


@given(st.text(max_size=30), st.none() | st.booleans() | st.integers() | st.lists(st.text()))
def test_only_text_can_be_a_secret(name: str, value: object) -> None:
    assert not looks_secret(name, value)


@given(st.uuids(), st.text(max_size=10))
def test_a_uuid_is_no_secret_unless_its_name_says_so(value: object, name: str) -> None:
    assert not looks_secret(f"id{name}id", str(value)) or looks_secret(f"id{name}id", "abcdef123456")


def test_what_was_redacted_before_still_counts_as_a_secret() -> None:
    assert looks_secret("API_TOKEN", REDACTED)
    assert looks_secret("anything", REDACTED)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (
            "aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY done",
            f"aws_secret_access_key={REDACTED} done",
        ),
        ("Authorization: Bearer abc123DEF456", f"Authorization: Bearer {REDACTED}"),
        ('{"ClientSecret": "1a2b3c4d5e6f"}', f'{{"ClientSecret": "{REDACTED}"}}'),
        ("postgres://me:pa55word@host/db", f"postgres{REDACTED}"),
        ("-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----\nrest", f"{REDACTED}\nrest"),
        ("the key da2-abcdefghijklmnopqrstuvwxyz, next", f"the key {REDACTED}, next"),
    ],
)
def test_secrets_are_left_out_of_lines(line: str, shown: str) -> None:
    assert without_secrets(line) == shown


@pytest.mark.parametrize(
    "line",
    [
        "the stack amplify-shop-dev is done at 12:30",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db",
        "UserPoolId: eu-west-1_AbCdEfGhI",
    ],
)
def test_other_lines_stay_as_they_are(line: str) -> None:
    assert without_secrets(line) == line


def test_code_keeps_its_assignments_and_loses_keys() -> None:
    code = 'const apiToken = readToken2(); const key = "AKIAIOSFODNN7EXAMPLE";'
    assert without_keys(code) == f'const apiToken = readToken2(); const key = "{REDACTED}";'
