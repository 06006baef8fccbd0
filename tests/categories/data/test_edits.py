"""What is written into a schema so that it means the same in Gen 2, and what is left alone."""

from __future__ import annotations

import pytest

from migrator.categories.data.edits import Changes, edited
from migrator.categories.data.model import AuthMode, SchemaFile

KEY, POOL, IAM = AuthMode.API_KEY, AuthMode.USER_POOL, AuthMode.IAM


def changed(text: str, mode: AuthMode = KEY, **changes: object) -> str:
    (file,) = edited([SchemaFile("schema.graphql", text)], mode, Changes(**changes))  # type: ignore[arg-type]
    return file.text


def test_an_operation_without_directives_gets_the_default_mode() -> None:
    text = "type Query {\n  echo(m: String): String # said\n}\n"
    assert changed(text, POOL) == "type Query {\n  echo(m: String): String @aws_cognito_user_pools # said\n}\n"


@pytest.mark.parametrize(
    ("mode", "directive"),
    [
        (KEY, "@aws_api_key"),
        (POOL, "@aws_cognito_user_pools"),
        (AuthMode.OIDC, "@aws_oidc"),
        (AuthMode.LAMBDA, "@aws_lambda"),
    ],
)
def test_every_mode_has_its_directive(mode: AuthMode, directive: str) -> None:
    assert changed("type Weather { degrees: Float }", mode) == f"type Weather {directive} {{ degrees: Float }}"


def test_iam_as_the_default_mode_needs_no_directive() -> None:
    text = "type Weather { degrees: Float }\ntype Query { weather: Weather }\n"
    assert changed(text, IAM) == text


@pytest.mark.parametrize(
    "text",
    [
        "type Query { echo: String @auth(rules: [{ allow: private }]) }",
        "type Query { echo: String @aws_iam }",
        "type Weather @aws_api_key { degrees: Float }",
        "type Weather { degrees: Float @auth(rules: [{ allow: public }]) }",
        "input Filter { name: String }",
        "enum Season { SPRING }",
        "interface Thing { id: ID! }",
        "type Plant @model @auth(rules: [{ allow: owner }]) { id: ID! }",
        "type Plant @model { id: ID! }",
    ],
)
def test_what_says_who_may_read_it_is_left_alone(text: str) -> None:
    assert changed(text, POOL) == text


def test_a_type_within_a_model_is_left_to_the_rules_of_the_model() -> None:
    text = "type Plant @model @auth(rules: [{ allow: private }]) { bed: Bed }\n"
    text += "type Bed { soil: Soil }\ntype Soil { ph: Float }\n"
    assert changed(text) == text


def test_a_type_within_a_model_without_rules_gets_the_default_mode() -> None:
    assert "type Bed @aws_api_key {" in changed("type Plant @model { bed: Bed }\ntype Bed { row: Int }")


def test_the_extension_of_a_model_is_part_of_the_model() -> None:
    text = "type Plant @model @auth(rules: [{ allow: public }]) { id: ID! }\nextend type Plant { name: String }\n"
    assert changed(text, POOL) == text


def test_a_directive_on_a_root_type_holds_for_its_fields() -> None:
    assert changed("type Query @aws_iam { echo: String }") == "type Query @aws_iam { echo: String @aws_iam }"


def test_the_global_rule_becomes_a_rule_of_each_model_without_one() -> None:
    text = """\
# A rule for everything
input AMPLIFY { globalAuthRule: AuthRule = { allow: public } } # for now

type Plant @model { id: ID! }
type Bed @model @auth(rules: [{ allow: private }]) { id: ID! }
"""
    assert changed(text) == (
        "\ntype Plant @model @auth(rules: [{ allow: public }]) { id: ID! }\n"
        "type Bed @model @auth(rules: [{ allow: private }]) { id: ID! }\n"
    )


def test_models_stay_closed_without_a_global_rule() -> None:
    text = "type Plant @model { id: ID! }"
    assert changed(text) == text


def test_rules_of_user_pools_stay_rules_beside_other_modes() -> None:
    text = 'type Query { all: Int @aws_auth(cognito_groups: ["Admin"]) }'
    assert changed(text, POOL) == 'type Query { all: Int @aws_cognito_user_pools(cognito_groups: ["Admin"]) }'


def test_owners_by_name_say_so() -> None:
    text = "type Plant @model @auth(rules: [{ allow: owner, operations: [read] }, { allow: private }]) { id: ID! }"
    assert 'rules: [{ allow: owner, operations: [read], identityClaim: "username" }, { allow: private }]' in changed(
        text, owners=True
    )


def test_an_owner_rule_with_a_claim_is_left_alone() -> None:
    text = 'type Plant @model @auth(rules: [{ allow: owner, identityClaim: "sub" }]) { id: ID! }'
    assert changed(text, owners=True) == text


def test_indexes_without_a_query_stay_without() -> None:
    text = (
        'type A @model @auth(rules: []) { a: ID! @index b: ID! @index(name: "byB") c: ID! @index(queryField: "byC") }'
    )
    assert changed(text, indexes=True) == (
        "type A @model @auth(rules: []) { a: ID! @index(queryField: null) "
        'b: ID! @index(name: "byB", queryField: null) c: ID! @index(queryField: "byC") }'
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('queries: { get: "plant" }', 'queries: { get: "plant", list: null }'),
        (
            "subscriptions: { level: on }",
            "subscriptions: { level: on, onCreate: null, onUpdate: null, onDelete: null }",
        ),
        ("subscriptions: { level: public }", "subscriptions: { level: public }"),
        ("queries: null", "queries: null"),
    ],
)
def test_operations_that_were_left_out_stay_out(before: str, after: str) -> None:
    text = "type Plant @model({0}) @auth(rules: []) {{ id: ID! }}"
    assert changed(text.format(before), operations=True) == text.format(after)


def test_what_no_transformer_knows_is_taken_out() -> None:
    text = 'type Plant @model @audit(by: "x") @auth(rules: []) {\n  until: AWSTimestamp @ttl\n}\n'
    assert changed(text) == "type Plant @model @auth(rules: []) {\n  until: AWSTimestamp\n}\n"


def test_a_directive_that_the_schema_declares_stays() -> None:
    text = "directive @mine on OBJECT\ntype Plant @model @mine @auth(rules: []) { id: ID! }"
    assert changed(text) == text


def test_a_function_outside_of_the_backend_is_called_by_its_full_name() -> None:
    text = 'type Query { echo: String @function(name: "echo-${env}") @auth(rules: [{ allow: public }]) }'
    assert '@function(name: "echo-prod")' in changed(text, functions={"echo-${env}": "echo-prod"})


def test_types_are_found_across_files() -> None:
    files = [
        SchemaFile("schema/a.graphql", "type Plant @model @auth(rules: [{ allow: owner }]) { bed: Bed }"),
        SchemaFile("schema/b.graphql", "type Bed { row: Int }"),
    ]
    assert edited(files, KEY, Changes()) == tuple(files)
