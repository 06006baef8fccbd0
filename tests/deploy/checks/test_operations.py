"""Requests that are derived from the types of an API."""

from __future__ import annotations

from migrator.deploy.checks.operations import model_requests
from migrator.engine.access import AccessRule, ModelAccess, Operation, Who
from tests.deploy.checks.types import TYPES

TODO = model_requests(TYPES, ModelAccess("Todo"), frozenset({"secret"}))


def test_operations_are_found_by_their_types() -> None:
    found = {operation: request.field for operation, request in TODO.requests.items()}
    assert found == {
        Operation.CREATE: "createTodo",
        Operation.DELETE: "deleteTodo",
        Operation.GET: "getTodo",
        Operation.LIST: "listTodos",
    }


def test_values_are_asked_for_and_other_models_and_guarded_fields_are_not() -> None:
    assert TODO.requests[Operation.GET].selection == "{ id title status price { amount } }"


def test_a_row_is_made_of_what_is_required_and_its_key() -> None:
    assert TODO.sample(7) == {
        "id": "00000000-0000-4000-8000-000000000007",
        "title": "text",
        "status": "OPEN",
        "price": {"amount": 7},
    }


def test_a_document_declares_only_what_is_given() -> None:
    text = TODO.requests[Operation.LIST].text(("limit",))
    assert text.startswith("query($limit: Int) { listTodos(limit: $limit) { items")
    assert TODO.requests[Operation.LIST].text(()).startswith("query { listTodos { items")


def test_the_key_is_what_getting_a_row_needs() -> None:
    assert TODO.keys == ("id",)
    assert TODO.key_of({"id": "1", "title": "t"}) == {"id": "1"}


def test_a_model_that_the_api_does_not_have_has_no_operations() -> None:
    assert not model_requests(TYPES, ModelAccess("Absent")).requests


def _owned_by(field: str) -> ModelAccess:
    return ModelAccess("Todo", (AccessRule(Who.OWNER, owner_field=field),))


def test_a_required_field_that_names_the_owner_says_who_it_is() -> None:
    assert model_requests(TYPES, _owned_by("title")).sample(1, "ada")["title"] == "ada"


def test_an_optional_field_that_names_the_owner_is_left_to_the_api() -> None:
    assert "note" not in model_requests(TYPES, _owned_by("note")).sample(1, "ada")


def test_a_key_that_names_the_owner_leaves_everybody_one_row() -> None:
    found = model_requests(TYPES, _owned_by("id"))
    assert found.single
    assert found.sample(1, "ada")["id"] == "ada"
