"""Parsing schemas: values, places, and what is wrong with text that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.categories.data.schema_document import SchemaDocument
from migrator.categories.data.sdl import SdlError, parse

TEXT = '''\
"""A plant."""
type Plant @model @auth(rules: [{ allow: owner }]) {
  id: ID!
  names: [String!]! @index(name: "byName", sortKeyFields: ["id"]) @index(name: "second")
}

extend type Plant {
  seen(since: AWSDateTime!): Int
}

enum Season { SPRING AUTUMN }
'''


def test_a_type_has_its_fields_and_directives() -> None:
    plant = parse(TEXT)[0]
    assert plant.is_model
    assert [field.type for field in plant.fields] == ["ID!", "[String!]!"]
    assert plant.fields[1].base == "String"
    assert plant.fields[1].directives[0].arguments == {"name": "byName", "sortKeyFields": ["id"]}


def test_a_definition_begins_after_its_description() -> None:
    assert TEXT[parse(TEXT)[0].start :].startswith("type Plant")


def test_every_type_field_and_directive_is_a_leaf_of_the_document() -> None:
    document = SchemaDocument(Path("s.graphql"), "s.graphql", TEXT, parse(TEXT))
    leaves = {"/".join(map(str, pointer)) for pointer in document.leaves()}
    assert {
        "Plant/@model",
        "Plant/@auth/rules/0/allow",
        "Plant/fields/id/type",
        "Plant/fields/names/@index/sortKeyFields/0",
        "Plant/fields/names/@index 2/name",
        "Plant 2/fields/seen/arguments/since",
        "Season/of/1",
    } <= leaves


def test_a_place_is_a_line_of_the_text() -> None:
    document = SchemaDocument(Path("s.graphql"), "s.graphql", TEXT, parse(TEXT))
    place = document.locate(("Plant", "fields", "names", "@index 2", "name"))
    assert (place.file, place.line, place.column) == ("s.graphql", 4, 67)


@pytest.mark.parametrize(
    ("text", "line", "word"), [("type Plant {", 1, "Name"), ("type A { x: Int }\ntyp B {}", 2, "typ"), ("", 1, "EOF")]
)
def test_text_that_is_no_graphql_says_where(text: str, line: int, word: str) -> None:
    with pytest.raises(SdlError) as caught:
        parse(text)
    assert caught.value.line == line
    assert word in caught.value.message


def test_a_thousand_brackets_are_an_error_and_no_crash() -> None:
    with pytest.raises(SdlError):
        parse("type A { x: " + "[" * 100_000)
