"""Assemblies made by hand: stacks, assets, and which functions are the project's."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from migrator.core.errors import VerifyError
from migrator.verify.assembly import asset_key, construct_path, read_assembly
from migrator.verify.functions import Function, project_functions
from migrator.verify.workspace import Mode, Workspace
from tests.verify.projects import write

HASH = "ab" * 32
CHILD = "cd" * 32


def function(path: str, key: str = HASH, *, bundled: bool = False, **properties: Any) -> dict[str, Any]:
    metadata = {"aws:cdk:path": f"app/{path}/Resource"} | ({"aws:asset:is-bundled": True} if bundled else {})
    given = {"Runtime": "nodejs20.x", "Handler": "index.handler", "Code": {"S3Key": f"{key}.zip"}}
    return {"Type": "AWS::Lambda::Function", "Properties": given | properties, "Metadata": metadata}


def assembled(folder: Path, resources: dict[str, Any], **files: str) -> Workspace:
    """A workspace with a branch assembly of one stack, one asset with `files`, and a project with one source file."""
    keys = {HASH: f"asset.{HASH}", CHILD: "child.nested.template.json"}
    entries = {
        key: {
            "source": {"path": path},
            "destinations": {"d": {"objectKey": key + (".zip" if key == HASH else ".json")}},
        }
        for key, path in keys.items()
    }
    artifact = {"type": "aws:cloudformation:stack", "properties": {"templateFile": "root.template.json"}}
    write(
        folder / "out" / "branch",
        {
            "manifest.json": json.dumps({"artifacts": {"root": artifact}}),
            "root.template.json": json.dumps({"Resources": resources}),
            "child.nested.template.json": json.dumps({"Resources": {"Inner": {"Type": "Any"}}}),
            "root.assets.json": json.dumps({"files": entries}),
            **{f"asset.{HASH}/{name}": text for name, text in files.items()},
        },
    )
    write(folder / "project" / "branch" / "amplify", {"function/hello/index.js": "exports.handler = () => 1;"})
    return Workspace(folder)


def found(workspace: Workspace) -> tuple[Function, ...]:
    return project_functions(read_assembly(workspace.assembly(Mode.BRANCH)), workspace)


def names(workspace: Workspace) -> list[str]:
    return [function.name for function in found(workspace)]


def test_a_bundled_function_is_the_projects(tmp_path: Path) -> None:
    assert names(assembled(tmp_path, {"F": function("function/hello-lambda", bundled=True)})) == [
        "function/hello-lambda"
    ]


def test_the_function_that_amplify_bundles_for_itself_is_not(tmp_path: Path) -> None:
    resource = function("AmplifyBranchLinker/CustomResourceLambda", bundled=True)
    assert names(assembled(tmp_path, {"F": resource})) == []


def test_a_function_with_a_source_file_of_the_project_is_its_own(tmp_path: Path) -> None:
    files = {"index.js": "exports.handler = () => 1;"}
    assert names(assembled(tmp_path, {"F": function("extra/plain")}, **files)) == ["extra/plain"]


def test_a_function_that_cdk_brings_is_not(tmp_path: Path) -> None:
    assert names(assembled(tmp_path, {"F": function("Provider/framework")}, **{"index.js": "// CDK"})) == []


def test_a_function_is_called_as_in_define_function(tmp_path: Path) -> None:
    tags = [{"Key": "amplify:friendly-name", "Value": "hello"}]
    assert names(assembled(tmp_path, {"F": function("function/hello-lambda", bundled=True, Tags=tags)})) == ["hello"]


def test_the_source_map_tells_sources_and_packages(tmp_path: Path) -> None:
    sources = ["../../../cache/node_modules/@a/b/x.js", "../../../project/branch/amplify/function/hello/index.js"]
    files = {"index.mjs": "", "index.mjs.map": json.dumps({"sources": sources})}
    (only,) = found(assembled(tmp_path, {"F": function("f", bundled=True)}, **files))
    assert ([path.name for path in only.sources], only.packages) == (["index.js"], {"@a/b": 0})


def test_what_only_a_deployment_knows_gets_a_stand_in(tmp_path: Path) -> None:
    variables = {"TABLE": {"Ref": "T"}, "API_GRAPHQLAPIENDPOINTOUTPUT": {"Ref": "U"}, "MODE": "dev"}
    resource = function("f", bundled=True, Environment={"Variables": variables})
    (only,) = found(assembled(tmp_path, {"F": resource}))
    assert only.environment == {
        "TABLE": "unknown",
        "API_GRAPHQLAPIENDPOINTOUTPUT": "https://unknown.invalid/",
        "MODE": "dev",
        "AMPLIFY_SSM_ENV_CONFIG": "{}",
    }


def test_nested_stacks_are_read_with_their_place(tmp_path: Path) -> None:
    url = {"Fn::Join": ["", ["https://s3.", {"Ref": "AWS::URLSuffix"}, f"/{CHILD}.json"]]}
    path = "app/data.NestedStack/data.NestedStackResource"
    stack = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": url},
        "Metadata": {"aws:cdk:path": path},
    }
    workspace = assembled(tmp_path, {"data1": stack})
    root, child = read_assembly(workspace.assembly(Mode.BRANCH)).stacks
    assert (root.path, child.path, child.parent, child.logical_id) == ("", "data", "root.template.json", "data1")


def test_an_assembly_was_made_when_its_manifest_was_written_whatever_became_of_the_folder(tmp_path: Path) -> None:
    folder = assembled(tmp_path, {}).assembly(Mode.BRANCH)
    os.utime(folder / "manifest.json", (1_000_000, 1_000_000))
    (folder / "later.txt").write_text("")
    assert read_assembly(folder).made == 1_000_000


def test_a_nested_template_that_is_missing_is_an_error(tmp_path: Path) -> None:
    workspace = assembled(tmp_path, {"data1": {"Type": "AWS::CloudFormation::Stack", "Properties": {}}})
    with pytest.raises(VerifyError, match="nested stack data1 is not in the assembly"):
        read_assembly(workspace.assembly(Mode.BRANCH))


def test_an_assembly_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(VerifyError, match=r"manifest\.json"):
        read_assembly(tmp_path)


def test_an_asset_key_is_found_however_it_is_put_together() -> None:
    assert asset_key({"Fn::Sub": f"https://s3.${{AWS::URLSuffix}}/bucket/{HASH}.json"}) == f"{HASH}.json"


def test_a_construct_path_leaves_out_the_root_stack_and_the_cfn_resource() -> None:
    assert construct_path({"Metadata": {"aws:cdk:path": "app/auth/UserPool/Resource"}}) == "auth/UserPool"
