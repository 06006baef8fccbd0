"""Patches: what Python expects of them is what the function in the Gen 2 project does."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from migrator.categories.data.typed import patches
from migrator.categories.data.typed.model import Patch, PatchKind
from migrator.categories.data.typed.patches import PatchError, applied, written
from migrator.node.toolchain import Toolchain

SDL = """\
enum Season {
  SPRING
}

type Plant @model(queries:null,mutations:{delete:null}) @auth(rules: [{allow: owner, ownerField: "owner"},
  {allow: public, provider: apiKey, operations: [read]}])
{
  name: String! @default(value: "a {brace}")
  names: [String]
  bed: Bed @belongsTo(references: ["bedId"]) @auth(rules: [{allow: private},
  {allow: owner, ownerField: "owner"}])
  plant: Int
}

type PlantBed @aws_cognito_user_pools
{
  row: Int
}

type Query {
  plants(m: String!): Plant
}
"""


def patch(place: str, found: str = "", wanted: str = "") -> Patch:
    return Patch(PatchKind.MODEL, place, found, wanted)


CASES = {
    "added to a type": patch("Plant", wanted="@searchable"),
    "added to a type whose name another one begins with": patch("PlantBed", wanted="@aws_api_key"),
    "added to an operation": patch("Query.plants", wanted='@http(url: "https://$&.example")'),
    "replaced in a type": patch("Plant", "@model(queries:null,mutations:{delete:null})", "@model(timestamps: null)"),
    "replaced in a field": patch("Plant.bed", '@belongsTo(references: ["bedId"])', "@hasOne"),
    "taken out of a field": patch("Plant.name", ' @default(value: "a {brace}")'),
    "a field taken out": patch("Plant.bed"),
    "the last field taken out": patch("Plant.plant"),
    "a type taken out": patch("PlantBed"),
    "a field added": Patch(PatchKind.FIELD, "Plant.rows", wanted='rows(of: String = "$&"): [[Int]] @deprecated'),
    "a root type": patch("Query", wanted="@aws_api_key"),
}
WRONG = {
    "a type that is not there": patch("Tree", wanted="@searchable"),
    "a field that is not there": patch("Plant.bedId", wanted="@mapsTo"),
    "a field added to a type that is not there": Patch(PatchKind.FIELD, "Tree.rows", wanted="rows: [[Int]]"),
    "a field of another type": patch("Plant.row", wanted="@mapsTo"),
    "text that is not there": patch("Plant.names", "[String!]", "[ID]"),
    "text that is there twice": patch("Plant", "allow", "deny"),
}


def test_a_directive_is_added_at_the_end_of_the_head() -> None:
    (head, _) = applied(SDL, [CASES["added to a type"]]).split("operations: [read]}]) @searchable\n{\n  name")
    assert head.endswith("{allow: public, provider: apiKey, ")


def test_a_field_goes_with_all_its_lines() -> None:
    assert "  names: [String]\n  plant: Int\n" in applied(SDL, [CASES["a field taken out"]])


def test_a_field_is_added_after_the_others() -> None:
    assert "  plant: Int\n  rows(of: " in applied(SDL, [CASES["a field added"]])


def test_patches_are_made_one_after_the_other() -> None:
    done = applied(SDL, [patch("PlantBed.row", "Int", "Float"), patch("PlantBed.row", "Float", "String")])
    assert "  row: String\n" in done


@pytest.mark.parametrize("wrong", [pytest.param(one, id=name) for name, one in WRONG.items()])
def test_a_place_that_is_not_as_expected_is_an_error(wrong: Patch) -> None:
    with pytest.raises(PatchError):
        applied(SDL, [wrong])


@pytest.mark.node
def test_the_gen_2_project_patches_alike(tmp_path: Path, toolchain: Toolchain) -> None:
    source = Path(patches.__file__).with_name("patch.ts")
    bundle = tmp_path / "patch.mjs"
    esbuild = toolchain.modules / ".bin" / "esbuild"
    subprocess.run([esbuild, source, f"--outfile={bundle}", "--log-level=error"], check=True)
    every = {**CASES, **WRONG}
    said = {name: written(one) for name, one in every.items()}
    code = (
        f"import {{ patched }} from {json.dumps(bundle.as_uri())};"
        "const [sdl, cases] = JSON.parse(process.argv[1]);"
        "const one = (c) => { try { return patched(sdl, [c]); } catch (error) { return null; } };"
        "console.log(JSON.stringify(Object.fromEntries(Object.entries(cases).map(([n, c]) => [n, one(c)]))));"
    )
    command = ["node", "--input-type=module", "-e", code, json.dumps([SDL, said])]
    made = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert made == {name: applied(SDL, [one]) for name, one in CASES.items()} | dict.fromkeys(WRONG)
