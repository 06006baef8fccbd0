"""Schemas of Gen 1 backends."""

from __future__ import annotations

import pytest

from migrator.documents.source import NotScanned
from migrator.sources.uses import GraphqlDirective, GraphqlSchema
from tests.sources.found import marked, nodes

SCHEMA = 'type Post @model @auth(rules: [{allow: owner}]) {\n  id: ID! @primaryKey\n  "@key" title: String # @key\n}\n'


@pytest.mark.parametrize(
    "path",
    ["schema.graphql", "amplify/data/schema.graphql", "amplify/backend/api/shop/build/schema.graphql", "src/a.graphql"],
)
def test_schemas_elsewhere_are_no_matter(path: str) -> None:
    assert nodes("graphql", SCHEMA, path) == []


def test_a_schema_without_directives_is_no_matter() -> None:
    assert nodes("graphql", "type Post { id: ID! }  # @model") == []


def test_a_schema_says_its_models_and_directives() -> None:
    assert nodes("graphql", SCHEMA)[0] == GraphqlSchema(1, ("model", "auth", "primaryKey"))


def test_a_directive_says_what_it_is_on() -> None:
    assert GraphqlDirective("primaryKey", "Post.id") in nodes("graphql", SCHEMA)


def test_a_directive_is_marked_with_its_name() -> None:
    assert marked("graphql", SCHEMA)[1:4] == ["@model", "@auth", "@primaryKey"]


def test_a_part_of_a_split_schema_is_a_schema() -> None:
    assert nodes("graphql", SCHEMA, "amplify/backend/api/shop/schema/a/post.graphql")


def test_what_is_no_graphql_is_not_scanned() -> None:
    with pytest.raises(NotScanned, match=r"Not readable as GraphQL: .* \(line 1\)"):
        nodes("graphql", "type Post @model {")
