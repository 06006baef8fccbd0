"""What the comparison of Gen 1's schema with the reached one says."""

from __future__ import annotations

from migrator.categories.data.proof import SchemaContext, compare

TODO = """
type Todo @model @auth(rules: [{allow: owner}]) { id: ID! title: String! done: Boolean @default(value: "false") }
"""


def test_a_schema_equals_itself() -> None:
    assert compare((TODO,), TODO, SchemaContext()).equal


def test_text_that_is_no_graphql_is_a_difference() -> None:
    (difference,) = compare((TODO,), "type {", SchemaContext()).differences
    assert difference.gen2.startswith("no GraphQL")


def test_a_difference_names_its_place_and_both_sides() -> None:
    (difference,) = compare((TODO,), TODO.replace("String!", "String"), SchemaContext()).differences
    assert (difference.place, difference.gen1, difference.gen2) == ("Todo.title", "String!", "String")


def test_the_rules_that_changed_anything_are_named() -> None:
    assert "N4" in compare((TODO,), TODO, SchemaContext()).applied


def test_the_files_of_a_folder_are_one_schema() -> None:
    assert compare(("type Query { a: Int }", "extend type Query { b: Int }"), "type Query @x", SchemaContext())
