from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from migrator.gen2 import surface as module
from migrator.gen2.surface import OPEN, Surface, surface
from migrator.node.toolchain import pinned, tools_folder

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "extract_surface.mjs"
CONTENT = json.loads((Path(module.__file__).parent / "surface.json").read_text(encoding="utf-8"))
ALL = [(name, path) for name, paths in CONTENT["surfaces"].items() for path in paths]

DOCUMENTED = {
    "defineAuth": (
        "loginWith.email",
        "loginWith.email.verificationEmailSubject",
        "loginWith.externalProviders.google.clientId",
        "userAttributes.email.required",
        "userAttributes.*",
        "multifactor.mode",
        "groups",
        "triggers.preSignUp",
        "accountRecovery",
    ),
    "defineData": (
        "schema",
        "authorizationModes.apiKeyAuthorizationMode.expiresInDays",
        "migratedAmplifyGen1DynamoDbTableMappings",
    ),
    "defineStorage": ("name", "isDefault", "access", "triggers.onUpload", "versioned"),
    "defineFunction": ("timeoutSeconds", "memoryMB", "environment.*", "resourceGroupName", "schedule", "runtime"),
    "CfnUserPool": (
        "policies",
        "policies.passwordPolicy",
        "policies.passwordPolicy.minimumLength",
        "usernameConfiguration.caseSensitive",
        "lambdaConfig.preSignUp",
    ),
    "CfnBucket": ("bucketEncryption.serverSideEncryptionConfiguration", "tagsRaw"),
    "CfnRole": ("assumeRolePolicyDocument.*",),
    "AmplifyDynamoDbTableWrapper": ("pointInTimeRecoverySpecification.recoveryPeriodInDays", "billingMode"),
}
"""Properties that the libraries' reference pages describe."""


def test_a_listed_path_is_known() -> None:
    assert Surface("x", frozenset({"a", "a.b"})).knows("a.b")


def test_a_path_below_a_leaf_is_unknown() -> None:
    assert not Surface("x", frozenset({"a", "a.b"})).knows("a.b.c")


def test_a_prefix_that_is_not_listed_is_unknown() -> None:
    assert not Surface("x", frozenset({"a.b"})).knows("a")


def test_names_are_compared_with_their_case() -> None:
    assert not Surface("x", frozenset({"memoryMB"})).knows("memoryMb")


def test_any_name_below_an_open_step_is_known() -> None:
    assert Surface("x", frozenset({"a", "a.*"})).knows("a.TABLE_NAME")


def test_every_depth_below_an_open_step_is_known() -> None:
    assert Surface("x", frozenset({"a", "a.*"})).knows("a.Statement.Effect")


def test_a_name_beside_an_open_step_is_unknown() -> None:
    assert not Surface("x", frozenset({"a", "a.*", "b"})).knows("c")


def test_an_open_step_does_not_open_names_that_begin_alike() -> None:
    assert not Surface("x", frozenset({"a", "a.*"})).knows("ab.c")


def test_a_surface_that_was_not_extracted_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="CfnNothing"):
        surface("CfnNothing")


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, paths in DOCUMENTED.items() for path in paths])
def test_a_documented_property_is_listed(name: str, path: str) -> None:
    assert path in surface(name).paths


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("defineAuth", "multifactor.smss"),
        ("defineAuth", "access.resource"),
        ("defineAuth", "triggers.preSignUp.getInstance"),
        ("defineStorage", "outputStorageStrategy"),
        ("CfnUserPool", "attrArn"),
        ("CfnUserPool", "node"),
        ("CfnUserPool", "policies.resolve"),
        ("CfnUserPool", "tags"),
        ("CfnUserPool", "schema.length"),
        ("AmplifyDynamoDbTableWrapper", "resource"),
    ],
)
def test_what_cannot_be_written_as_a_property_is_unknown(name: str, path: str) -> None:
    assert not surface(name).knows(path)


def test_the_step_above_every_path_is_listed_too() -> None:
    orphans = [(name, path) for name, path in ALL if "." in path and (name, path.rpartition(".")[0]) not in set(ALL)]
    assert orphans == []


def test_an_open_step_is_always_the_last_one() -> None:
    assert [path for _, path in ALL if OPEN in path.split(".")[:-1]] == []


def test_no_path_is_listed_twice() -> None:
    assert len(ALL) == len(set(ALL))


def test_the_surface_was_extracted_from_the_pinned_packages() -> None:
    versions = CONTENT["versions"]
    shared = pinned().keys() & versions.keys()
    assert {"@aws-amplify/backend", "aws-cdk-lib", "typescript"} <= shared
    assert {name: versions[name] for name in shared} == {name: pinned()[name] for name in shared}


def run(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not on the PATH")
    return subprocess.run([node, str(script), *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def modules() -> str:
    """The `node_modules` with the pinned packages: MIGRATE_NODE_MODULES, or the user's cache."""
    installed = Path(os.environ.get("MIGRATE_NODE_MODULES") or tools_folder() / "node_modules")
    if not installed.is_dir():
        pytest.skip(f"the pinned Node packages are not in {installed}; set MIGRATE_NODE_MODULES")
    return str(installed)


@pytest.mark.node
def test_the_surface_is_what_the_types_of_the_libraries_say(modules: str) -> None:
    answer = run(SCRIPT, "--modules", modules, "--check")
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.node
def test_a_check_names_the_path_that_the_file_lacks(modules: str, tmp_path: Path) -> None:
    script = tmp_path / "scripts" / SCRIPT.name
    old = tmp_path / "migrator" / "gen2" / "surface.json"
    for file in (script, old):
        file.parent.mkdir(parents=True)
    shutil.copy(SCRIPT, script)
    auth = [path for path in CONTENT["surfaces"]["defineAuth"] if path != "groups"]
    old.write_text(json.dumps(CONTENT | {"surfaces": CONTENT["surfaces"] | {"defineAuth": auth}}), encoding="utf-8")
    answer = run(script, "--modules", modules, "--check")
    assert (answer.returncode, answer.stderr.splitlines()[1:]) == (1, ["+ defineAuth groups"])


@pytest.mark.node
def test_missing_packages_are_named(tmp_path: Path) -> None:
    answer = run(SCRIPT, "--modules", str(tmp_path), "--check")
    assert (answer.returncode, "@aws-amplify/backend is not in" in answer.stderr) == (2, True)


@pytest.mark.node
def test_without_modules_the_usage_is_shown() -> None:
    answer = run(SCRIPT, "--check")
    assert (answer.returncode, answer.stderr.startswith("usage: ")) == (2, True)
