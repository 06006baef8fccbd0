"""Statements of overrides are read as syntax."""

from __future__ import annotations

from typing import Any

import pytest

from migrator.engine.override_source import Statement, statements
from migrator.engine.override_values import BRANCH
from migrator.typescript.nodes import Arr, Lit, Obj, Property, Template, Undefined

HEAD = "export function override(resources: any, amplifyProjectInfo: any) {\n"


def read(code: str, before: str = "") -> tuple[Statement, ...]:
    return tuple(statements(f"{before}{HEAD}{code}\n}}\n", "harbour"))


def only(code: str, before: str = "") -> Statement:
    (found,) = read(code, before)
    return found


def test_an_assignment_has_its_way_and_its_value() -> None:
    found = only("resources.userPool.deletionProtection = 'ACTIVE';")
    assert (found.steps, found.values, found.line) == (("userPool", "deletionProtection"), (Lit("ACTIVE"),), 2)


def test_names_in_brackets_are_steps() -> None:
    assert only("resources.models['Berth'].modelDDBTable.billingMode = 'X';").steps[:2] == ("models", "Berth")


def test_an_index_is_a_step() -> None:
    assert only("resources.userPool.schema[0].required = true;").steps == ("userPool", "schema", "0", "required")


def test_an_escape_hatch_keeps_its_arguments() -> None:
    found = only("resources.userPool.addPropertyOverride('A.B', [1, 'x']);")
    assert (found.is_call, found.values) == (True, (Lit("A.B"), Arr((Lit(1), Lit("x")))))


def test_another_call_is_not_understood() -> None:
    assert only("resources.addCfnThing({}, 'X');").steps == ()


def test_what_is_added_to_the_template_keeps_its_arguments() -> None:
    found = only("resources.addCfnResource({ type: 'AWS::SNS::Topic' }, 'Bells');")
    expected = (Obj((Property("type", Lit("AWS::SNS::Topic")),)), Lit("Bells"))
    assert (found.steps, found.values) == (("addCfnResource",), expected)


def test_an_addition_to_a_part_of_the_resources_is_not_understood() -> None:
    assert only("resources.userPool.addCfnResource({}, 'X');").steps == ()


def test_a_spread_constant_is_written_out() -> None:
    found = read(
        "resources.a.b = [...LIST, 'z'];\nresources.a.c = { ...ONE };", "const LIST = ['y'];\nconst ONE = { k: 1 };\n"
    )
    assert [one.values for one in found] == [(Arr((Lit("y"), Lit("z"))),), (Obj((Property("k", Lit(1)),)),)]


BODY = {"paths": {"/a": {"get": {"parameters": [1]}}, "/b": {"get": {"parameters": [2]}}}}


def shown(steps: tuple[str, ...]) -> Any:
    found: Any = {"restApi": {"body": BODY}}
    for step in steps:
        found = found.get(step) if isinstance(found, dict) else None
    return found


@pytest.mark.parametrize(
    "loop",
    [
        "for (const path in resources.restApi.body.paths) { BODY }",
        "for (const path of Object.keys(resources.restApi.body.paths)) { BODY }",
        "Object.keys(resources.restApi.body.paths).forEach((path) => { BODY });",
        "Object.keys(resources.restApi.body.paths).forEach(path => { BODY });",
    ],
)
def test_a_loop_over_what_the_resources_hold_is_written_out(loop: str) -> None:
    code = loop.replace("BODY", "resources.restApi.addPropertyOverride(`Body.paths.${path}.x`, 1);")
    found = statements(f"{HEAD}{code}\n}}\n", "harbour", shown)
    assert [one.values[0] for one in found] == [Lit("Body.paths./a.x"), Lit("Body.paths./b.x")]


def test_a_value_may_be_what_the_resources_hold() -> None:
    code = "resources.a.b = [...resources.restApi.body.paths['/a'].get.parameters, 9];"
    (found,) = statements(f"{HEAD}{code}\n}}\n", "harbour", shown)
    assert found.values == (Arr((Lit(1), Lit(9))),)


