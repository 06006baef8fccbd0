"""Names of operations, and what `@model`, `@searchable` and `@versioned` ask for."""

from __future__ import annotations

import pytest

from migrator.categories.data.legacy.kinds import ChangeKind
from tests.categories.data.legacy.conversion import after, changes


def model(arguments: str, name: str = "Seed") -> str:
    """What becomes of `@model(arguments)`."""
    return after(f"type {name} @model{arguments} @open {{ id: ID! }}").split(" @model")[1].split(" @open")[0]


@pytest.mark.parametrize("name", ["Berry", "Person", "Box", "SeedB"])
def test_plurals_with_an_s_are_kept_where_the_second_transformer_has_others(name: str) -> None:
    assert model("", name) == f'(queries: {{ get: "get{name}", list: "list{name}s" }})'
    assert changes(f"type {name} @model @open {{ id: ID! }}", ChangeKind.LIST_NAME) == [(name, f"list{name}s")]


def test_other_names_need_not_be_said() -> None:
    assert model("") == ""
    assert after("type Berry @model @open { id: ID! }", pluralized=True) == "type Berry @model @open { id: ID! }"


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ('(queries: { get: "seed" })', '(queries: { get: "seed", list: null })'),
        ("(queries: null)", "(queries: null)"),
        ('(mutations: { delete: "burn" })', '(mutations: { delete: "burn", create: null, update: null })'),
        ("(subscriptions: { level: on })", ""),
        ("(subscriptions: { level: off })", "(subscriptions: { level: off })"),
        (
            '(subscriptions: { onCreate: ["sown"] })',
            '(subscriptions: { onCreate: ["sown"], onUpdate: null, onDelete: null })',
        ),
        ('(timestamps: { createdAt: "sown" })', '(timestamps: { createdAt: "sown" })'),
    ],
)
def test_operations_that_are_left_out_are_left_out_by_name(said: str, becomes: str) -> None:
    assert model(said) == becomes


def test_the_name_of_a_search_is_kept() -> None:
    assert '@searchable(queries: { search: "searchBerrys" })' in after(
        "type Berry @model @searchable @open { id: ID! }"
    )


def test_the_version_stays_a_field_that_may_be_null() -> None:
    assert after("type Seed @model @versioned @open { id: ID! }") == "type Seed @model @open { id: ID! version: Int }"
    text = 'type Seed @model @versioned(versionField: "v", versionInput: "was") @open { v: Int! }'
    assert after(text) == "type Seed @model @open { v: Int }"
    assert changes(text, ChangeKind.VERSIONED) == [("Seed", "v, was")]


def test_models_with_a_small_first_letter_are_named() -> None:
    text = "type seed @model @open { id: ID! }"
    assert changes(text, ChangeKind.LOWER_CASE) == [("seed", "ModelSeedFilterInput")]


def test_what_both_transformers_read_alike_stays_as_it_is() -> None:
    text = """\
# A catalogue
type Seed @model @open {
  "Latin"
  name: String! # unique
  rows: [Row]
}

type Row { count: Int }

enum Season { SPRING }

type Query {
  echo(text: String): String @function(name: "echo-${env}")
  page: String @http(url: "https://example.com")
}
"""
    assert after(text) == text
