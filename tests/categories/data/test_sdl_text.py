"""Definitions as text: reading what was printed gives the same definitions."""

from __future__ import annotations

import pytest
from msgspec import Struct, structs

from migrator.categories.data.sdl import Definition, parse
from migrator.categories.data.sdl_text import printed

_PLACES = {"start", "end", "head", "above", "places", "ends", "notes"}

SCHEMAS = (
    "type Post implements Node & Named @model @auth(rules: [{allow: owner, operations: [read]}]) { id: ID! }",
    'type Post @model(queries: null, subscriptions: {level: off}) { t: [ID!]! @default(value: "a\\"\\\\\\n${x}`") }',
    'type Post @model { t: String @index(name: "b", sortKeyFields: ["c", "d"], projection: {type: KEYS_ONLY}) }',
    'type Query { f(a: Int = 3, b: [E!] = [A], c: String = "x\\"y"): String @function(name: "f-${env}") }',
    'extend type Query { g: Post @http(method: POST, url: "https://example.com") @aws_auth(cognito_groups: ["A"]) }',
    'enum E { A B @deprecated(reason: "no") }',
    "union U = A | B",
    "interface Node @aws_iam { id: ID! }",
    'scalar Date @specifiedBy(url: "x")',
    'input I { a: Int = 3 s: String = """block""" }',
    "directive @odd(a: Int = 1) repeatable on OBJECT | FIELD_DEFINITION\nschema { query: Query }",
    'type A @odd(a: 1.5, b: true, c: null, d: {e: [], f: {}}, g: "WORD") { x: Int }',
    'type P @model { s: String @validate(type: minLength, value: "3", errorMessage: "Ünïcode 😀") }',
)


def _bare(value: object) -> object:
    """A value without its places in the text."""
    if isinstance(value, Struct):
        return {k: _bare(v) for k, v in structs.asdict(value).items() if k not in _PLACES}
    return [_bare(one) for one in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize("text", SCHEMAS)
def test_what_was_printed_reads_as_the_same_definitions(text: str) -> None:
    definitions = parse(text)
    assert _bare(parse(printed(definitions))) == _bare(definitions)


def test_words_of_enums_are_printed_without_quotes() -> None:
    (definition,) = parse('type A @model @auth(rules: [{allow: groups, groups: ["B"], operations: [get]}]) { x: Int }')
    assert '{allow: groups, groups: ["B"], operations: [get]}' in printed([definition])


def test_a_string_where_a_word_belongs_cannot_become_text_of_the_schema() -> None:
    (definition,) = parse('type A @auth(rules: [{allow: "x}]) @odd"}]) { x: Int }')
    assert [d.name for d in parse(printed([definition]))[0].directives] == ["auth"]


def test_a_definition_without_members_is_printed_as_its_head() -> None:
    assert printed([Definition("A", "type")]) == "type A\n"
