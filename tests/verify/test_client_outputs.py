"""What clients find in `amplify_outputs.json`, as Amplify's own packages make it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from migrator.engine.observed import ClientSchema
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain
from migrator.verify.assembly import Assembly, Stack
from migrator.verify.client_outputs import ClientOutputs, read_client_outputs

pytestmark = pytest.mark.node

AUTH = {
    "userPoolId": "${user pool}",
    "webClientId": "${web client}",
    "identityPoolId": "${identity pool}",
    "authRegion": "${AWS::Region}",
    "allowUnauthenticatedIdentities": "false",
    "mfaConfiguration": "OPTIONAL",
    "mfaTypes": '["TOTP"]',
}


@pytest.fixture
def processes() -> Iterator[Processes]:
    with Processes() as running:
        yield running


def assembly(folder: Path, **listed: list[str]) -> Assembly:
    """An assembly whose root stack lists these outputs, by package."""
    metadata = {f"AWS::Amplify::{name}": {"version": "1", "stackOutputs": names} for name, names in listed.items()}
    return Assembly(folder, (Stack("root.json", {"Metadata": metadata}),), {})


def read(
    made: Assembly, values: Mapping[str, object], toolchain: Toolchain, processes: Processes, *schemas: str
) -> ClientOutputs:
    return read_client_outputs(made, values, [ClientSchema(text) for text in schemas], toolchain, processes)


def test_outputs_that_the_root_stack_lists_are_told(tmp_path: Path, toolchain: Toolchain, processes: Processes) -> None:
    found = read(assembly(tmp_path, Auth=list(AUTH)), AUTH, toolchain, processes)
    auth = (found.config or {})["auth"]
    assert auth["user_pool_id"] == "${user pool}"
    assert auth["mfa_configuration"] == "OPTIONAL"
    assert auth["mfa_methods"] == ["TOTP"]
    assert auth["unauthenticated_identities_enabled"] is False


def test_outputs_that_no_package_lists_are_not(tmp_path: Path, toolchain: Toolchain, processes: Processes) -> None:
    listed = [name for name in AUTH if not name.startswith("mfa")]
    found = read(assembly(tmp_path, Auth=listed), AUTH, toolchain, processes)
    assert "mfa_configuration" not in (found.config or {})["auth"]


def test_a_file_that_ampx_would_not_write_is_told(tmp_path: Path, toolchain: Toolchain, processes: Processes) -> None:
    found = read(assembly(tmp_path, Auth=["userPoolId"]), AUTH, toolchain, processes)
    assert found.config is None
    assert "webClientId" in found.error


def test_ids_that_nobody_has_entered_yet_are_told_by_name(
    tmp_path: Path, toolchain: Toolchain, processes: Processes
) -> None:
    said = {**AUTH, "webClientId": "", "identityPoolId": ""}
    auth = (read(assembly(tmp_path, Auth=list(AUTH)), said, toolchain, processes).config or {})["auth"]
    assert (auth["user_pool_client_id"], auth["identity_pool_id"]) == ("${webClientId}", "${identityPoolId}")


def test_json_that_is_only_known_after_the_deployment_is_left_out(
    tmp_path: Path, toolchain: Toolchain, processes: Processes
) -> None:
    said = {**AUTH, "mfaTypes": "${auth#Live.mfaTypes}"}
    found = read(assembly(tmp_path, Auth=list(AUTH)), said, toolchain, processes)
    assert "mfa_methods" not in (found.config or {})["auth"]


def test_models_are_made_of_a_schema(tmp_path: Path, toolchain: Toolchain, processes: Processes) -> None:
    found = read(assembly(tmp_path), {}, toolchain, processes, "type Note @model { id: ID! title: String! }", "type {")
    model, refused = found.models
    assert list((model.model or {})["models"]) == ["Note"]
    assert refused.model is None
    assert refused.error
