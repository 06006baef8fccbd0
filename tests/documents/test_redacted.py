"""Secrets are left out of settings files; everything else stays as it is."""

from __future__ import annotations

import json

import pytest

from migrator.core.secrets import REDACTED
from migrator.documents.redacted import holds_only_secrets, redacted, redacted_file

SECRET = "1a2b3c4d5e6f7g8h"


def test_a_file_without_secrets_keeps_every_byte() -> None:
    content = b'{\n      "UserPoolId":  "eu-west-1_a" }\r\n'
    kept = redacted_file("a.json", content)
    assert kept is not None
    assert (kept.content, kept.places) == (content, ())


def test_a_secret_is_replaced_by_its_mark() -> None:
    kept = redacted_file("m.json", json.dumps({"auth": {"AppClientSecret": SECRET, "AppClientID": "abc"}}).encode())
    assert kept is not None
    assert json.loads(kept.content) == {"auth": {"AppClientSecret": REDACTED, "AppClientID": "abc"}}
    assert kept.places == ("/auth/AppClientSecret",)


def test_settings_written_as_text_are_looked_into() -> None:
    text = json.dumps([{"ProviderName": "Google", "client_id": "1.apps", "client_secret": SECRET}])
    kept, places = redacted({"hostedUIProviderCreds": text})
    assert isinstance(kept, dict)
    inner = json.loads(str(kept["hostedUIProviderCreds"]))
    assert inner == [{"ProviderName": "Google", "client_id": "1.apps", "client_secret": REDACTED}]
    assert places == (("hostedUIProviderCreds", 0, "client_secret"),)


@pytest.mark.parametrize(
    "value",
    [
        {"stripeSecret": {"Type": "String", "Default": SECRET}},
        [{"ParameterKey": "stripeSecret", "ParameterValue": SECRET}],
        {"Environment": {"Variables": {"API_TOKEN": SECRET}}},
        {"apiKeys": [{"id": "da2-abcdefghijklmnopqrstuvwxyz"}]},
    ],
)
def test_a_value_is_named_by_what_it_belongs_to(value: object) -> None:
    kept, places = redacted(value)  # type: ignore[arg-type]
    assert SECRET not in json.dumps(kept)
    assert len(places) == 1


def test_yaml_keeps_its_tags_and_comments() -> None:
    text = f"Resources:\n  F:\n    # note\n    Properties:\n      API_TOKEN: {SECRET}\n      Name: !Ref env\n"
    kept = redacted_file("t.yml", text.encode())
    assert kept is not None
    assert kept.content.decode() == text.replace(SECRET, REDACTED)


def test_code_loses_its_keys_only() -> None:
    kept = redacted_file("index.js", b"const token = readToken1(); const id = 'AKIAIOSFODNN7EXAMPLE';")
    assert kept is not None
    assert kept.content == f"const token = readToken1(); const id = '{REDACTED}';".encode()


def test_names_of_packages_are_no_secrets() -> None:
    content = b'{"dependencies": {"@aws-sdk/credential-provider-node": "^3.450.0"}}'
    kept = redacted_file("src/package.json", content)
    assert kept is not None
    assert kept.content == content


def test_pictures_are_left_alone() -> None:
    picture = bytes(range(256))
    kept = redacted_file("a.png", picture)
    assert kept is not None
    assert kept.content == picture


@pytest.mark.parametrize("path", ["a/.env", ".env.local", "keys/server.pem", "AuthKey_1.p8", ".npmrc"])
def test_files_of_secrets_are_known_by_name(path: str) -> None:
    assert holds_only_secrets(path)


@pytest.mark.parametrize("path", ["env.json", "function/environment.ts", "keyboard.js"])
def test_other_files_are_not(path: str) -> None:
    assert not holds_only_secrets(path)
