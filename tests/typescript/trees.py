"""Random modules for property tests: the shapes a backend is made of, and the odd ones around them."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from migrator.typescript.nodes import (
    Arr,
    ArrayType,
    Arrow,
    ArrPattern,
    As,
    Assign,
    Await,
    Binary,
    Binding,
    Blank,
    Call,
    Comment,
    Conditional,
    Const,
    Do,
    DocComment,
    Expr,
    ForOf,
    FunctionDecl,
    FunctionType,
    If,
    Index,
    IndexedType,
    KeyOf,
    Lit,
    LitType,
    Member,
    Module,
    Name,
    New,
    NonNull,
    Not,
    Nullish,
    Obj,
    ObjPattern,
    ObjType,
    Param,
    Property,
    ReExport,
    Return,
    Satisfies,
    SideEffectImport,
    Spread,
    Stmt,
    Template,
    Throw,
    TupleType,
    Type,
    TypeAlias,
    TypeName,
    TypeOf,
    TypeProperty,
    TypeQuery,
    Undefined,
    UnionType,
)

WORDS = (
    "a",
    "id",
    "fn",
    "key",
    "auth",
    "data",
    "User",
    "App",
    "$",
    "_",
    "role",
    "table",
    "backend",
    "storage",
    "myTodoFunction",
    "cfnUserPool",
    "resources",
    "policies",
    "é",
    "defineAuth",
    "addToPrincipalPolicy",
    "authenticatedUserIamRole",
    "cfnIdentityPoolRoleAttachment",
    "allowUnauthenticatedIdentities",
    "usersTableWithAnExtremelyLongNameForTests",
)
MODULES = ("@aws-amplify/backend", "aws-cdk-lib", "aws-cdk-lib/aws-iam", "./auth/resource", "../data/resource")
OPERATORS = ("&&", "||", "===", "!==", "<", ">", "+", "-", "*", "/", "%", "**", "|", "&", "in", "instanceof")

words = st.sampled_from(WORDS)
assigned = st.characters(exclude_categories=("Cn", "Co", "Cs"))
texts = st.one_of(
    st.sampled_from(
        ("", "x", "s3:GetObject", "us-east-1", "arn:aws:s3:::bucket/*", "it's", 'say "hi"', "a much longer text")
    ),
    st.text(assigned, max_size=12),
    st.text("abc '\"\\\n\t`$\u2028\U0001f600", max_size=30),
)
numbers = st.one_of(st.integers(-100, 10_000), st.floats(allow_nan=False, allow_infinity=False))
names = st.builds(Name, words)
imported = st.builds(Name, words, st.sampled_from(MODULES))
literals = st.builds(Lit, st.one_of(texts, texts, numbers, st.booleans(), st.none()))
leaves = st.one_of(names, names, imported, literals, literals, st.just(Undefined()), st.just(Name("this")))
keys = st.one_of(words, words, words, texts)
remarks = st.text("abc */\n\\ é", max_size=40)
comments = st.one_of(st.builds(Comment, remarks), st.builds(DocComment, remarks))


def many(strategy: SearchStrategy[object], low: int = 0, high: int = 4) -> SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, min_size=low, max_size=high).map(tuple)


keywords = st.sampled_from(("string", "number", "unknown", "null", "void")).map(TypeName)
type_leaves = st.one_of(
    keywords,
    st.builds(TypeName, words),
    st.builds(TypeName, words, st.sampled_from(MODULES)),
    st.builds(LitType, st.one_of(texts, st.integers(-5, 5), st.booleans())),
    st.builds(TypeQuery, st.one_of(names, st.builds(Member, names, words))),
)


def _with_a_property(props: tuple[object, ...]) -> tuple[object, ...]:
    """Prettier mangles some object types of comments only."""
    return props if any(isinstance(each, TypeProperty) for each in props) else ()


def _larger_types(inner: SearchStrategy[Type]) -> SearchStrategy[Type]:
    props = st.builds(TypeProperty, keys, inner, st.booleans())
    return st.one_of(
        st.builds(TypeName, words, st.none(), many(inner, 1, 3)),
        st.builds(UnionType, many(inner, 1, 4)),
        st.builds(ArrayType, inner),
        st.builds(KeyOf, inner),
        st.builds(IndexedType, inner, inner),
        st.builds(TupleType, many(inner)),
        st.builds(
            ObjType, many(st.one_of(props, props, comments)).map(_with_a_property), st.sampled_from((None, True))
        ),
        st.builds(FunctionType, many(st.builds(Param, st.sampled_from(("x", "y")), inner), 0, 2), inner),
    )


types: SearchStrategy[Type] = st.recursive(type_leaves, _larger_types, max_leaves=5)
optional_types = st.one_of(st.none(), st.none(), types)
bindings = st.builds(Binding, words, st.one_of(st.none(), words), st.one_of(st.none(), st.none(), leaves))
patterns = st.one_of(
    st.builds(ObjPattern, many(bindings, 1, 4), st.one_of(st.none(), st.just("rest"))),
    st.builds(ArrPattern, many(st.one_of(words, st.just("")), 1, 4)),
)
params = st.one_of(
    st.builds(Param, words),
    st.builds(Param, words, optional_types),
    st.builds(Param, words, optional_types, st.one_of(st.none(), leaves)),
    st.builds(Param, patterns, optional_types),
)


def _larger(inner: SearchStrategy[Expr]) -> SearchStrategy[Expr]:
    properties = st.builds(Property, keys, inner)
    odd = st.one_of(st.builds(Spread, inner), comments, st.builds(Property, inner, inner))
    objects = st.builds(
        Obj,
        many(st.one_of(properties, properties, properties, properties, odd)),
        st.sampled_from((None, None, None, True)),
    )
    arrays = st.one_of(
        st.builds(Arr, many(inner)),
        st.builds(Arr, many(objects)),
        st.builds(Arr, many(st.builds(Lit, numbers), 0, 30)),
        st.builds(Arr, many(st.one_of(inner, inner, st.builds(Spread, inner), st.builds(Comment, remarks)))),
    )
    arguments = st.one_of(many(inner, 0, 3), objects.map(lambda each: (each,)))
    members = st.one_of(
        st.builds(Member, inner, words),
        st.builds(Member, inner, words, st.booleans(), st.booleans()),
        st.builds(Index, inner, inner, st.booleans()),
        st.builds(NonNull, inner),
    )
    links = st.builds(Call, st.builds(Member, inner, words), arguments)
    calls = st.one_of(
        links,
        st.builds(Call, st.builds(Member, links, words), arguments),
        st.builds(
            Call, st.builds(Member, st.builds(Call, st.builds(Member, links, words), arguments), words), arguments
        ),
        st.builds(Call, inner, arguments, st.one_of(st.just(()), many(types, 1, 2))),
        st.builds(New, inner, arguments),
    )
    arrows = st.builds(
        Arrow, many(params, 0, 2), st.one_of(inner, many(statements(inner), 0, 2)), st.just(True), optional_types
    )
    operators = st.one_of(
        st.builds(Nullish, inner, inner),
        st.builds(Binary, st.sampled_from(OPERATORS), inner, inner),
        st.builds(Not, inner),
        st.builds(TypeOf, inner),
        st.builds(Await, st.one_of(names, st.builds(Call, st.builds(Member, names, words), arguments))),
        st.builds(Conditional, inner, inner, inner),
        st.builds(As, inner, types),
        st.builds(Satisfies, inner, types),
    )
    templates = st.builds(Template, many(st.one_of(texts, inner)))
    return st.one_of(objects, objects, arrays, members, calls, calls, arrows, operators, templates)


def statements(inner: SearchStrategy[Expr]) -> SearchStrategy[Stmt]:
    targets = st.one_of(names, st.builds(Member, inner, words))
    return st.one_of(
        st.builds(Const, words, inner),
        st.builds(Const, st.one_of(words, patterns), inner, st.booleans(), optional_types),
        st.builds(Assign, targets, inner),
        st.builds(Do, inner),
        st.builds(Do, inner),
        st.builds(Return, st.one_of(st.none(), inner)),
        st.builds(Throw, inner),
        comments,
        st.just(Blank()),
    )


expressions: SearchStrategy[Expr] = st.recursive(leaves, _larger, max_leaves=12)
simple_statements = statements(expressions)
blocks = many(simple_statements, 0, 3)
all_statements: SearchStrategy[Stmt] = st.one_of(
    simple_statements,
    simple_statements,
    simple_statements,
    st.builds(If, expressions, blocks, blocks),
    st.builds(ForOf, st.one_of(words, patterns), expressions, blocks),
    st.builds(FunctionDecl, words, many(params, 0, 3), blocks, st.booleans(), optional_types, st.just(True)),
    st.builds(TypeAlias, words, types, st.booleans()),
    st.builds(SideEffectImport, st.sampled_from(MODULES)),
    st.builds(ReExport, many(words), st.sampled_from(MODULES)),
)
modules: SearchStrategy[Module] = st.builds(Module, many(all_statements, 1, 4), many(comments, 0, 1))
