"""The copy of a Gen 1 project that says what runs on the local AWS."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from migrator.core.ref import ResourceRef
from migrator.deploy.gen1_copy import copied
from migrator.deploy.gen1_stack import Gen1Stack, api_ids, zipped
from migrator.gen1.app import App
from migrator.gen1.project import discover

SHOP = Path(__file__).parents[2] / "sample_projects" / "shop" / "gen1"
STACK = Gen1Stack(
    "stack",
    {ResourceRef("auth", "papershopAuth"): {"UserPoolId": "us-east-1_Local"}},
    {"AuthRoleArn": "arn:aws:iam::000000000000:role/auth", "UnauthRoleArn": "arn:aws:iam::000000000000:role/unauth"},
)


@pytest.fixture
def app() -> App:
    return discover(SHOP, "main").apps[0]


def _meta(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "amplify/#current-cloud-backend/amplify-meta.json").read_text())
    return found


def test_outputs_are_those_of_the_local_stack(app: App, tmp_path: Path) -> None:
    said = _meta(copied(app, tmp_path / "copy", STACK, "000000000000", "us-east-1"))
    assert said["auth"]["papershopAuth"]["output"]["UserPoolId"] == "us-east-1_Local"


def test_roles_are_those_of_the_local_stack(app: App, tmp_path: Path) -> None:
    said = _meta(copied(app, tmp_path / "copy", STACK, "000000000000", "us-east-1"))
    assert said["providers"]["awscloudformation"]["AuthRoleArn"] == "arn:aws:iam::000000000000:role/auth"


def test_no_arn_speaks_of_the_live_account(app: App, tmp_path: Path) -> None:
    said = json.dumps(_meta(copied(app, tmp_path / "copy", STACK, "000000000000", "us-east-1")))
    assert f":{app.account}:" not in said


def test_outputs_that_the_local_stack_does_not_have_stay(app: App, tmp_path: Path) -> None:
    said = _meta(copied(app, tmp_path / "copy", STACK, "000000000000", "us-east-1"))
    assert said["auth"]["papershopAuth"]["output"]["AppClientIDWeb"]


def test_the_project_itself_is_not_touched(app: App, tmp_path: Path) -> None:
    before = (SHOP / "amplify/#current-cloud-backend/amplify-meta.json").read_bytes()
    copied(app, tmp_path / "copy", STACK, "000000000000", "us-east-1")
    assert (SHOP / "amplify/#current-cloud-backend/amplify-meta.json").read_bytes() == before


def test_an_api_is_known_by_the_name_of_its_environment(app: App) -> None:
    assert api_ids(app) == {"papershop-main": "fakepapershopapi0000000001"}


def test_an_archive_is_never_empty() -> None:
    assert zipped({}) != b""
