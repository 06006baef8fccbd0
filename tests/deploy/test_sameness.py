"""Answers of two APIs in one form."""

from __future__ import annotations

from migrator.aws.graphql import Answer
from migrator.deploy.sameness import normalized
from migrator.engine.access import Operation


def _row(**more: object) -> Answer:
    return Answer({"createTodo": {"id": "1", "title": "t", "updatedAt": "2026-01-01T00:00:00.000Z", **more}})


def test_keys_and_times_of_a_new_row_do_not_count() -> None:
    one, other = _row(), _row(id="2", updatedAt="2026-01-02T00:00:00.000Z")
    assert normalized(one, ("id",), Operation.CREATE) == normalized(other, ("id",), Operation.CREATE)


def test_every_other_value_counts() -> None:
    one, other = _row(), _row(title="another")
    assert normalized(one, ("id",), Operation.CREATE) != normalized(other, ("id",), Operation.CREATE)


def test_what_is_read_is_compared_whole() -> None:
    one, other = _row(), _row(id="2")
    assert normalized(one, ("id",), Operation.GET) != normalized(other, ("id",), Operation.GET)


def test_rows_of_a_list_have_no_order() -> None:
    one = Answer({"listTodos": {"items": [{"id": "1"}, {"id": "2"}], "nextToken": None}})
    other = Answer({"listTodos": {"items": [{"id": "2"}, {"id": "1"}], "nextToken": None}})
    assert normalized(one, ("id",), Operation.LIST) == normalized(other, ("id",), Operation.LIST)


def test_a_row_more_counts() -> None:
    one = Answer({"listTodos": {"items": [{"id": "1"}]}})
    other = Answer({"listTodos": {"items": [{"id": "1"}, {"id": "2"}]}})
    assert normalized(one, ("id",), Operation.LIST) != normalized(other, ("id",), Operation.LIST)


def test_errors_are_compared_without_generated_ids() -> None:
    one = Answer({}, ("Unauthorized: no 0a0a0a0a-0a0a-0a0a-0a0a-0a0a0a0a0a0a",))
    other = Answer({}, ("Unauthorized: no 0b0b0b0b-0a0a-0a0a-0a0a-0a0a0a0a0a0a",))
    assert normalized(one, (), Operation.GET) == normalized(other, (), Operation.GET)
