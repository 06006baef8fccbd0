"""What the data category makes of the schema that reached Gen 2."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.categories.data.proving import compare, outline
from migrator.commands.assessment import Assessment
from migrator.core.ref import ResourceRef
from migrator.engine.proof import Form, Outcome, Proof, Reached
from tests.categories.data.gen1_api import CONFIG, assess, project

REF = ResourceRef("api", "garden")
SCHEMA = """\
type Plant @model @auth(rules: [{ allow: private }]) {
  id: ID!
  name: String!
}
type Query {
  water(id: ID!): String @function(name: "water-${env}") @auth(rules: [{ allow: private }])
}
"""
WATER: Any = {
    "Resources": {"LambdaFunction": {"Type": "AWS::Lambda::Function", "Properties": {
        "FunctionName": {"Fn::If": ["NoEnv", "water", {"Fn::Join": ["", ["water", "-", "prod"]]}]},
        "Runtime": "nodejs20.x", "Handler": "index.handler",
    }}},
    "Conditions": {"NoEnv": {"Fn::Equals": ["prod", "NONE"]}},
}  # fmt: skip
FUNCTION = "amplify/backend/function/water"
FILES = {
    f"{FUNCTION}/water-cloudformation-template.json": WATER,
    f"{FUNCTION}/src/index.js": "exports.handler = async () => 'wet';\n",
}
FUNCTIONS: Any = {**CONFIG, "function": {"water": {"service": "Lambda", "providerPlugin": "awscloudformation"}}}
LIVE = {"prod": {"Plant": "Plant-abc-prod"}}


def read(root: Path, **options: Any) -> Assessment:
    return assess(project(root, schema=SCHEMA, files=FILES, config=FUNCTIONS), "prod", schema="sdl", **options)


@pytest.fixture
def garden(tmp_path: Path) -> Assessment:
    return read(tmp_path)


def proof(assessment: Assessment, **reached: Any) -> Proof:
    """The proof when this reaches Gen 2, and beside it what is right."""
    given = {"sdl": SCHEMA, "functions": {"water-${env}": "function/water"}, "modes": {}, **reached}
    return compare(REF, Reached(**given), assessment.context)


def places(found: Proof) -> list[str]:
    return [one.place for one in found.unexplained]


def test_the_schema_of_gen1_is_equal(garden: Assessment) -> None:
    assert (proof(garden).outcome, proof(garden).differences) == (Outcome.EQUAL, ())


def test_types_and_fields_that_were_compared_are_counted(garden: Assessment) -> None:
    assert proof(garden).compared == 5


def test_a_field_that_became_nullable_is_a_difference(garden: Assessment) -> None:
    assert places(proof(garden, sdl=SCHEMA.replace("String!", "String"))) == ["Plant.name"]


def test_the_reason_counts_and_names_the_first(garden: Assessment) -> None:
    found = proof(garden, sdl=SCHEMA.replace("String!", "String"))
    assert found.reason == "one place is not as in Gen 1; the first: Plant.name: Gen 1 `String!`, Gen 2 `String`"


def test_another_default_mode_is_a_difference(garden: Assessment) -> None:
    found = proof(garden, modes={"defaultAuthorizationMode": "userPool"})
    assert places(found) == ["authorizationModes.defaultAuthorizationMode"]


def test_the_default_mode_of_gen1_is_none(garden: Assessment) -> None:
    assert proof(garden, modes={"defaultAuthorizationMode": "apiKey"}).outcome is Outcome.EQUAL


def test_a_name_that_another_function_answers_to_is_a_difference(garden: Assessment) -> None:
    found = proof(garden, functions={"water-${env}": "function/burn"})
    assert places(found) == ["Query.water @function"]


def test_a_name_that_no_function_answers_to_is_a_difference(garden: Assessment) -> None:
    assert places(proof(garden, functions={})) == ["Query.water @function"]


def test_another_name_for_the_same_function_is_equal(garden: Assessment) -> None:
    text = SCHEMA.replace("water-${env}", "FnWater")
    assert proof(garden, sdl=text, functions={"FnWater": "function/water"}).outcome is Outcome.EQUAL


def test_a_function_that_stays_in_gen1_is_its_live_name(garden: Assessment) -> None:
    garden.narrow(frozenset({REF}))
    text = SCHEMA.replace("water-${env}", "water-prod")
    assert proof(garden, sdl=text, functions={}).outcome is Outcome.EQUAL


def test_live_tables_that_are_kept_have_to_be_named(tmp_path: Path) -> None:
    kept = read(tmp_path, reuse=frozenset({"data"}))
    assert places(proof(kept)) == ["tables.Plant"]
    assert proof(kept, tables=LIVE).outcome is Outcome.EQUAL


def test_live_tables_are_not_taken_over_by_an_object(tmp_path: Path) -> None:
    kept = read(tmp_path, reuse=frozenset({"data"}))
    assert places(proof(kept, tables=LIVE, form=Form.OBJECT)) == ["tables"]


def test_types_of_the_client_that_nothing_explains_are_a_difference(garden: Assessment) -> None:
    found = proof(garden, unpatched=SCHEMA.replace("name: String!", "name: String! colour: String"))
    assert (found.outcome, places(found)) == (Outcome.DIFFERENT, ["Plant.colour"])


def test_an_outline_names_the_style(garden: Assessment) -> None:
    found = outline(REF, garden.context)
    assert found is not None
    assert (found.style, found.patches) == ("sdl", {})


def test_a_typed_outline_counts_its_patches(tmp_path: Path) -> None:
    text = 'type A @model(queries: { get: "oneA" }) @auth(rules: [{ allow: private }]) { name: String }'
    found = outline(REF, assess(project(tmp_path, schema=text), "prod").context)
    assert found is not None
    assert (found.style, found.patches) == ("typed", {"model": 1})


def test_an_api_that_is_left_out_has_no_outline(tmp_path: Path) -> None:
    assert outline(REF, assess(project(tmp_path, schema="type {"), "prod").context) is None


def test_a_directive_that_gen2_refuses_is_known(tmp_path: Path) -> None:
    text = SCHEMA.replace("name: String!", "name: String! @shout")
    found = assess(project(tmp_path, schema=text, files=FILES, config=FUNCTIONS), "prod", schema="sdl")
    result = proof(found)
    assert [(one.place, bool(one.rule)) for one in result.differences] == [("Plant.name @shout", True)]
    assert result.outcome is Outcome.EQUAL
