"""Definitions as people would write them with `a.schema`."""

from __future__ import annotations

import pytest

from migrator.categories.data.typed.code import Member, members
from migrator.categories.data.typed.directives import stripped
from migrator.typescript.nodes import Name
from migrator.typescript.printer import print_node
from tests.categories.data.typed.emission import code, definitions

P = "@auth(rules: [{ allow: private }])"
F = '@function(name: "f")'
ALLOWED = ".authorization((allow) => [allow.authenticated()])"


def made(text: str) -> tuple[Member, ...]:
    return members(stripped(definitions(text))[0], {})


def one(text: str) -> str:
    """The last member on one line."""
    return "".join(line.strip() for line in print_node(made(text)[-1].value).split("\n"))


FIELDS = {
    "ID": "a.id()",
    "String": "a.string()",
    "Int": "a.integer()",
    "Float": "a.float()",
    "Boolean": "a.boolean()",
    "AWSDate": "a.date()",
    "AWSTime": "a.time()",
    "AWSDateTime": "a.datetime()",
    "AWSTimestamp": "a.timestamp()",
    "AWSEmail": "a.email()",
    "AWSJSON": "a.json()",
    "AWSPhone": "a.phone()",
    "AWSURL": "a.url()",
    "AWSIPAddress": "a.ipAddress()",
    "Kind": "a.ref('Kind')",
    "Int!": "a.integer().required()",
    "[Int]": "a.integer().array()",
    "[Int!]": "a.integer().required().array()",
    "[Int]!": "a.integer().array().required()",
    "[Kind!]!": "a.ref('Kind').required().array().required()",
    'String @default(value: "x")': "a.string().default('x')",
    'Int @default(value: "3")': "a.integer().default(3)",
    'Int @default(value: "03")': "a.integer().default('03')",
    'Boolean @default(value: "true")': "a.boolean().default(true)",
    'Float @default(value: "1.50")': "a.float().default('1.50')",
    r'String @default(value: "a\"b\\c\nd")': "a.string().default('a\\\\\"b\\\\\\\\c\\\\nd')",
    f"String! {P}": f"a.string().required(){ALLOWED}",
}


@pytest.mark.parametrize(("field", "wanted"), FIELDS.items())
def test_a_field(field: str, wanted: str) -> None:
    assert one(f"enum Kind {{ A }} type Post @model {P} {{ f: {field} }}") == f"a.model({{f: {wanted},}}){ALLOWED}"


RULES = {
    "allow: public": "allow.publicApiKey()",
    "allow: public, provider: iam": "allow.guest()",
    "allow: private": "allow.authenticated()",
    "allow: private, provider: userPools": "allow.authenticated()",
    "allow: private, provider: identityPool": "allow.authenticated('identityPool')",
    "allow: private, provider: oidc": "allow.authenticated('oidc')",
    "allow: owner": "allow.owner()",
    "allow: owner, provider: oidc": "allow.owner('oidc')",
    'allow: owner, identityClaim: "sub"': "allow.owner().identityClaim('sub')",
    'allow: owner, ownerField: "by"': "allow.ownerDefinedIn('by')",
    'allow: owner, ownerField: "all", provider: oidc': "allow.ownersDefinedIn('all', 'oidc')",
    'allow: groups, groups: ["A"]': "allow.group('A')",
    'allow: groups, groups: "A"': "allow.group('A')",
    'allow: groups, groups: ["A", "B"], provider: oidc': "allow.groups(['A', 'B'], 'oidc')",
    'allow: groups, groups: ["A"], groupClaim: "c"': "allow.group('A').withClaimIn('c')",
    'allow: groups, groupsField: "by"': "allow.groupDefinedIn('by')",
    'allow: groups, groupsField: "all"': "allow.groupsDefinedIn('all')",
    "allow: custom": "allow.custom()",
    "allow: custom, provider: function": "allow.custom()",
    "allow: private, operations: [create, read]": "allow.authenticated().to(['create', 'read'])",
}


@pytest.mark.parametrize(("rule", "wanted"), RULES.items())
def test_a_rule(rule: str, wanted: str) -> None:
    text = f"type Post @model @auth(rules: [{{ {rule} }}]) {{ all: [String] }}"
    assert one(text) == f"a.model({{all: a.string().array(),}}).authorization((allow) => [{wanted}])"


INDEXES = {
    'name: "byK", queryField: "q"': "index('k').name('byK').queryField('q')",
    'name: "byK", queryField: null': "index('k').name('byK').queryField(null)",
    'name: "byK"': "index('k').name('byK').queryField('postsByK')",
    'name: "byK", sortKeyFields: ["l"]': "index('k').name('byK').sortKeys(['l']).queryField('postsByKAndL')",
    'name: "byK", sortKeyFields: "l"': "index('k').name('byK').sortKeys(['l']).queryField('postsByKAndL')",
    'queryField: "q"': "index('k').name('postsByK').queryField('q')",
    'name: "byK", projection: {type: KEYS_ONLY}': (
        "index('k').name('byK').queryField('postsByK').projection('KEYS_ONLY')"
    ),
    'name: "byK", projection: {type: INCLUDE, nonKeyAttributes: ["l"]}': (
        "index('k').name('byK').queryField('postsByK').projection('INCLUDE', ['l'])"
    ),
    'name: "byK", projection: {type: ALL}': "index('k').name('byK').queryField('postsByK')",
}


