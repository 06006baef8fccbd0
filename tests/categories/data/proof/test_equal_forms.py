"""Forms of Gen 1 and what `a.schema` emits for them: each pair means the same, and the proof says so.

Every pair was run through Amplify's transformer: same API, same tables, same resolvers. `@P` opens a model to
everybody who is signed in.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from migrator.categories.data.model import AuthMode
from migrator.categories.data.proof import Flags, SchemaContext, compare

Pairs = Mapping[str, tuple[str, str]]


def filled(text: str) -> str:
    return text.replace("@P", "@auth(rules: [{allow: private}])")


def differences(pair: tuple[str, str], context: SchemaContext | None = None) -> tuple[str, ...]:
    gen1, reached = map(filled, pair)
    return tuple(str(one) for one in compare((gen1,), reached, context or SchemaContext()).differences)


RULES: Pairs = {
    "public": ("{allow: public}", "{allow: public, provider: apiKey}"),
    "guests": ("{allow: public, provider: iam}", "{allow: public, provider: identityPool}"),
    "signed in by IAM": ("{allow: private, provider: iam}", "{allow: private, provider: identityPool}"),
    "owner": ("{allow: owner}", '{allow: owner, ownerField: "owner"}'),
    "user pools": ("{allow: private, provider: userPools}", "{allow: private}"),
    "user pools of groups": (
        '{allow: groups, provider: userPools, groups: ["A"]}',
        '{allow: groups, groups: ["A"]}',
    ),
    "custom": ("{allow: custom}", "{allow: custom, provider: function}"),
    "one group": ('{allow: groups, groups: "A"}', '{allow: groups, groups: ["A"]}'),
    "groups one by one": (
        '{allow: groups, groups: ["B", "A"]}',
        '{allow: groups, groups: ["A"]}, {allow: groups, groups: ["B"]}',
    ),
    "claim of groups": (
        '{allow: groups, groupsField: "teams"}',
        '{allow: groups, groupsField: "teams", groupClaim: "cognito:groups"}',
    ),
    "read": (
        "{allow: private, operations: [read, create]}",
        "{allow: private, operations: [create, search, sync, listen, list, get]}",
    ),
    "all operations": ("{allow: private, operations: [create, update, delete, read]}", "{allow: private}"),
    "order of rules": (
        "{allow: private, operations: [read]}, {allow: owner}",
        "{allow: owner}, {allow: private, operations: [read]}",
    ),
    "claim of owners": ("{allow: owner}", '{allow: owner, identityClaim: "sub::username"}'),
}


@pytest.mark.parametrize("name", RULES)
def test_rules_are_read_in_full(name: str) -> None:
    gen1, emitted = (f"type Post @model @auth(rules: [{rules}]) {{ title: String }}" for rules in RULES[name])
    assert differences((gen1, emitted)) == ()


@pytest.mark.parametrize("name", RULES)
def test_rules_of_fields_are_read_in_full(name: str) -> None:
    gen1, emitted = (f"type Post @model @P {{ title: String @auth(rules: [{rules}]) }}" for rules in RULES[name])
    assert differences((gen1, emitted)) == ()


NORMAL: Pairs = {
    "an id that is there anyway": ("type Post @model @P { id: ID! t: String }", "type Post @model @P { t: String }"),
    "name of an index": (
        "type Post @model @P { title: String! @index }",
        'type Post @model @P { title: String! @index(name: "postsByTitle", queryField: "postsByTitle") }',
    ),
    "name of an index with sort keys": (
        'type Post @model @P { title: String! @index(sortKeyFields: ["n", "st"]) n: Int! st: String! }',
        "type Post @model @P {"
        ' title: String! @index(queryField: "postsByTitleAndNAndSt", sortKeyFields: ["n", "st"]) n: Int! st: String! }',
    ),
    "query of an index": (
        'type Category @model @P { title: String! @index(name: "byT") }',
        'type Category @model @P { title: String! @index(name: "byT", queryField: "categoriesByTitle") }',
    ),
    "one sort key": (
        'type Post @model @P { title: String! @index(name: "byT", sortKeyFields: "n") n: Int! }',
        'type Post @model @P { title: String! @index(name: "byT", sortKeyFields: ["n"]) n: Int! }',
    ),
    "no sort key": (
        "type Post @model @P { sku: ID! @primaryKey(sortKeyFields: []) }",
        "type Post @model @P { sku: ID! @primaryKey }",
    ),
    "projection of all": (
        'type Post @model @P { title: String! @index(name: "byT", projection: {type: ALL}) }',
        'type Post @model @P { title: String! @index(name: "byT") }',
    ),
    "names that are the usual ones": (
        'type Post @model(mutations: {create: "createPost"}, queries: {list: "listPosts"}) @P { t: String }',
        "type Post @model @P { t: String }",
    ),
    "subscriptions off": (
        "type Post @model(subscriptions: {level: off}) @P { t: String }",
        "type Post @model(subscriptions: null) @P { t: String }",
    ),
    "subscriptions on": (
        "type Post @model(subscriptions: {level: on}) @P { t: String }",
        "type Post @model @P { t: String }",
    ),
    "operations one by one": (
        "type Post @model(queries: {get: null, list: null}) @P { t: String }",
        "type Post @model(queries: null) @P { t: String }",
    ),
    "usual time stamps": (
        'type Post @model(timestamps: {createdAt: "createdAt"}) @P { t: String }',
        "type Post @model @P { t: String }",
    ),
    "names of a subscription": (
        'type Post @model(subscriptions: {onCreate: ["b", "a"], onDelete: "c"}) @P { t: String }',
        'type Post @model(subscriptions: {onCreate: ["a", "b"], onDelete: ["c"]}) @P { t: String }',
    ),
    "parts of a type": (
        "type Post @model @P { a: Int } extend type Post { b: Int }",
        "type Post @model @P { b: Int a: Int }",
    ),
    "order, comments and descriptions": (
        '"""A post."""\ntype Post @model @P { a: Int # one\n "two" b: Int } enum E { "x" X }',
        "enum E { X } type Post @P @model { b: Int a: Int }",
    ),
    "blanks in a default": (
        'type Query { f(a: [Int] = [1,2], s: String = "a, b"): Int @aws_iam }',
        'type Query { f(s: String = "a, b", a: [Int] = [ 1 2 ]): Int @aws_iam }',
    ),
    "the usual schema": (
        "type Post @model @P { t: String } schema { query: Query mutation: Mutation }",
        "type Post @model @P { t: String }",
    ),
    "order of groups": (
        'type Query { f: Int @aws_cognito_user_pools(cognito_groups: ["B", "A"]) }',
        'type Query { f: Int @aws_cognito_user_pools(cognito_groups: ["A", "B"]) }',
    ),
    "AppSync's own directive": (
        'type Query { f: Int @aws_auth(cognito_groups: ["A"]) }',
        'type Query { f: Int @aws_cognito_user_pools(cognito_groups: ["A"]) }',
    ),
    "order of mutations": (
        'type Subscription { f: Int @aws_iam @aws_subscribe(mutations: ["b", "a"]) }',
        'type Subscription { f: Int @aws_iam @aws_subscribe(mutations: ["a", "b"]) }',
    ),
    "a function that is waited for": (
        'type Query { f: Int @P @function(name: "e", invocationType: RequestResponse) }',
        'type Query { f: Int @P @function(name: "e") }',
    ),
    "readers that the models of a type give": (
        "type Post @model @P { m: Money } type Money { n: Int c: Coin } type Coin { n: Int }",
        "type Post @model @P { m: Money } type Money @aws_cognito_user_pools { n: Int c: Coin }"
        " type Coin @aws_cognito_user_pools { n: Int }",
    ),
    "members of a union": ("union U = A | B", "union U = B | A"),
}


@pytest.mark.parametrize("name", NORMAL)
def test_gen_1s_form_equals_what_is_emitted(name: str) -> None:
    assert differences(NORMAL[name]) == ()


RELATIONS: Pairs = {
    "many and back": (
        "type Post @model @P { t: String comments: [Comment] @hasMany }"
        " type Comment @model @P { b: String post: Post @belongsTo }",
        'type Post @model @P { t: String comments: [Comment] @hasMany(references: ["postCommentsId"]) }'
        " type Comment @model @P { b: String"
        ' postCommentsId: ID post: Post @belongsTo(references: ["postCommentsId"]) }',
    ),
    "many and back, a required list": (
        "type Post @model @P { comments: [Comment!]! @hasMany } type Comment @model @P { post: Post @belongsTo }",
        'type Post @model @P { comments: [Comment] @hasMany(references: ["postCommentsId"]) }'
        ' type Comment @model @P { postCommentsId: ID! post: Post @belongsTo(references: ["postCommentsId"]) }',
    ),
    "many and back, another key": (
        "type Post @model @P { slug: String! @primaryKey comments: [Comment] @hasMany }"
        " type Comment @model @P { post: Post @belongsTo }",
        "type Post @model @P {"
        ' slug: String! @primaryKey comments: [Comment] @hasMany(references: ["postCommentsSlug"]) }'
        ' type Comment @model @P { postCommentsSlug: String post: Post @belongsTo(references: ["postCommentsSlug"]) }',
    ),
    "names with capitals and underscores": (
        "type my_Post @model @P { my_comments: [Comment] @hasMany } type Comment @model @P { p: my_Post @belongsTo }",
        'type my_Post @model @P { my_comments: [Comment] @hasMany(references: ["my_PostMy_commentsId"]) } type Comment'
        ' @model @P { my_PostMy_commentsId: ID p: my_Post @belongsTo(references: ["my_PostMy_commentsId"]) }',
    ),
    "itself": (
        "type Post @model @P { replies: [Post] @hasMany parent: Post @belongsTo }",
        'type Post @model @P { postRepliesId: ID replies: [Post] @hasMany(references: ["postRepliesId"])'
        ' parent: Post @belongsTo(references: ["postRepliesId"]) }',
    ),
    "the usual limit": (
        "type Post @model @P { cs: [Comment] @hasMany(limit: 100) } type Comment @model @P { b: String }",
        "type Post @model @P { cs: [Comment] @hasMany } type Comment @model @P { b: String }",
    ),
    "keys that need not be written": (
        "type Post @model @P { author: User! @hasOne } type User @model @P { post: Post @belongsTo }",
        "type Post @model @P { postAuthorId: ID! author: User! @hasOne }"
        " type User @model @P { userPostId: ID post: Post @belongsTo }",
    ),
    "keys of several parts that need not be written": (
        "type Post @model @P { a: User @hasOne } type User @model @P {"
        ' mail: AWSEmail! @primaryKey(sortKeyFields: ["n", "k"]) n: Int! k: String! posts: [Post] @hasMany }',
        "type Post @model @P { a: User @hasOne postAMail: AWSEmail postAN: Int postAK: String"
        " userPostsMail: AWSEmail userPostsN: Int userPostsK: String } type User @model @P {"
        ' mail: AWSEmail! @primaryKey(sortKeyFields: ["n", "k"]) n: Int! k: String! posts: [Post] @hasMany }',
    ),
    "a key without brackets": (
        'type Post @model @P { aid: ID author: User @hasOne(fields: "aid") } type User @model @P { n: Int }',
        'type Post @model @P { aid: ID author: User @hasOne(fields: ["aid"]) } type User @model @P { n: Int }',
    ),
    "one row by its key, whatever it is called": (
        'type Post @model @P { aid: ID author: User @hasOne(fields: ["aid"]) } type User @model @P { n: Int }',
        'type Post @model @P { aid: ID author: User @belongsTo(fields: ["aid"]) } type User @model @P { n: Int }',
    ),
    "a list is a connection": (
        'type Post @model @P { id: ID! cs: [Comment!]! @hasMany(indexName: "byPost", fields: ["id"]) }'
        ' type Comment @model @P { pid: ID! @index(name: "byPost") }',
        'type Post @model @P { id: ID! cs: [Comment] @hasMany(indexName: "byPost", fields: ["id"]) }'
        ' type Comment @model @P { pid: ID! @index(name: "byPost") }',
    ),
    "many on both sides": (
        'type Post @model @P { id: ID! tags: [Tag] @manyToMany(relationName: "PostTags") }'
        " type Tag @model @auth(rules: [{allow: owner}])"
        ' { id: ID! posts: [Post!] @manyToMany(relationName: "PostTags") }',
        'type Post @model @P { id: ID! tags: [PostTags] @hasMany(indexName: "byPost", fields: ["id"]) }'
        " type Tag @model @auth(rules: [{allow: owner}])"
        ' { id: ID! posts: [PostTags] @hasMany(indexName: "byTag", fields: ["id"]) }'
        " type PostTags @model @auth(rules: [{allow: private}, {allow: owner}]) { id: ID!"
        ' postId: ID! @index(name: "byPost", queryField: "postTagsByPostId")'
        ' tagId: ID! @index(name: "byTag", queryField: "postTagsByTagId")'
        ' post: Post! @belongsTo(fields: ["postId"]) tag: Tag! @hasOne(fields: ["tagId"]) }',
    ),
    "many on both sides, the later rule of a role": (
        'type Post @model @P { tags: [Tag] @manyToMany(relationName: "PT") }'
        " type Tag @model @auth(rules: [{allow: private, operations: [read]}])"
        ' { posts: [Post] @manyToMany(relationName: "PT") }',
        'type Post @model @P { tags: [PT] @hasMany(indexName: "byPost", fields: ["id"]) }'
        " type Tag @model @auth(rules: [{allow: private, operations: [read]}])"
        ' { posts: [PT] @hasMany(indexName: "byTag", fields: ["id"]) }'
        " type PT @model @auth(rules: [{allow: private, operations: [read]}]) {"
        ' postId: ID! @index(name: "byPost", queryField: "pTSByPostId")'
        ' tagId: ID! @index(name: "byTag", queryField: "pTSByTagId")'
        ' post: Post! @belongsTo(fields: ["postId"]) tag: Tag! @belongsTo(fields: ["tagId"]) }',
    ),
    "many on both sides, keys of several parts": (
        'type Post @model @P { slug: String! @primaryKey(sortKeyFields: ["ver"]) ver: Int!'
        ' tags: [Tag] @manyToMany(relationName: "post tags") }'
        ' type Tag @model @P { posts: [Post] @manyToMany(relationName: "post tags") }',
        'type Post @model @P { slug: String! @primaryKey(sortKeyFields: ["ver"]) ver: Int!'
        ' tags: [Posttags] @hasMany(indexName: "byPost", fields: ["slug", "ver"]) }'
        ' type Tag @model @P { posts: [Posttags] @hasMany(indexName: "byTag", fields: ["id"]) }'
        ' type Posttags @model @P { postSlug: String! @index(name: "byPost", sortKeyFields: ["postver"],'
        ' queryField: "posttagsByPostSlugAndPostver") postver: Int!'
        ' tagId: ID! @index(name: "byTag", queryField: "posttagsByTagId")'
        ' post: Post! @hasOne(fields: ["postSlug", "postver"]) tag: Tag! @hasOne(fields: ["tagId"]) }',
    ),
}


@pytest.mark.parametrize("name", RELATIONS)
def test_relations_are_the_keys_and_indexes_that_they_use(name: str) -> None:
    assert differences(RELATIONS[name]) == ()


MODES = {
    AuthMode.API_KEY: "@aws_api_key",
    AuthMode.USER_POOL: "@aws_cognito_user_pools",
    AuthMode.OIDC: "@aws_oidc",
    AuthMode.LAMBDA: "@aws_lambda",
    AuthMode.IAM: "",
}


@pytest.mark.parametrize("mode", MODES)
def test_what_says_nothing_belongs_to_the_default_mode(mode: AuthMode) -> None:
    gen1 = "type Query { f: Weather } type Weather { t: Int }"
    reached = f"type Query {{ f: Weather {MODES[mode]} }} type Weather {MODES[mode]} {{ t: Int }}"
    assert differences((gen1, reached), SchemaContext(mode)) == ()


def test_what_says_nothing_has_the_mode_of_its_root() -> None:
    gen1 = 'type Query @aws_cognito_user_pools(cognito_groups: ["A"]) { f: Int }'
    reached = gen1.replace("f: Int", 'f: Int @aws_cognito_user_pools(cognito_groups: ["A"])')
    assert differences((gen1, reached)) == ()


def test_the_rule_for_all_models_is_a_rule_of_each_that_has_none() -> None:
    opened = "type A @model @auth(rules: [{allow: public}]) { x: Int } type B @model @P { y: Int }"
    gen1 = f"input AMPLIFY {{ globalAuthRule: AuthRule = {{ allow: public }} }} {opened}"
    assert differences((gen1.replace(" @auth(rules: [{allow: public}])", ""), opened)) == ()


FLAGS: Mapping[str, tuple[Flags, str, str]] = {
    "bare user names": (
        Flags(sub_username=False),
        "type A @model @auth(rules: [{allow: owner}]) { x: Int }",
        'type A @model @auth(rules: [{allow: owner, identityClaim: "username"}]) { x: Int }',
    ),
    "no queries of indexes": (
        Flags(auto_query_names=False),
        'type A @model @P { x: ID! @index(name: "byX") }',
        'type A @model @P { x: ID! @index(name: "byX", queryField: null) }',
    ),
    "operations that are not named": (
        Flags(deep_merge=False),
        'type A @model(queries: {get: "a"}, mutations: {}, subscriptions: {level: on}) @P { x: ID! }',
        'type A @model(queries: {get: "a", list: null}, mutations: null, subscriptions: null) @P { x: ID! }',
    ),
    "public subscriptions": (
        Flags(deep_merge=False),
        "type A @model(subscriptions: {level: public}) @P { x: ID! }",
        "type A @model(subscriptions: {level: public}) @P { x: ID! }",
    ),
    "keys called Id": (
        Flags(primary_key_attributes=False),
        "type B @model @P { c: C @hasOne } type C @model @P { slug: Int! @primaryKey }",
        'type B @model @P { c: C @hasOne(fields: ["bCId"]) bCId: ID } type C @model @P { slug: Int! @primaryKey }',
    ),
}


@pytest.mark.parametrize("name", FLAGS)
def test_flags_are_what_the_text_says_in_gen_2(name: str) -> None:
    flags, *pair = FLAGS[name]
    gen1, reached = pair
    assert differences((gen1, reached), SchemaContext(flags=flags)) == ()


def test_functions_are_compared_by_what_they_name() -> None:
    gen1 = 'type Query { f: Int @P @function(name: "echo-${env}") @function(name: "outside-dev") }'
    reached = 'type Query { f: Int @P @function(name: "FnEcho") @function(name: "outside-dev") }'
    context = SchemaContext(functions={"echo-${env}": "echo"}, reached_functions={"FnEcho": "echo"})
    assert differences((gen1, reached), context) == ()
