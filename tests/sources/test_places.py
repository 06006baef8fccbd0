"""Folders and files that are known by their paths."""

from __future__ import annotations

import pytest

from migrator.sources.uses import ConfigurationFile, FolderKind, Gen1Folder
from tests.sources.found import nodes


@pytest.mark.parametrize(
    "path",
    [
        "amplify/backend.ts",
        "amplify/data/resource.ts",
        "backend/src/server.js",
        "backend/auth/login.json",
        "amplify_outputs.json",
        "src/aws-exports-table.js",
        "src/aws-exports.js.map",
        "amplifyconfiguration.ts",
    ],
)
def test_not_of_gen_1(path: str) -> None:
    assert nodes("path", path) == []


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("amplify/backend/backend-config.json", "amplify/backend"),
        ("backend/amplify-meta.json", "backend"),
        ("apps/a/amplify/backend/function/f/f-cloudformation-template.json", "apps/a/amplify/backend"),
        ("amplify-gen1/backend/storage/s/cli-inputs.json", "amplify-gen1/backend"),
    ],
)
def test_a_backend(path: str, folder: str) -> None:
    assert nodes("path", path) == [Gen1Folder(folder, FolderKind.SOURCE)]


def test_a_copy_of_what_was_deployed() -> None:
    found = nodes("path", "amplify/#current-cloud-backend/backend/auth/a/cli-inputs.json")
    assert found == [Gen1Folder("amplify/#current-cloud-backend", FolderKind.DEPLOYED)]


@pytest.mark.parametrize(
    "path", ["aws-exports.js", "src/aws-exports.ts", "lib/amplifyconfiguration.dart", "ios/awsconfiguration.json"]
)
def test_a_configuration_file(path: str) -> None:
    assert nodes("path", path) == [ConfigurationFile(path.rpartition("/")[2])]