@pytest.mark.parametrize(("arguments", "wanted"), INDEXES.items())
def test_an_index(arguments: str, wanted: str) -> None:
    text = f"type Post @model {P} {{ k: ID @index({arguments}) l: Int }}"
    body = "a.model({k: a.id(),l: a.integer(),})"
    printed = one(text).replace(",])", "])").replace(".secondaryIndexes((index) => [", "|").split("|")
    assert printed == [body, f"{wanted}]){ALLOWED}"]


@pytest.mark.parametrize(
    ("key", "wanted"),
    [("@primaryKey", "['k']"), ('@primaryKey(sortKeyFields: ["l", "m"])', "['k', 'l', 'm']")],
)
def test_an_identifier(key: str, wanted: str) -> None:
    assert f".identifier({wanted})" in one(f"type Post @model {P} {{ k: ID! {key} l: Int! m: Int! }}")


def test_the_id_alone_needs_no_identifier() -> None:
    assert "identifier" not in one(f"type Post @model {P} {{ id: ID! @primaryKey }}")


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ("queries: null", "['queries']"),
        ("subscriptions: {level: off}", "['subscriptions']"),
        ("queries: {get: null}, mutations: {update: null, delete: null}", "['get', 'update', 'delete']"),
    ],
)
def test_operations_that_are_off(arguments: str, wanted: str) -> None:
    assert f".disableOperations({wanted})" in one(f"type Post @model({arguments}) {P} {{ a: Int }}")


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ('[Post] @hasMany(references: ["postId"])', "a.hasMany('Post', 'postId')"),
        ('Post @hasOne(references: ["postId", "postNo"])', "a.hasOne('Post', ['postId', 'postNo'])"),
        (f'Post @belongsTo(references: ["postId"]) {P}', f"a.belongsTo('Post', 'postId'){ALLOWED}"),
    ],
)
def test_a_relation(field: str, wanted: str) -> None:
    assert f"f: {wanted}" in one(f"type Post @model {P} {{ f: {field} }}")


OPERATIONS = {
    f"type Query {{ q: Int! {F} {P} }}": (
        f"a.query().returns(a.integer().required()){ALLOWED}.handler(a.handler.function('f'))"
    ),
    f'type Mutation {{ m(a: ID!, b: [Int]): Int {F} @function(name: "g") {P} }}': (
        "a.mutation().arguments({ a: a.id().required(), b: a.integer().array() }).returns(a.integer())"
        f"{ALLOWED}.handler([a.handler.function('f'), a.handler.function('g')])"
    ),
    "type Query { q: Int @aws_api_key }": "a.query().returns(a.integer())",
    f"type Post @model {P} {{ a: Int }}"
    'type Subscription { s(a: Int): Post @aws_subscribe(mutations: ["createPost"]) }': (
        "a.subscription().for(a.ref('Post').mutations(['create'])).arguments({ a: a.integer() })"
    ),
    'type Mutation { go: Int } type Subscription { s: Int @aws_subscribe(mutations: ["go"]) }': (
        "a.subscription().for(a.ref('go'))"
    ),
    f"type At {{ x: Int }} input AtInput {{ x: Int }} type Query {{ q(at: [AtInput!]): Int {F} {P} }}": (
        "a.query().arguments({ at: a.ref('At').required().array() }).returns(a.integer())"
        f"{ALLOWED}.handler(a.handler.function('f'))"
    ),
    f"input QAtInput {{ x: Int! }} type Query {{ q(at: QAtInput): Int {F} {P} }}": (
        "a.query().arguments({ at: a.customType({ x: a.integer().required() }) }).returns(a.integer())"
        f"{ALLOWED}.handler(a.handler.function('f'))"
    ),
}


@pytest.mark.parametrize(("text", "wanted"), OPERATIONS.items())
def test_an_operation(text: str, wanted: str) -> None:
    assert one(text) == wanted


def test_the_members_are_in_the_order_of_the_schema() -> None:
    text = f"enum Kind {{ A }} type Query {{ q: Int }} type Post @model {P} {{ a: Int }} type Place {{ a: Int }}"
    assert [member.name for member in made(text)] == ["Kind", "q", "Post", "Place"]


def test_a_function_of_the_project_is_referred_to() -> None:
    (member,) = members(stripped(definitions(f"type Query {{ q: Int {F} {P} }}"))[0], {"f": Name("work")})
    assert "a.handler.function(work)" in print_node(member.value)


def test_descriptions_and_comments_stay_comments() -> None:
    text = f'"What people read"\ntype Post @model {P} {{\n  # the first\n  "line */ of it"\n  a: Int\n}}'
    printed = code(stripped(definitions(text))[0])
    assert "  // What people read\n  Post: a\n" in printed
    assert "      // the first\n      // line */ of it\n      a: a.integer(),\n" in printed


@pytest.mark.parametrize("order", ["@ts-ignore", "@ts-nocheck", "eslint-disable", "prettier-ignore", "/ <reference"])
def test_a_description_is_no_order_to_a_tool(order: str) -> None:
    (member,) = made(f'"{order} x"\nenum Kind {{ A }}')
    assert member.notes == (f'"{order} x"',)


def test_lines_of_every_kind_stay_comments() -> None:
    (member,) = made('"a\\u2028alert(1)\\rb()"\nenum Kind { A }')
    assert member.notes == ("a", "alert(1)", "b()")


def test_text_of_rules_and_names_stays_text() -> None:
    text = 'type Query { q: Int @function(name: "f\\") @x(\\"") @auth(rules: [{allow: groups, groups: ["a\\"b"]}]) }'
    printed = one(text)
    assert r"""a.handler.function('f\\") @x(\\"')""" in printed
    assert r"""allow.group('a\\"b')""" in printed