def test_a_constant_stands_for_its_value() -> None:
    assert only("resources.userPool.x = DAYS;", "const DAYS = 30;\n").values == (Lit(30),)


def test_a_constant_for_a_part_of_the_resources_is_followed() -> None:
    assert only("const pool = resources.userPool;\npool.x = 1;").steps == ("userPool", "x")


def test_the_environment_is_the_branch() -> None:
    found = only("resources.userPool.x = `a-${amplifyProjectInfo.envName}-${amplifyProjectInfo.projectName}`;")
    assert found.values == (Template(("a-", BRANCH, "-harbour")),)


def test_a_condition_on_the_environment_is_kept() -> None:
    found = only("if (amplifyProjectInfo.envName === 'prod') {\n  resources.userPool.x = 1;\n}")
    assert (found.env, found.steps) == ("prod", ("userPool", "x"))


def test_a_condition_with_another_branch_is_not_understood() -> None:
    assert (
        only("if (amplifyProjectInfo.envName === 'prod') { resources.a.b = 1; } else { resources.a.b = 2; }").steps
        == ()
    )


def test_objects_keep_quoted_and_short_keys() -> None:
    found = only("const days = 3;\nresources.a.b = { 'x-y': 1, days, z: undefined };")
    assert found.values == (Obj((Property("x-y", Lit(1)), Property("days", Lit(3)), Property("z", Undefined()))),)


@pytest.mark.parametrize(
    "code",
    [
        "for (const name of ['a']) { resources.userPool.x = name; }",
        "resources.userPool.x = process.env.SECRET;",
        "resources.userPool.schema = [...resources.userPool.schema, { name: 'x' }];",
        "resources.userPool.x = other();",
        "resources.userPool[name()] = 1;",
        "console.log('x');",
    ],
)
def test_other_code_is_kept_as_it_is_written(code: str) -> None:
    found = only(code)
    assert (found.steps, found.text) == ((), code)


def test_code_that_cannot_be_parsed_is_one_statement_that_is_not_understood() -> None:
    (found,) = statements("export function override(resources) { resources.x = ", "harbour")
    assert found.steps == ()


def test_an_arrow_function_is_read() -> None:
    code = "export const override = async (resources) => { resources.authRole.path = '/'; };"
    assert next(statements(code, "harbour")).steps == ("authRole", "path")


def test_nothing_is_known_of_what_follows_a_return() -> None:
    found = read("if (amplifyProjectInfo.envName === 'prod') return;\nresources.userPool.mfaConfiguration = 'OFF';")
    assert [one.steps for one in found] == [(), ()]


def test_a_return_of_a_function_within_is_no_end() -> None:
    found = read("[1].map((one) => { return one; });\nresources.userPool.mfaConfiguration = 'OFF';")
    assert found[-1].steps == ("userPool", "mfaConfiguration")


@pytest.mark.parametrize(
    "code",
    [
        "let a = 'OFF';\na = 'ON';\nresources.userPool.b = a;",
        "const a = [];\na.push('x');\nresources.userPool.b = a;",
        "const a = { k: 1 };\na.k = 2;\nresources.userPool.b = a;",
        "const a = { k: 1 };\ndelete a.k;\nresources.userPool.b = a;",
        "const a = {};\nObject.assign(a, { k: 1 });\nresources.userPool.b = a;",
        "const a = {};\nfill(a);\nresources.userPool.b = a;",
        "let a = resources.userPool;\na = resources.identityPool;\na.b = 'x';",
    ],
)
def test_a_name_that_changes_stands_for_nothing(code: str) -> None:
    assert read(code)[-1].steps == ()


def test_a_name_that_is_declared_anew_is_another_one() -> None:
    assert read("const A = Number('12');\nresources.userPool.b = A;", "const A = 8;\n")[-1].steps == ()
