"""What does not mean the same is different, however alike it looks; and what no schema can say is told apart."""

from __future__ import annotations

import pytest

from migrator.categories.data.model import AuthMode
from migrator.categories.data.proof import Difference, Flags, SchemaContext, compare

P = "@auth(rules: [{allow: private}])"

PAIRS = {
    "an id with and without its directive": (
        f"type A @model {P} {{ id: ID! }}",
        f"type A @model {P} {{ id: ID! @primaryKey }}",
    ),
    "an id beside another key": (
        f"type A @model {P} {{ id: ID! k: ID! @primaryKey }}",
        f"type A @model {P} {{ k: ID! @primaryKey }}",
    ),
    "an owner field that is declared": (
        "type A @model @auth(rules: [{allow: owner}]) { x: Int owner: String }",
        "type A @model @auth(rules: [{allow: owner}]) { x: Int }",
    ),
    "the key on the other side": (
        f"type A @model {P} {{ b: B @hasOne }} type B @model {P} {{ x: Int }}",
        f'type A @model {P} {{ b: B @hasOne(references: ["aBId"]) }}'
        f' type B @model {P} {{ x: Int aBId: ID a: A @belongsTo(references: ["aBId"]) }}',
    ),
    "an index of another name": (
        f'type A @model {P} {{ id: ID! bs: [B] @hasMany(indexName: "byA", fields: ["id"]) }}'
        f' type B @model {P} {{ aId: ID @index(name: "byA", queryField: null) a: A @belongsTo(fields: ["aId"]) }}',
        f'type A @model {P} {{ id: ID! bs: [B] @hasMany(references: ["aId"]) }}'
        f' type B @model {P} {{ aId: ID a: A @belongsTo(references: ["aId"]) }}',
    ),
    "keys of several parts by references": (
        f'type A @model {P} {{ k: ID! @primaryKey(sortKeyFields: ["n"]) n: Int! bs: [B] @hasMany }}'
        f" type B @model {P} {{ a: A @belongsTo }}",
        f'type A @model {P} {{ k: ID! @primaryKey(sortKeyFields: ["n"]) n: Int!'
        ' bs: [B] @hasMany(references: ["aBsK", "aBsN"]) }'
        f' type B @model {P} {{ aBsK: ID aBsN: Int a: A @belongsTo(references: ["aBsK", "aBsN"]) }}',
    ),
    "many rows of which only one side was a list": (
        f"type A @model {P} {{ bs: [B] @hasMany }} type B @model {P} {{ x: Int }}",
        f"type A @model {P} {{ bs: B @hasMany }} type B @model {P} {{ x: Int }}",
    ),
    "the second of two relations between a pair": (
        f"type A @model {P} {{ xs: [B] @hasMany ys: [B] @hasMany }}"
        f" type B @model {P} {{ x: A @belongsTo y: A @belongsTo }}",
        f'type A @model {P} {{ xs: [B] @hasMany(references: ["aXsId"]) ys: [B] @hasMany(references: ["aYsId"]) }}'
        f" type B @model {P} {{ aXsId: ID aYsId: ID"
        ' x: A @belongsTo(references: ["aXsId"]) y: A @belongsTo(references: ["aYsId"]) }',
    ),
    "an operation that only IAM may call now": ("type Query { f: Int }", "type Query { f: Int @aws_iam }"),
    "an operation whose groups are lost": (
        'type Query @aws_cognito_user_pools(cognito_groups: ["A"]) { f: Int }',
        'type Query @aws_cognito_user_pools(cognito_groups: ["A"]) { f: Int @aws_cognito_user_pools }',
    ),
    "a type whose readers are those of an operation": (
        f"type Query {{ f: T {P} }} type T {{ x: Int }}",
        f"type Query {{ f: T {P} }} type T @aws_cognito_user_pools {{ x: Int }}",
    ),
    "a type that a model holds, for a group alone": (
        f"type A @model {P} {{ t: T }} type T {{ x: Int }}",
        f'type A @model {P} {{ t: T }} type T @aws_cognito_user_pools(cognito_groups: ["Admin"]) {{ x: Int }}',
    ),
    "functions in another order": (
        f'type Query {{ f: Int {P} @function(name: "a") @function(name: "b") }}',
        f'type Query {{ f: Int {P} @function(name: "b") @function(name: "a") }}',
    ),
    "a word of an enum for a text": (
        "type Query { f(e: E = A): Int @aws_iam } enum E { A }",
        'type Query { f(e: E = "A"): Int @aws_iam } enum E { A }',
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_what_means_something_else_is_different(name: str) -> None:
    gen1, reached = PAIRS[name]
    assert not compare((gen1,), reached, SchemaContext()).equal


def test_queries_of_indexes_that_gen_1_did_not_have_are_different() -> None:
    text = f'type A @model {P} {{ x: ID! @index(name: "byX") }}'
    assert not compare((text,), text, SchemaContext(flags=Flags(auto_query_names=False))).equal


def test_keys_that_would_get_another_name_are_different() -> None:
    text = f"type A @model {P} {{ k: ID! @primaryKey bs: [B] @hasMany }} type B @model {P} {{ x: Int }}"
    assert not compare((text,), text, SchemaContext(flags=Flags(primary_key_attributes=False))).equal


def unavoidable(text: str, reached: str, context: SchemaContext) -> list[str]:
    result = compare((text,), reached, context)
    assert result.equal
    return [one.rule for one in result.unavoidable]


OWNERS = 'type A @model @auth(rules: [{allow: owner}, {allow: groups, groups: ["G"]}]) { x: Int }'


def test_owners_of_rows_that_groups_write_are_no_matter_of_the_schema() -> None:
    assert unavoidable(OWNERS, OWNERS, SchemaContext(flags=Flags(owner_for_groups=False))) == ["DATA135"]


def test_local_indexes_are_no_matter_of_the_schema() -> None:
    text = f'type A @model {P} {{ k: ID! @primaryKey(sortKeyFields: ["n"]) @index(name: "byK", sortKeyFields: ["m"])'
    text += " n: Int! m: Int! }"
    assert unavoidable(text, text, SchemaContext(flags=Flags(secondary_as_gsi=False))) == ["DATA133"]


def test_subscriptions_with_related_rows_are_no_matter_of_the_schema() -> None:
    text = f"type A @model {P} {{ bs: [B] @hasMany }} type B @model {P} {{ x: Int }}"
    assert unavoidable(text, text, SchemaContext(flags=Flags(inherited_subscriptions=True))) == ["DATA136"]


def test_queries_of_join_tables_that_gen_2_makes_are_no_matter_of_the_schema() -> None:
    text = f'type A @model {P} {{ bs: [B] @manyToMany(relationName: "R") }}'
    text += f' type B @model {P} {{ as: [A] @manyToMany(relationName: "R") }}'
    found = unavoidable(text, text, SchemaContext(flags=Flags(auto_query_names=False)))
    assert found == ["DATA137", "DATA137"]


def test_keys_that_become_written_are_told() -> None:
    gen1 = f"type A @model {P} {{ bs: [B] @hasMany }} type B @model {P} {{ x: Int }}"
    reached = f"type A @model {P} {{ bs: [B] @hasMany }} type B @model {P} {{ x: Int aBsId: ID }}"
    inputs = ("ModelSubscriptionAFilterInput.aBsId", "ModelSubscriptionBFilterInput.aBsId")
    assert compare((gen1,), reached, SchemaContext()).unavoidable == (Difference("B.aBsId", *inputs, "DATA402"),)


def test_directives_that_gen_2_refuses_are_no_matter_of_the_schema() -> None:
    text = f"type A @model {P} {{ x: AWSTimestamp @ttl }}"
    found = unavoidable(text, text.replace(" @ttl", ""), SchemaContext(left_out=frozenset({"ttl"})))
    assert found == ["DATA124"]


def test_a_directive_that_was_not_taken_out_on_purpose_is_different() -> None:
    text = f"type A @model {P} {{ x: AWSTimestamp @ttl }}"
    assert compare((text,), text.replace(" @ttl", ""), SchemaContext()).differences == (Difference("A.x @ttl", "{}"),)


def test_the_default_mode_decides_what_says_nothing() -> None:
    gen1, reached = "type Query { f: Int }", "type Query { f: Int @aws_api_key }"
    found = [compare((gen1,), reached, SchemaContext(mode)).equal for mode in (AuthMode.API_KEY, AuthMode.USER_POOL)]
    assert found == [True, False]
