"""The text of what stays SDL."""

from __future__ import annotations

from migrator.categories.data.typed.rest import rest_text
from tests.categories.data.typed.emission import definitions

TEXT = "type Query @aws_api_key { a: Int b: Int }"


def test_a_root_type_keeps_its_directives() -> None:
    assert rest_text([TEXT], {"Query.a", "Query.b"}, ()) == "type Query @aws_api_key {\n  a: Int\n  b: Int\n}\n"


def test_directives_of_a_root_type_that_is_typed_are_left_to_its_patches() -> None:
    typed = definitions("type Query { a: Int }")
    assert rest_text([TEXT], {"Query.b"}, typed) == "extend type Query {\n  b: Int\n}\n"
