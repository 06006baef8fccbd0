"""Constructs without a typed expression, and what is near them and has one."""

from __future__ import annotations

import pytest

from migrator.categories.data.typed.sayable import fallbacks
from tests.categories.data.typed.emission import definitions

P = "@auth(rules: [{ allow: private }])"
POST = f"type Post @model {P} {{ title: String kind: Kind }} enum Kind {{ A B }} "
TYPE = "type Place { lat: Float } "

REFUSED = {
    "an interface": ("interface Node { id: ID! }", "Node", "interface"),
    "a type that implements one": (
        "interface Node { id: ID! } type Leaf implements Node { id: ID! }",
        "Leaf",
        "implements",
    ),
    "a union": ("type A { a: Int } type B { b: Int } union AB = A | B", "AB", "union"),
    "a scalar": ("scalar Long", "Long", "scalar"),
    "a type that is not there": (f"type Post @model {P} {{ at: Moment }}", "Post.at", "Moment"),
    "a list of lists": ("type Grid { rows: [[Int]] }", "Grid.rows", "list of lists"),
    "a field with arguments": ("type Grid { row(n: Int): Int }", "Grid.row", "arguments"),
    "a type with a model as field": (f"{POST} type Page {{ posts: [Post] }}", "Page.posts", "Post"),
    "a model with a model as field": (f"{POST} type Blog @model {P} {{ post: Post }}", "Blog.post", "Post"),
    "an enum in an identifier": (
        f"type Seat @model {P} {{ k: Kind! @primaryKey }} enum Kind {{ A }}",
        "Seat.k",
        "@primaryKey",
    ),
    "an enum as sort key": (
        f'type Seat @model {P} {{ k: ID! @primaryKey(sortKeyFields: ["e"]) e: Kind! }} enum Kind {{ A }}',
        "Seat.e",
        "@primaryKey",
    ),
    "a sort key that is not there": (
        f'type Seat @model {P} {{ k: ID! @primaryKey(sortKeyFields: ["at"]) }}',
        "Seat",
        "@primaryKey",
    ),
    "two primary keys": (
        f"type Seat @model {P} {{ k: ID! @primaryKey l: ID! @primaryKey }}",
        "Seat",
        "@primaryKey",
    ),
    "a boolean as key": (f'type Seat @model {P} {{ k: Boolean @index(name: "byK") }}', "Seat.k", "@index"),
    "a list as key": (f'type Seat @model {P} {{ k: [ID] @index(name: "byK") }}', "Seat.k", "@index"),
    "an index without a field": (
        f'type Seat @model {P} {{ k: ID @index(name: "byK", sortKeyFields: ["at"]) }}',
        "Seat.k",
        "@index",
    ),
    "an empty query name": (
        f'type Seat @model {P} {{ k: ID @index(name: "byK", queryField: "") }}',
        "Seat.k",
        "@index",
    ),
    "an index whose sort keys are no names": (
        f'type Seat @model {P} {{ k: ID @index(name: "byK", sortKeyFields: [3]) }}',
        "Seat.k",
        "@index",
    ),
    "a key whose sort keys are no names": (
        f"type Seat @model {P} {{ k: ID! @primaryKey(sortKeyFields: 3) }}",
        "Seat",
        "@primaryKey",
    ),
    "an input with a type that is not there": (
        f'input QPInput {{ at: Moment }} type Query {{ q(p: QPInput): Int @function(name: "q") {P} }}',
        "QPInput.at",
        "Moment",
    ),
    "a provider that is no word": (
        "type Post @model @auth(rules: [{allow: public, provider: []}]) { a: Int }",
        "Post",
        "@auth",
    ),
    "a default of a list": (f'type Hat @model {P} {{ s: [Int] @default(value: "1") }}', "Hat.s", "@default"),
    "a default that is no text": (f"type Hat @model {P} {{ s: Int @default(value: 1) }}", "Hat.s", "@default"),
    "a default of a type": (f'{TYPE} type Hat @model {P} {{ s: Place @default(value: "1") }}', "Hat.s", "@default"),
    "a directive on an enum's value": ("enum Kind { A B @deprecated }", "Kind", "@deprecated"),
    "rules that are no list": ("type Post @model @auth(rules: {allow: private}) { a: Int }", "Post", "@auth"),
    "a strategy nobody knows": ("type Post @model @auth(rules: [{allow: all}]) { a: Int }", "Post", "@auth"),
    "groups without a name": ("type Post @model @auth(rules: [{allow: groups}]) { a: Int }", "Post", "@auth"),
    "a rule of the first transformer": (
        'type Post @model @auth(rules: [{allow: owner, identityField: "sub"}]) { a: Int }',
        "Post",
        "@auth",
    ),
    "a default of an argument": ("type Query { q(n: Int = 3): Int }", "Query.q", "default of n"),
    "a type as argument": (f"{TYPE} type Query {{ q(p: Place): Int }}", "Query.q", "argument p"),
    "an input of a name of its own": (
        f'input Filter {{ a: Int }} type Query {{ q(f: Filter): Int @function(name: "q") {P} }}',
        "Filter",
        "input",
    ),
    "an input without operation": ("input PlaceInput { lat: Float } " + TYPE, "PlaceInput", "input"),
    "an input unlike its type": (
        TYPE + f'input PlaceInput {{ lat: Float! }} type Query {{ q(p: PlaceInput): Int @function(name: "q") {P} }}',
        "PlaceInput",
        "input",
    ),
    "a type in itself as result": (
        f'type Node {{ next: Node }} type Query {{ n: Node @function(name: "n") {P} }}',
        "Query.n",
        "Node",
    ),
    "a type with one in itself as result": (
        f'type Root {{ n: Node }} type Node {{ next: Node }} type Query {{ n: Root @function(name: "n") {P} }}',
        "Query.n",
        "Root",
    ),
    "a subscription to nothing": ("type Subscription { s: Int @aws_api_key }", "Subscription.s", "subscription"),
    "a subscription to an unknown mutation": (
        POST + 'type Subscription { s: Post @aws_subscribe(mutations: ["publish"]) }',
        "Subscription.s",
        "@aws_subscribe",
    ),
    "a subscription of another type": (
        POST + 'type Subscription { s: Post! @aws_subscribe(mutations: ["createPost"]) }',
        "Subscription.s",
        "@aws_subscribe",
    ),
    "chained functions in other regions": (
        'type Query { q: Int @function(name: "a", region: "x") @function(name: "b") }',
        "Query.q",
        "@function",
    ),
    "@predictions": ("type Query { q: String @predictions(actions: [translateText]) }", "Query.q", "@predictions"),
    "an operation of a type's name": (POST + "type Query { Post: Int }", "Query.Post", "name"),
    "an operation of another one's name": (
        "type Query { go: Int } type Mutation { go: Int }",
        "Mutation.go",
        "name",
    ),
    "a field named like every object's": (
        f"type Word @model {P} {{ constructor: String }}",
        "Word.constructor",
        "name",
    ),
    "a type named like every object's": ("type toString { a: Int }", "toString", "type"),
    "a field twice": (f"type Word @model {P} {{ a: Int a: Int }}", "Word.a", "field"),
    "@auth on a type without table": (f"type Ink {P} {{ a: Int }}", "Ink", "@auth"),
    "@refersTo": (f'type Post @model @refersTo(name: "p") {P} {{ a: Int }}', "Post", "@refersTo"),
    "odd arguments of @model": (f"type Post @model(name: 3) {P} {{ a: Int }}", "Post", "@model"),
}
WHOLE = {
    "an unknown directive": f"type Post @model @cached {P} {{ a: Int }}",
    "a directive of the schema's own": f"directive @cached on OBJECT type Post @model {P} {{ a: Int }}",
    "roots of other names": f"schema {{ query: Ask }} type Ask {{ a: Int }} type Post @model {P} {{ a: Int }}",
    "a query among the types": f"{{ posts }} {POST}",
    "a relational database": f'input AMPLIFY {{ engine: String = "mysql" }} type Post @model {P} {{ a: Int }}',
    "a model that is a root": f"type Query @model {P} {{ a: Int }}",
}
SAID = {
    "roots of their own names": f"schema {{ query: Query }} type Query {{ q: Int }} {POST}",
    "a nullable enum as a key of an index": f'type S @model {P} {{ k: K @index(name: "byK") }} enum K {{ A }}',
    "a default of an enum": f'type S @model {P} {{ k: K @default(value: "A") }} enum K {{ A }}',
    "a type that holds itself in a model": f"type Node {{ next: Node }} type T @model {P} {{ root: Node }}",
    "rules on a type's field": f"type Card {{ number: String {P} }}",
    "an owner that is a number": 'type S @model @auth(rules: [{allow: owner, ownerField: "o"}]) { o: Int }',
    "an input like its type": (
        TYPE + f'input PlaceInput {{ lat: Float }} type Query {{ q(p: [PlaceInput!]!): Int @function(name: "q") {P} }}'
    ),
    "an input named after its argument": (
        "input FindWhereInput { a: Int near: FindWhereNearInput } input FindWhereNearInput { b: [ID!] }"
        f'type Query {{ find(where: FindWhereInput): Int @function(name: "f") {P} }}'
    ),
    "a subscription to a renamed mutation": (
        f'type Post @model(mutations: {{create: "addPost"}}) {P} {{ a: Int }}'
        'type Subscription { s: Post @aws_subscribe(mutations: ["addPost"]) }'
    ),
}


@pytest.mark.parametrize(("text", "place", "construct"), [pytest.param(*c, id=n) for n, c in REFUSED.items()])
def test_it_stays_sdl(text: str, place: str, construct: str) -> None:
    found = {(one.place, one.construct) for one in fallbacks(definitions(text)) if not one.whole}
    assert (place, construct) in found


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in WHOLE.items()])
def test_nothing_of_the_schema_is_typed(text: str) -> None:
    assert any(one.whole for one in fallbacks(definitions(text)))


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SAID.items()])
def test_it_can_be_said(text: str) -> None:
    assert not tuple(fallbacks(definitions(text)))


def test_types_that_hold_many_of_each_other_take_no_time() -> None:
    layers = [f"type L{n} {{ a: L{n + 1} b: L{n + 1} c: L{n + 1} }}" for n in range(60)]
    text = " ".join((*layers, "type L60 { a: Int }", f'type Query {{ q: L0 @function(name: "q") {P} }}'))
    assert not tuple(fallbacks(definitions(text)))
