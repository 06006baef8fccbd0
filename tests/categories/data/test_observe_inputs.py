"""Lists of fields in the templates of mutations: names that nobody can send mean nothing, others do."""

from __future__ import annotations

from migrator.categories.data.observe_inputs import Input, inputs, sendable
from migrator.core.ref import ResourceRef
from migrator.engine.observed import Declared, Generation, Side
from tests.categories.data.test_observe_resolvers import context

SENT = Input(frozenset({"id", "title"}), frozenset({"title"}))
SCHEMA = """
type Mutation { updateNote(input: UpdateNoteInput!, condition: Filter): Note  publish(id: ID!): Note }
input UpdateNoteInput { id: ID! title: String }
input Filter { title: String }
type Note { id: ID! }
"""


def listed(*names: str) -> str:
    return "#set( $ownerAllowedFields0 = [" + ",".join(f'"{name}"' for name in names) + "] )"


def generation(text: str) -> Generation:
    said = {"ApiId": "${GraphQL API.ApiId}", "Definition": text}
    schema = Declared("s", "AWS::AppSync::GraphQLSchema", said, owner=ResourceRef("api", "notes"), name="schema")
    return Generation(Side.GEN2, (schema,), context())


def test_a_name_that_nobody_can_send_is_left_out() -> None:
    assert sendable(listed("id", "title", "noteTagsId"), SENT) == listed("id", "title")


def test_the_order_of_names_means_nothing() -> None:
    assert sendable(listed("title", "id"), SENT) == sendable(listed("id", "title"), SENT)


def test_a_field_that_can_be_sent_stays() -> None:
    assert sendable(listed("id"), SENT) != sendable(listed("id", "title"), SENT)


def test_a_field_that_has_to_be_there_cannot_be_null() -> None:
    text = listed("id", "title").replace("Allowed", "NullAllowed")
    assert sendable(text, SENT) == listed("title").replace("Allowed", "NullAllowed")


def test_a_field_that_can_be_null_stays() -> None:
    null = listed("title").replace("Allowed", "NullAllowed")
    assert sendable(null, SENT) != sendable(null.replace("title", "id"), SENT)


def test_lists_of_groups_are_read_alike() -> None:
    text = '[{"entity":"A","allowedFields":["x","title"],"nullAllowedFields":["title","y"]}]'
    assert '"allowedFields":["title"],"nullAllowedFields":["title"]' in sendable(text, SENT)


def test_other_lists_are_left_alone() -> None:
    assert sendable('#set( $groups = ["x","title"] )', SENT) == '#set( $groups = ["x","title"] )'


def test_lists_of_an_operation_without_a_known_input_are_left_alone() -> None:
    assert sendable(listed("x"), None) == listed("x")


def test_what_can_be_sent_is_what_the_final_schema_says_of_the_argument_input() -> None:
    assert inputs(generation(SCHEMA)) == {"updateNote": SENT}


def test_a_schema_that_cannot_be_read_says_nothing() -> None:
    assert inputs(generation("type Mutation {")) == {}
