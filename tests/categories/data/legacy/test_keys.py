"""`@key` becomes `@primaryKey` and `@index` of the fields that are partition keys."""

from __future__ import annotations

from migrator.categories.data.legacy.kinds import ChangeKind
from tests.categories.data.legacy.conversion import after, changes

BY_DAY = '@key(name: "byDay", fields: ["day", "id"], queryField: "legsByDay")'


def test_a_key_without_a_name_is_the_primary_key() -> None:
    text = 'type Leg @model @open @key(fields: ["trip"]) { trip: ID! }'
    assert after(text) == "type Leg @model @open { trip: ID! @primaryKey }"


def test_further_fields_of_a_key_are_its_sort_key_in_their_order() -> None:
    text = 'type Leg @model @open @key(fields: ["trip", "day", "number"]) { trip: ID! day: AWSDate! number: Int! }'
    assert 'trip: ID! @primaryKey(sortKeyFields: ["day", "number"]) day: AWSDate! number: Int!' in after(text)


def test_a_key_with_a_name_is_an_index_with_its_query() -> None:
    text = f"type Leg @model @open {BY_DAY} {{ id: ID! day: AWSDate }}"
    assert 'day: AWSDate @index(name: "byDay", sortKeyFields: ["id"], queryField: "legsByDay")' in after(text)


def test_an_index_without_a_query_says_so() -> None:
    text = 'type Leg @model @open @key(name: "byDay", fields: ["day"]) { id: ID! day: AWSDate! }'
    assert 'day: AWSDate! @index(name: "byDay", queryField: null)' in after(text)


def test_two_indexes_may_begin_with_one_field() -> None:
    text = """\
type Leg @model @open
  @key(name: "a", fields: ["day"])
  @key(name: "b", fields: ["day", "id"]) {
  id: ID!
  day: AWSDate! # local
}
"""
    assert (
        after(text)
        == """\
type Leg @model @open {
  id: ID!
  day: AWSDate! @index(name: "a", queryField: null) @index(name: "b", sortKeyFields: ["id"], queryField: null) # local
}
"""
    )


def test_comments_on_a_key_stay() -> None:
    text = """\
type Leg
  @model
  @open
  # for the calendar
  @key(name: "byDay", fields: ["day"]) # slow
{
  day: AWSDate!
}
"""
    assert (
        after(text)
        == """\
type Leg
  @model
  @open
  # for the calendar # slow
{
  day: AWSDate! @index(name: "byDay", queryField: null)
}
"""
    )


def test_a_brace_after_a_key_does_not_fall_into_a_comment() -> None:
    text = 'type Leg @model @open\n  # by day\n  @key(name: "byDay", fields: ["day"]) {\n  day: AWSDate!\n}'
    assert "# by day\n" in after(text)


def test_queries_by_index_are_named_with_the_argument_that_they_need_now() -> None:
    text = (
        'type Leg @model @open @key(name: "byDay", fields: ["day"], queryField: "legsByDay") { id: ID! day: AWSDate }'
    )
    assert changes(text, ChangeKind.INDEX_QUERY) == [("Leg", "legsByDay(day:)")]
