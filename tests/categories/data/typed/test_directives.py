"""What is taken out of definitions, and the patches that give it back."""

from __future__ import annotations

import pytest

from migrator.categories.data.sdl_text import printed
from migrator.categories.data.typed.directives import stripped
from migrator.categories.data.typed.model import Patch, PatchKind
from tests.categories.data.typed.emission import definitions

P = "@auth(rules: [{ allow: private }])"
F = '@function(name: "f")'


def patches(text: str) -> set[tuple[str, str, str, str]]:
    _, found = stripped(definitions(text))
    return {(patch.kind.value, patch.place, patch.found, patch.wanted) for patch in found}


def left(text: str) -> str:
    return printed(stripped(definitions(text))[0])


CASES = {
    "search": (
        f'type Post @model @searchable(queries: {{search: "find"}}) {P} {{ a: Int }}',
        ("searchable", "Post", "", '@searchable(queries: {search: "find"})'),
    ),
    "names of operations": (
        f'type Post @model(queries: {{get: "one", list: null}}, mutations: null) {P} {{ a: Int }}',
        (
            "model",
            "Post",
            "Post @model(mutations:null,queries:{list:null})",
            'Post @model(queries: {get: "one", list: null}, mutations: null)',
        ),
    ),
    "names of subscriptions": (
        f'type Post @model(subscriptions: {{onCreate: ["a", "b"]}}) {P} {{ a: Int }}',
        ("model", "Post", "Post @model", 'Post @model(subscriptions: {onCreate: ["a", "b"]})'),
    ),
    "timestamps": (
        f"type Post @model(timestamps: null) {P} {{ a: Int }}",
        ("model", "Post", "Post @model", "Post @model(timestamps: null)"),
    ),
    "the level of subscriptions": (
        f"type Post @model(subscriptions: {{level: public}}) {P} {{ a: Int }}",
        ("model", "Post", "Post @model", "Post @model(subscriptions: {level: public})"),
    ),
    "the name of a table": (
        f'type Post @model @mapsTo(name: "Article") {P} {{ a: Int }}',
        ("name", "Post", "", '@mapsTo(name: "Article")'),
    ),
    "a model for nobody": (
        "type Post @model { a: Int }",
        ("closed", "Post", '@auth(rules: [{allow: groups, groups: ["nobody"]}])', ""),
    ),
    "a model for nobody beside a group of that name": (
        'type Post @model { a: Int @auth(rules: [{allow: groups, groups: ["nobody"]}]) }',
        ("closed", "Post", '@auth(rules: [{allow: groups, groups: ["nobody_"]}])', ""),
    ),
    "an owner that is a number": (
        'type Post @model @auth(rules: [{allow: private}, {allow: owner, ownerField: "o"}]) { o: Int }',
        (
            "rule",
            "Post",
            "@auth(rules: [{allow: private}])",
            '@auth(rules: [{allow: private}, {allow: owner, ownerField: "o"}])',
        ),
    ),
    "an owner of a field that is a number": (
        f'type Post @model {P} {{ o: Int n: Int @auth(rules: [{{allow: owner, ownerField: "o"}}]) }}',
        ("rule", "Post.n", "", '@auth(rules: [{allow: owner, ownerField: "o"}])'),
    ),
    "an owner in a field named like every object's": (
        'type Post @model @auth(rules: [{allow: private}, {allow: owner, ownerField: "toString"}]) { o: Int }',
        (
            "rule",
            "Post",
            "@auth(rules: [{allow: private}])",
            '@auth(rules: [{allow: private}, {allow: owner, ownerField: "toString"}])',
        ),
    ),
    "a deprecated field": (
        f'type Post @model {P} {{ a: Int @deprecated(reason: "b") }}',
        ("deprecated", "Post.a", "", '@deprecated(reason: "b")'),
    ),
    "a field with a function": (
        f"type Post @model {P} {{ a: Int {F} }}",
        ("function", "Post.a", "", F),
    ),
    "a field over the web": (
        f'type Post @model {P} {{ a: Int @http(method: POST, url: "https://a.example") }}',
        ("function", "Post.a", "", '@http(method: POST, url: "https://a.example")'),
    ),
    "the default of an enum": (
        f'enum Kind {{ A }} type Post @model {P} {{ kind: Kind! @default(value: "A") }}',
        ("default", "Post.kind", "", '@default(value: "A")'),
    ),
    "the default of a key": (
        f'type Post @model {P} {{ key: ID! @primaryKey @default(value: "A") }}',
        ("default", "Post.key", "", '@default(value: "A")'),
    ),
    "an id that a sort key names": (
        f'type Post @model {P} {{ id: ID! a: Int! @index(name: "byA", sortKeyFields: ["id"]) }}',
        ("identifier", "Post.id", "ID! @primaryKey", "ID!"),
    ),
    "an id that may be null": (
        f"type Post @model {P} {{ id: ID a: Int }}",
        ("identifier", "Post.id", "ID! @primaryKey", "ID"),
    ),
    "an id that is all there is": (
        f"type Post @model {P} {{ id: ID! }}",
        ("identifier", "Post.id", "ID! @primaryKey", "ID!"),
    ),
    "access to a type": (
        "type Place @aws_api_key { lat: Int @aws_iam }",
        ("type-access", "Place", "", "@aws_api_key"),
    ),
    "access to a field of a type": (
        "type Place { lat: Int @aws_iam }",
        ("type-access", "Place.lat", "", "@aws_iam"),
    ),
    "rules on a field of a type": (
        f"type Place {{ lat: Int {P} }}",
        ("type-access", "Place.lat", "", "@auth(rules: [{allow: private}])"),
    ),
    "access to all operations": (
        "type Query @aws_api_key { q: Int @aws_api_key }",
        ("type-access", "Query", "", "@aws_api_key"),
    ),
    "callers of an operation without a handler": (
        'type Query { q: Int @aws_cognito_user_pools(cognito_groups: ["A"]) }',
        ("operation", "Query.q", "", '@aws_cognito_user_pools(cognito_groups: ["A"])'),
    ),
    "AppSync's directives with a handler": (
        f"type Query {{ q: Int {F} @aws_api_key }}",
        ("operation", "Query.q", "@auth(rules: [{allow: public, provider: apiKey}])", "@aws_api_key"),
    ),
    "a handler for IAM alone": (
        f"type Query {{ q: Int {F} }}",
        ("operation", "Query.q", "@auth(rules: [{allow: private, provider: identityPool}])", ""),
    ),
    "an owner of an operation": (
        f"type Query {{ q: Int {F} @auth(rules: [{{allow: owner}}]) }}",
        ("operation", "Query.q", "@auth(rules: [{allow: private}])", "@auth(rules: [{allow: owner}])"),
    ),
    "an operation over the web": (
        f'type Query {{ q: Int @http(url: "https://a.example/:id") {P} }}',
        ("operation", "Query.q", "", '@http(url: "https://a.example/:id")'),
    ),
    "a function elsewhere": (
        f'type Query {{ q: Int @function(name: "f", region: "eu-west-1", accountId: "1") {P} }}',
        (
            "operation",
            "Query.q",
            "@function(name: ",
            '@function(region: "eu-west-1", accountId: "1", name: ',
        ),
    ),
    "a function that nobody waits for": (
        f'type Query {{ q: Int @function(name: "f", invocationType: Event) {P} }}',
        ("operation", "Query.q", "@function(name: ", "@function(invocationType: Event, name: "),
    ),
    "a subscription to a renamed mutation": (
        f'type Post @model(mutations: {{create: "add"}}) {P} {{ a: Int }}'
        'type Subscription { s: Post @aws_subscribe(mutations: ["add", "deletePost"]) }',
        (
            "operation",
            "Subscription.s",
            '@aws_subscribe(mutations: ["createPost", "deletePost"])',
            '@aws_subscribe(mutations: ["add", "deletePost"])',
        ),
    ),
    "the type of a result": (
        f"type Place {{ lat: Int }} type Query {{ q: Place {F} {P} }}",
        ("type-access", "Place", "@aws_cognito_user_pools", ""),
    ),
    "the type of results of several operations": (
        "type Place @aws_api_key { in: Place2 } type Place2 { lat: Int }"
        f'type Query {{ q: Place {F} @auth(rules: [{{allow: groups, groups: ["A", "B"]}}])'
        f'r: Place2 {F} @auth(rules: [{{allow: groups, groups: ["C"]}}, {{allow: public}}]) }}',
        (
            "type-access",
            "Place2",
            '@aws_api_key @aws_cognito_user_pools(cognito_groups: ["A", "B", "C"])',
            "",
        ),
    ),
}


