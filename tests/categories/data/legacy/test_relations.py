"""`@connection` in all its forms keeps the foreign keys and indexes of the deployed tables."""

from __future__ import annotations

import pytest

from migrator.categories.data.legacy.kinds import ChangeKind
from tests.categories.data.legacy.conversion import after, changes


def types(*types_: str) -> str:
    return "\n".join(types_)


PAGE = "type Page @model @open { id: ID! text: String }"


def test_a_list_without_a_name_keeps_the_key_that_both_transformers_make() -> None:
    text = after(types("type Book @model @open { id: ID! pages: [Page] @connection }", PAGE))
    assert "pages: [Page] @hasMany }" in text
    assert "text: String bookPagesId: ID }" in text


def test_a_limit_is_kept() -> None:
    text = after(types("type Book @model @open { id: ID! pages: [Page] @connection(limit: 20) }", PAGE))
    assert "@hasMany(limit: 20)" in text


def test_a_list_over_a_key_of_its_own_keeps_name_and_index() -> None:
    text = after(types('type Book @model @open { pages: [Page] @connection(keyField: "bookRef") }', PAGE))
    assert 'id: ID! pages: [Page] @hasMany(indexName: "gsi-Book.pages", fields: ["id"])' in text
    assert 'bookRef: ID @index(name: "gsi-Book.pages", queryField: null)' in text


def test_a_list_of_a_model_with_another_key_goes_over_that() -> None:
    book = 'type Book @model @open @key(fields: ["isbn"]) { isbn: String! pages: [Page] @connection }'
    text = after(types(book, PAGE))
    assert '@hasMany(indexName: "gsi-Book.pages", fields: ["isbn"])' in text
    assert 'bookPagesId: String @index(name: "gsi-Book.pages", queryField: null)' in text


def test_a_pair_is_a_list_and_what_it_belongs_to() -> None:
    book = 'type Book @model @open { id: ID! pages: [Page] @connection(name: "BookPages", sortField: "number") }'
    page = 'type Page @model @open { id: ID! number: Int! book: Book! @connection(name: "BookPages") }'
    text = after(types(book, page))
    assert 'pages: [Page] @hasMany(indexName: "gsi-BookPages", fields: ["id"])' in text
    assert 'book: Book! @belongsTo(fields: ["pageBookId"])' in text
    assert 'pageBookId: ID! @index(name: "gsi-BookPages", sortKeyFields: ["number"], queryField: null)' in text


def test_a_pair_over_a_field_of_the_author_takes_that() -> None:
    book = 'type Book @model @open { id: ID! pages: [Page] @connection(name: "BookPages", keyField: "bookId") }'
    page = 'type Page @model @open { bookId: ID! book: Book @connection(name: "BookPages", keyField: "bookId") }'
    text = after(types(book, page))
    assert (
        'bookId: ID! @index(name: "gsi-BookPages", queryField: null) book: Book @belongsTo(fields: ["bookId"])' in text
    )


def test_a_model_may_be_connected_with_itself() -> None:
    text = after(
        'type Box @model @open { id: ID! inner: [Box] @connection(name: "In") outer: Box @connection(name: "In") }'
    )
    assert 'inner: [Box] @hasMany(indexName: "gsi-In", fields: ["id"])' in text
    assert 'outer: Box @belongsTo(fields: ["boxOuterId"])' in text
    assert 'boxOuterId: ID @index(name: "gsi-In", queryField: null)' in text


def test_a_single_one_keeps_its_key_without_an_index() -> None:
    text = after(types("type Book @model @open { id: ID! cover: Page! @connection }", PAGE))
    assert 'cover: Page! @hasOne(fields: ["bookCoverId"]) bookCoverId: ID!' in text


def test_a_pair_of_single_ones_has_a_key_on_either_side() -> None:
    book = 'type Book @model @open { id: ID! map: Map @connection(name: "BookMap") }'
    text = after(types(book, 'type Map @model @open { id: ID! book: Book @connection(name: "BookMap") }'))
    assert 'map: Map @hasOne(fields: ["bookMapId"]) bookMapId: ID' in text
    assert 'book: Book @hasOne(fields: ["mapBookId"]) mapBookId: ID' in text


def test_connections_over_fields_stay_so() -> None:
    book = 'type Book @model @open { id: ID! pages: [Page] @connection(keyName: "byBook", fields: ["id"], limit: 5) }'
    page = 'type Page @model @open @key(name: "byBook", fields: ["bookID"]) { bookID: ID! book: Book '
    page += '@connection(fields: ["bookID"]) }'
    text = after(types(book, page))
    assert '@hasMany(indexName: "byBook", fields: ["id"], limit: 5)' in text
    assert 'book: Book @belongsTo(fields: ["bookID"])' in text


def test_without_a_list_on_the_other_side_nothing_belongs_to_it() -> None:
    book = 'type Book @model @open { id: ID! coverID: ID cover: Page @connection(fields: ["coverID"]) }'
    assert 'cover: Page @hasOne(fields: ["coverID"])' in after(types(book, PAGE))


def test_a_foreign_key_takes_the_type_of_the_key_that_it_holds() -> None:
    book = 'type Book @model @open { id: ID! coverID: String! cover: Page @connection(keyField: "coverID") }'
    text = types(book, PAGE)
    assert "coverID: ID! cover" in after(text)
    assert changes(text, ChangeKind.FOREIGN_KEY_TYPE) == [("Book.cover", "Book.coverID: ID")]


@pytest.mark.parametrize("key", ['@key(fields: ["day", "number"])', '@key(fields: ["number"])'])
def test_what_cannot_be_said_is_taken_out_and_named_and_its_key_stays(key: str) -> None:
    book = 'type Book @model @open {\n  id: ID!\n  "its first"\n  entry: Entry @connection\n}'
    text = types(book, f"type Entry @model @open {key} {{ day: ID! number: Int! }}")
    assert "type Book @model @open {\n  id: ID! \n  bookEntryId: ID\n}" in after(text)
    assert [place for place, _ in changes(text, ChangeKind.LOST_RELATION)] == ["Book.entry"]


def test_keys_that_were_hidden_are_named() -> None:
    text = types("type Book @model @open { id: ID! pages: [Page] @connection }", PAGE)
    assert changes(text, ChangeKind.FOREIGN_KEY) == [("Book.pages", "Page.bookPagesId")]


def test_keys_that_whoever_deletes_may_write_are_named() -> None:
    page = "type Page @model @auth(rules: [{ allow: owner, operations: [update] }]) { id: ID! }"
    text = types("type Book @model @open { id: ID! pages: [Page] @connection }", page)
    assert changes(text, ChangeKind.FOREIGN_KEY_RIGHTS) == [("Book.pages", "Page.bookPagesId")]


def test_a_new_field_goes_after_the_comment_of_the_last_one() -> None:
    text = "type Book @model @open {\n  id: ID!\n  cover: Book @connection # itself\n}"
    assert after(text).endswith('@hasOne(fields: ["bookCoverId"]) # itself\n  bookCoverId: ID\n}')
