"""Credentials that cannot be used are said in plain words, whatever botocore makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.aws.reading import Reading
from migrator.aws.session import Session
from migrator.core.errors import AwsError
from migrator.deploy.preflight import Deployer, account_findings

CONFIG = """
[profile work]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Dev
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://example.awsapps.com/start
[profile broken]
credential_process = /bin/false
[profile half]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
"""


@pytest.fixture(autouse=True)
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config").write_text(CONFIG)
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(tmp_path))


def session(profile: str) -> Session:
    return Session(f"eu-west-{len(profile)}", profile)  # clients are kept by session


@pytest.mark.parametrize(
    ("profile", "said"),
    [("broken", "could not be had"), ("half", "are incomplete"), ("nobody", "in no AWS configuration file")],
)
def test_a_profile_that_cannot_be_used_is_said(profile: str, said: str) -> None:
    with pytest.raises(AwsError, match=said):
        Reading(session(profile)).ask("sts", "GetCallerIdentity")


def test_a_profile_without_a_login_names_the_command() -> None:
    found = account_findings(Reading(session("work")), Deployer("work", "eu-west-1", sso=True))
    assert [one.rule for one in found] == ["AWS010", "AWS019"]
    assert found[0].hint == "Run `aws sso login --profile work`, then this command again."


def test_no_credentials_at_all_are_said() -> None:
    found = account_findings(Reading(Session("eu-north-1")), Deployer("", "eu-north-1"))
    assert found[0].message == "There are no AWS credentials for this shell."