@pytest.mark.parametrize(("text", "patch"), [pytest.param(*case, id=name) for name, case in CASES.items()])
def test_it_is_patched(text: str, patch: tuple[str, str, str, str]) -> None:
    assert patch in patches(text)


UNPATCHED = {
    "operations that are off": f"type Post @model(queries: {{list: null}}, mutations: null) {P} {{ a: Int }}",
    "subscriptions that are off": f"type Post @model(subscriptions: {{level: off}}) {P} {{ a: Int }}",
    "names that Gen 1 gives anyway": (
        'type Category @model(queries: {list: "listCategories"}, subscriptions: {level: on, onCreate:'
        f' ["onCreateCategory"]}}) {P} {{ a: Int }}'
    ),
    "an id as it always is": f"type Post @model {P} {{ id: ID! a: Int }}",
    "an id that is a key": f"type Post @model {P} {{ id: ID! @primaryKey a: Int }}",
    "an operation with a rule": f"type Query {{ q: Int {F} {P} }}",
    "a type with the access that results have": (
        f"type Place @aws_cognito_user_pools @aws_api_key {{ lat: Int }}"
        f"type Query {{ q: Place {F} @auth(rules: [{{allow: public}}, {{allow: private}}]) }}"
    ),
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in UNPATCHED.items()])
def test_it_needs_no_patch(text: str) -> None:
    assert not patches(text)


def test_the_usual_id_is_left_out() -> None:
    assert "id" not in left(f"type Post @model {P} {{ id: ID! a: Int }}")


def test_an_id_stays_that_a_patched_relation_names() -> None:
    relation = Patch(PatchKind.RELATION, "Post.comments", "x", '@hasMany(indexName: "byPost", fields: ["id"])')
    typed, found = stripped(definitions(f"type Post @model {P} {{ id: ID! a: Int }}"), [relation])
    assert "id: ID!" in printed(typed)
    assert [patch.kind for patch in found] == [PatchKind.IDENTIFIER]


@pytest.mark.parametrize(
    "text",
    [
        f"type Post @model {P} {{ id: ID! a: Int {P} }}",
        f"type Post @model @searchable {P} {{ id: ID! a: Int }}",
    ],
)
def test_an_id_stays_where_resolvers_list_the_declared_fields(text: str) -> None:
    assert "id: ID!" in left(text)


def test_an_id_stays_that_holds_the_owner() -> None:
    assert "id: ID!" in left('type Post @model @auth(rules: [{allow: owner, ownerField: "id"}]) { id: ID! a: Int }')


def test_what_is_stripped_is_left_alone() -> None:
    text = f"type Post @model(timestamps: null) @searchable {P} {{ a: Int @deprecated b: [ID!]! }}"
    once, _ = stripped(definitions(text))
    assert stripped(once) == (once, ())
