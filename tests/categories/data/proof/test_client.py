"""The API that types the client, against the deployed one."""

from __future__ import annotations

import pytest

from migrator.categories.data.proof import Allowed, ClientDifference, client_differences
from migrator.categories.data.typed.model import Patch, PatchKind

P = "@auth(rules: [{allow: private}])"


def rules(found: tuple[ClientDifference, ...]) -> set[str]:
    return {one.rule for one in found}


def allowed(**places: str) -> Allowed:
    return Allowed(tuple(Patch(PatchKind[kind], place) for kind, place in places.items()))


PATCHED = {
    "SEARCHABLE": ("Post", "type Post @model @P { t: Int }", "type Post @model @P @searchable { t: Int }", "DATA400"),
    "MODEL": (
        "Post",
        "type Post @model @P { t: Int }",
        'type Post @model(queries: {get: "post"}, timestamps: null) @P { t: Int }',
        "DATA401",
    ),
    "CLOSED": (
        "Post",
        'type Post @model @auth(rules: [{allow: groups, groups: ["nobody"]}]) { t: Int }',
        "type Post @model { t: Int }",
        "DATA404",
    ),
    "OPERATION": (
        "Query.f",
        "type Query { f: Int @aws_iam }",
        'type Query { f: Int @http(url: "https://example.com") @aws_api_key }',
        "DATA405",
    ),
    "FUNCTION": (
        "Post.t",
        "type Post @model @P { t: Int }",
        'type Post @model @P { t: Int @function(name: "f") }',
        "DATA406",
    ),
    "NAME": ("Post", "type Post @model @P { t: Int }", 'type Post @model @P @mapsTo(name: "P") { t: Int }', "DATA407"),
    "DEPRECATED": ("Post.t", "type Post @model @P { t: Int }", "type Post @model @P { t: Int @deprecated }", "DATA408"),
    "TYPE_ACCESS": ("T", "type T @aws_iam { t: Int }", "type T @aws_api_key { t: Int }", "DATA409"),
    "IDENTIFIER": (
        "Post.id",
        "type Post @model @P { id: ID! @primaryKey t: Int }",
        "type Post @model @P { id: ID! t: Int }",
        "DATA410",
    ),
    "FIELD": (
        "Post.u",
        "type Post @model @P { t: Int }",
        "type Post @model @P { t: Int u(n: Int): [[Int]] @aws_iam }",
        "DATA414",
    ),
    "DEFAULT": (
        "Post.e",
        "type Post @model @P { e: E } enum E { A }",
        'type Post @model @P { e: E @default(value: "A") } enum E { A }',
        "DATA411",
    ),
    "RULE": (
        "Post",
        "type Post @model @P { t: Int }",
        'type Post @model @auth(rules: [{allow: private}, {allow: owner, ownerField: "t"}]) { t: Int }',
        "DATA412",
    ),
}


@pytest.mark.parametrize("kind", PATCHED)
def test_a_patch_explains_what_it_changes(kind: str) -> None:
    place, client, deployed, rule = (text.replace("@P", P) for text in PATCHED[kind])
    assert rules(client_differences(client, deployed, allowed(**{kind: place}))) == {rule}


@pytest.mark.parametrize("kind", PATCHED)
def test_without_its_patch_a_difference_is_not_explained(kind: str) -> None:
    _, client, deployed, _ = (text.replace("@P", P) for text in PATCHED[kind])
    assert rules(client_differences(client, deployed, Allowed())) == {""}


@pytest.mark.parametrize("kind", PATCHED)
def test_a_patch_explains_no_other_change_of_its_place(kind: str) -> None:
    place, client, deployed, _ = (text.replace("@P", P) for text in PATCHED[kind])
    changed = deployed.replace("t: Int", "t: String").replace("f: Int", "f: String").replace("e: E", "e: [E]")
    assert "" in rules(client_differences(client, changed, allowed(**{kind: place})))


CLIENT = (
    f'type A @model {P} {{ id: ID! @primaryKey bs: [B] @hasMany(references: ["aId"]) }}'
    f' type B @model {P} {{ aId: ID a: A @belongsTo(references: ["aId"]) }}'
)
DEPLOYED = (
    f'type A @model {P} {{ id: ID! @primaryKey bs: [B] @hasMany(indexName: "byA", fields: ["id"]) }}'
    f" type B @model {P} {{ aId: ID }}"
)
RELATION = Patch(PatchKind.RELATION, "A.bs")
COUNTERPART = Patch(PatchKind.COUNTERPART, "B.a")


def test_a_relation_and_its_other_side_are_explained() -> None:
    found = client_differences(CLIENT, DEPLOYED, Allowed((RELATION, COUNTERPART)))
    assert rules(found) == {"DATA402", "DATA403"}


def test_an_index_that_only_the_client_knows_is_explained_beside_others() -> None:
    other = f" type C @model {P} {{ bs: [B] @hasMany }}"
    found = client_differences(CLIENT + other, DEPLOYED + other, Allowed((RELATION, COUNTERPART)))
    assert rules(found) == {"DATA402", "DATA403"}


def test_the_other_side_needs_a_patch_of_its_own() -> None:
    assert "" in rules(client_differences(CLIENT, DEPLOYED, Allowed((RELATION,))))


def test_a_relation_may_be_nullable_in_the_client() -> None:
    client = f"type A @model {P} {{ aBId: ID b: B @hasOne }} type B @model {P} {{ x: Int }}"
    found = client_differences(client, client.replace("b: B", "b: B!"), Allowed((Patch(PatchKind.RELATION, "A.b"),)))
    assert rules(found) == {"DATA402"}


def test_a_relation_may_not_lose_its_key() -> None:
    client = f"type A @model {P} {{ aBId: ID! b: B @hasOne }} type B @model {P} {{ x: Int }}"
    found = client_differences(client, client.replace("ID!", "ID"), Allowed((Patch(PatchKind.RELATION, "A.b"),)))
    assert rules(found) == {""}


def test_what_stays_sdl_is_not_in_the_client() -> None:
    client = f"type A @model {P} {{ x: Int }}"
    deployed = f"{client} union U = A type Query {{ u: U @aws_iam }}"
    assert rules(client_differences(client, deployed, Allowed(rest=("U", "Query.u")))) == {"DATA420"}


def test_a_type_that_is_deployed_without_a_reason_is_not_explained() -> None:
    assert rules(client_differences("enum E { A }", "enum E { A } enum F { A }", Allowed(rest=("G",)))) == {""}


def test_equal_apis_have_no_differences() -> None:
    assert client_differences(CLIENT, CLIENT, Allowed()) == ()


def test_text_that_is_no_graphql_is_not_explained() -> None:
    assert rules(client_differences("type {", CLIENT, Allowed())) == {""}


def test_indexes_of_what_stays_sdl_are_not_in_the_client() -> None:
    post = "type Post @model @P { words: [Word] @hasMany }"
    word = "type Word @model @P { t: Int }"
    kept = "type Page @model @P { t: Int }"
    deployed = f"{kept} {post} {word}".replace("@P", P)
    found = client_differences(kept.replace("@P", P), deployed, Allowed(rest=("Post", "Word")))
    assert rules(found) == {"DATA420"}
