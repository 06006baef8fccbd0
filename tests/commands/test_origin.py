"""One output folder belongs to one Gen 1 project, and to the environment that was chosen first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from migrator.commands.convert import Request, convert
from migrator.core.errors import UsageError
from migrator.gen1.app import EnvironmentChoice
from migrator.output.manifest import read_manifest


def project(folder: Path, name: str, *environments: str) -> Path:
    config = {"storage": {"orders": {"service": "DynamoDB", "providerPlugin": "awscloudformation"}}}
    inputs = {"resourceName": "orders", "partitionKey": {"fieldName": "id", "fieldType": "string"}}
    team = {env: {"awscloudformation": {"StackName": f"amplify-{name}-{env}"}} for env in environments}
    files = {
        "amplify/.config/project-config.json": {"projectName": name},
        "amplify/backend/backend-config.json": config,
        "amplify/backend/storage/orders/cli-inputs.json": inputs,
        "amplify/team-provider-info.json": team,
    }
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(json.dumps(content))
    return folder


def run(source: Path, out: Path, env: str | None = None) -> None:
    convert(Request(source, out, env=env))


def test_a_folder_of_another_project_is_refused(tmp_path: Path) -> None:
    run(project(tmp_path / "a", "bakery", "dev"), tmp_path / "gen2")
    before = (tmp_path / "gen2/package.json").read_text()
    with pytest.raises(UsageError, match="written for another Gen 1 project: bakery"):
        run(project(tmp_path / "b", "florist", "dev"), tmp_path / "gen2")
    assert (tmp_path / "gen2/package.json").read_text() == before


def test_two_projects_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    run(project(tmp_path / "a", "bakery", "dev"), tmp_path / "gen2")
    with pytest.raises(UsageError, match="another Gen 1 project"):
        run(project(tmp_path / "b", "bakery", "dev"), tmp_path / "gen2")


def test_a_project_that_was_moved_is_still_the_same(tmp_path: Path) -> None:
    source = project(tmp_path / "a", "bakery", "dev")
    run(source, tmp_path / "gen2")
    run(source.rename(tmp_path / "moved"), tmp_path / "gen2")
    assert read_manifest(tmp_path / "gen2").options.place == "../moved"


def test_a_place_far_away_is_not_remembered(tmp_path: Path) -> None:
    run(project(tmp_path / "a", "bakery", "dev"), tmp_path / "some/where/gen2")
    assert read_manifest(tmp_path / "some/where/gen2").options.place == ""


def test_the_environment_has_to_be_chosen(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentChoice, match="it has dev, prod") as raised:
        run(project(tmp_path / "a", "bakery", "dev", "prod"), tmp_path / "gen2")
    assert raised.value.hint == "Choose one: --env dev"
    assert not (tmp_path / "gen2").exists()


def test_a_later_slice_is_read_from_the_environment_of_the_first(tmp_path: Path) -> None:
    source = project(tmp_path / "a", "bakery", "dev", "prod")
    run(source, tmp_path / "gen2", "prod")
    run(source, tmp_path / "gen2")
    assert read_manifest(tmp_path / "gen2").options.env == "prod"


def test_an_environment_that_one_of_several_apps_lacks_is_refused(tmp_path: Path) -> None:
    project(tmp_path / "repo/a", "bakery", "dev")
    project(tmp_path / "repo/b", "florist", "prod")
    with pytest.raises(EnvironmentChoice, match="florist has no environment 'dev'"):
        run(tmp_path / "repo", tmp_path / "gen2", "dev")
    assert not (tmp_path / "gen2").exists()
