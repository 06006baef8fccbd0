"""How each construct is printed, in the layout prettier gives it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from migrator.typescript.build import arr, arrow, assign, call, const, lit, member, new, obj
from migrator.typescript.nodes import (
    Arr,
    ArrayType,
    Arrow,
    ArrPattern,
    As,
    Await,
    Binary,
    Binding,
    Blank,
    Comment,
    Conditional,
    Const,
    Do,
    DocComment,
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
    Spread,
    Stmt,
    Template,
    Throw,
    TupleType,
    TypeAlias,
    TypeName,
    TypeOf,
    TypeProperty,
    TypeQuery,
    Undefined,
    UnionType,
)
from migrator.typescript.printer import print_module, print_node
from tests.typescript import trees

A, B, C = Name("a"), Name("b"), Name("c")
LONG = "aRatherLongNameThatFillsALineNearly"


def text(*body: Stmt) -> str:
    return print_module(Module(body))


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Lit("it's"), '"it\'s"'),
        (Lit(True), "true"),
        (Lit(None), "null"),
        (Lit(-1.5), "-1.5"),
        (Lit(-0.0), "-0"),
        (Undefined(), "undefined"),
        (Template(("a`", A, "${", "x}\n")), "`a\\`${a}\\${x}\n`"),
        (Template(("$", "{x}")), "`\\${x}`"),
        (Member(A, "b", non_null=True), "a.b!"),
        (Member(A, "b", optional=True), "a?.b"),
        (Index(A, Lit("b-c")), "a['b-c']"),
        (Index(A, Lit(0), optional=True), "a?.[0]"),
        (New(A, (B,)), "new a(b)"),
        (Await(call("a")), "await a()"),
        (Not(A), "!a"),
        (TypeOf(A), "typeof a"),
        (NonNull(A), "a!"),
        (As(A, TypeName("T")), "a as T"),
        (Satisfies(A, TypeName("T")), "a satisfies T"),
        (Conditional(A, B, C), "a ? b : c"),
        (Nullish(A, B), "a ?? b"),
        (Obj(), "{}"),
        (Arr(), "[]"),
        (Obj((Spread(A), Property(B, C))), "{ ...a, [b]: c }"),
        (obj({"a": A, "b-c": B, "d": 1}), "{ a, 'b-c': b, d: 1 }"),
        (obj({"this": Name("this")}), "{ this: this }"),
        (obj({"__proto__": 1}), "{ ['__proto__']: 1 }"),
        (arrow(("a", Param("b", TypeName("string"), Lit("x"))), A), "(a, b: string = 'x') => a"),
        (arrow((), ()), "() => {}"),
        (Arrow((Param(ObjPattern((Binding("a"), Binding("b", "c")))),), A, is_async=True), "async ({ a, b: c }) => a"),
        (arrow((), {"a": 1}), "() => ({ a: 1 })"),
        (call("f", type_args=(TypeName("T"), TypeName("U"))), "f<T, U>()"),
    ],
)
def test_an_expression_prints_as_written(node, expected):
    assert print_node(node) == expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (TypeName("Record", type_args=(TypeName("string"), TypeName("unknown"))), "Record<string, unknown>"),
        (TypeName("iam", path=("Role", "Props")), "iam.Role.Props"),
        (TypeQuery(Member(A, "b")), "typeof a.b"),
        (LitType("x"), "'x'"),
        (LitType(-3), "-3"),
        (UnionType((LitType("a"), UnionType((LitType("b"), LitType(None))))), "'a' | 'b' | null"),
        (ArrayType(UnionType((TypeName("A"), TypeName("B")))), "(A | B)[]"),
        (KeyOf(TypeQuery(A)), "keyof typeof a"),
        (IndexedType(TypeQuery(A), KeyOf(TypeQuery(A))), "(typeof a)[keyof typeof a]"),
        (TupleType((TypeName("A"), TypeName("B"))), "[A, B]"),
        (ObjType((TypeProperty("a", TypeName("A")), TypeProperty("b-c", TypeName("B"), True))), "{ a: A; 'b-c'?: B }"),
        (FunctionType((Param("x", TypeName("A")),), TypeName("void")), "(x: A) => void"),
    ],
)
def test_a_type_prints_as_written(node, expected):
    assert print_node(node) == expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Nullish(A, Binary("||", B, C)), "a ?? (b || c)"),
        (Binary("||", Binary("&&", A, B), C), "(a && b) || c"),
        (Binary("&&", A, Binary("&&", B, C)), "a && b && c"),
        (Binary("-", A, Binary("-", B, C)), "a - (b - c)"),
        (Binary("-", Binary("-", A, B), C), "a - b - c"),
        (Binary("*", A, Binary("+", B, C)), "a * (b + c)"),
        (Binary("===", Binary("===", A, B), C), "(a === b) === c"),
        (Not(Binary("in", A, B)), "!(a in b)"),
        (Member(Await(A), "b"), "(await a).b"),
        (Member(As(A, TypeName("T")), "b"), "(a as T).b"),
        (Member(Nullish(A, B), "c"), "(a ?? b).c"),
        (Member(Lit(1), "b"), "(1).b"),
        (Member(Lit(-1), "b"), "(-1).b"),
        (Member(arrow((), A), "b"), "(() => a).b"),
        (NonNull(Nullish(A, B)), "(a ?? b)!"),
        (Conditional(Conditional(A, B, C), B, C), "(a ? b : c) ? b : c"),
        (Nullish(Conditional(A, B, C), B), "(a ? b : c) ?? b"),
        (call(arrow((), A)), "(() => a)()"),
        (New(call("a"), ()), "new (a())()"),
        (New(Member(Member(A, "b", optional=True), "c"), ()), "new (a?.b.c)()"),
        (As(Nullish(A, B), TypeName("T")), "(a ?? b) as T"),
        (Nullish(As(A, TypeName("T")), B), "(a as T) ?? b"),
        (As(As(A, TypeName("unknown")), TypeName("T")), "a as unknown as T"),
        (Arr((Spread(Nullish(A, B)),)), "[...(a ?? b)]"),
        (Await(Nullish(A, B)), "await (a ?? b)"),
        (Not(Not(A)), "!!a"),
    ],
)
def test_parentheses_stand_where_meaning_or_clarity_needs_them(node, expected):
    assert print_node(node) == expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Do(Member(Obj(), "a")), "({}).a;"),
        (Do(Lit("use strict")), "('use strict');"),
        (assign(As(A, TypeName("any")), 1), "(a as any) = 1;"),
        (Do(arrow((), Member(Obj(), "a"))), "() => ({}).a;"),
        (Return(), "return;"),
        (Throw(new("Error", "no")), "throw new Error('no');"),
        (const("x", 1, export=True, type=TypeName("number")), "export const x: number = 1;"),
        (
            Const(ObjPattern((Binding("a"), Binding("b", default=Lit(1))), "rest"), C),
            "const { a, b = 1, ...rest } = c;",
        ),
        (Const(ArrPattern(("a", "", "b")), C), "const [a, , b] = c;"),
        (TypeAlias("T", TypeName("A"), True), "export type T = A;"),
        (ReExport(("handler",), "./src/index.js"), "export { handler } from './src/index.js';"),
        (ReExport((), "./a"), "export * from './a';"),
        (If(A, ()), "if (a) {\n}"),
        (
            If(A, (Return(),), (If(B, (Return(),), (Return(),)),)),
            "if (a) {\n  return;\n} else if (b) {\n  return;\n} else {\n  return;\n}",
        ),
        (ForOf("a", B, (Do(C),)), "for (const a of b) {\n  c;\n}"),
        (
            FunctionDecl("f", (Param("a", TypeName("A")), Param("b", rest=True)), (), True, TypeName("void"), True),
            "export async function f(a: A, ...b): void {}",
        ),
        (DocComment("a\nb"), "/**\n * a\n * b\n */"),
    ],
)
def test_a_statement_prints_as_written(node, expected):
    assert print_node(node) == expected


def test_a_module_without_statements_is_empty():
    assert text() == ""


def test_header_imports_and_body_stand_apart():
    module = Module((Do(Name("a", "m")),), (Comment("header"),))
    assert print_module(module) == "// header\n\nimport { a } from 'm';\n\na;\n"


def test_empty_lines_neither_pile_up_nor_stand_at_the_ends():
    assert text(Blank(), Do(A), Blank(), Blank(), Do(B), Blank()) == "a;\n\nb;\n"


def test_an_object_that_fits_stays_on_its_line():
    assert text(const("x", {"a": {"b": 1}})) == "const x = { a: { b: 1 } };\n"


def test_an_object_that_does_not_fit_opens():
    assert text(const("x", {LONG: 1, LONG + "2": 2})) == f"const x = {{\n  {LONG}: 1,\n  {LONG}2: 2,\n}};\n"


def test_an_object_asked_open_opens():
    assert text(const("x", obj({"a": 1}, expanded=True))) == "const x = {\n  a: 1,\n};\n"


def test_an_open_object_opens_what_holds_it():
    inner = obj({"a": 1}, expanded=True)
    assert text(const("x", {"b": inner})) == "const x = {\n  b: {\n    a: 1,\n  },\n};\n"


def test_settings_of_a_define_call_are_opened():
    assert text(Do(call("defineAuth", {"a": 1, "b": {"c": 2, "d": 3}}))) == (
        "defineAuth({\n  a: 1,\n  b: { c: 2, d: 3 },\n});\n"
    )


def test_a_single_setting_of_a_define_call_stays_on_its_line():
    assert text(Do(call("defineAuth", {"a": 1}))) == "defineAuth({ a: 1 });\n"


def test_settings_asked_closed_stay_closed():
    assert text(Do(call("defineAuth", obj({"a": 1, "b": 2}, expanded=False)))) == "defineAuth({ a: 1, b: 2 });\n"


def test_a_comment_opens_its_object():
    node = Obj((Comment("why"), Property("a", Lit(1)), Comment("end")))
    assert text(const("x", node)) == "const x = {\n  // why\n  a: 1,\n  // end\n};\n"


def test_a_list_of_objects_opens():
    assert (
        text(const("x", [{"a": 1, "b": 2}, {"a": 3, "b": 4}]))
        == "const x = [\n  { a: 1, b: 2 },\n  { a: 3, b: 4 },\n];\n"
    )


def test_numbers_fill_lines():
    lines = text(const("x", list(range(100, 130)))).splitlines()
    assert lines[1] == "  " + ", ".join(map(str, range(100, 115))) + ","


def test_the_last_object_of_a_call_opens_in_place():
    node = call(member("backend", "auth.addSomething"), "name", {LONG: 1, LONG + "2": 2})
    assert text(Do(node)) == f"backend.auth.addSomething('name', {{\n  {LONG}: 1,\n  {LONG}2: 2,\n}});\n"


def test_arguments_that_do_not_fit_go_to_lines_of_their_own():
    assert text(Do(call("f", Name(LONG), Name(LONG), Name(LONG)))) == f"f(\n  {LONG},\n  {LONG},\n  {LONG}\n);\n"


def test_a_block_opens_in_place():
    assert text(Do(call("f", "x", arrow("a", Do(A))))) == "f('x', (a) => {\n  a;\n});\n"


def test_a_long_chain_has_one_call_per_line_from_the_second_on():
    model = call(
        Member(call(member("a", "model"), {"content": call(member("a", "string"))}), "authorization"),
        arrow("allow", [call(member("allow", "owner"))]),
    )
    assert text(Do(call(member("a", "schema"), {"Todo": model}))) == (
        "a.schema({\n"
        "  Todo: a\n"
        "    .model({ content: a.string() })\n"
        "    .authorization((allow) => [allow.owner()]),\n"
        "});\n"
    )


def test_a_long_text_goes_below_the_sign():
    long = "x" * 70
    assert text(assign(member("backend", "x"), long)) == f"backend.x =\n  '{long}';\n"


def test_a_long_operation_lines_up():
    node = Binary("&&", Binary("&&", Name(LONG), Name(LONG)), Name(LONG))
    assert text(Const("x", node)) == f"const x =\n  {LONG} &&\n  {LONG} &&\n  {LONG};\n"


def test_a_long_condition_breaks_inside_its_parentheses():
    node = Binary("&&", Binary("&&", Name(LONG), Name(LONG)), Name(LONG))
    assert text(If(node, (Return(),))) == f"if (\n  {LONG} &&\n  {LONG} &&\n  {LONG}\n) {{\n  return;\n}}\n"


def test_a_long_conditional_has_its_branches_below():
    assert text(Const("x", Conditional(Name(LONG), Name(LONG), Name(LONG)))) == (
        f"const x = {LONG}\n  ? {LONG}\n  : {LONG};\n"
    )


def test_long_parameters_go_to_lines_of_their_own():
    params = tuple(Param(f"{LONG}{index}", TypeName("string")) for index in range(2))
    assert text(FunctionDecl("f", params, ())) == f"function f(\n  {LONG}0: string,\n  {LONG}1: string\n) {{}}\n"


def test_a_long_union_has_one_type_per_line():
    types = tuple(LitType(f"{LONG}{index}") for index in range(3))
    assert (
        text(TypeAlias("T", UnionType(types)))
        == "type T =\n" + "".join(f"  | '{LONG}{i}'\n" for i in range(2)) + f"  | '{LONG}2';\n"
    )


def test_an_object_opened_by_its_length_is_treated_as_wanted_open():
    node = call(Member(call(Member(A, "data"), B), "resources"), {LONG: A, LONG + "2": B})
    assert text(Return(Member(Member(node, "x"), "y"))) == (
        f"return a.data(b).resources({{\n  {LONG}: a,\n  {LONG}2: b,\n}}).x.y;\n"
    )


def test_the_lines_of_a_template_keep_their_place():
    node = Template(("type A {\n  b: ", A, "\n}\n"))
    assert text(If(B, (const("x", node),))) == "if (b) {\n  const x = `type A {\n  b: ${a}\n}\n`;\n}\n"


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(trees.modules)
def test_every_module_prints_and_ends_in_one_line_end(module):
    printed = print_module(module)
    assert printed == "" or (printed.endswith("\n") and not printed.endswith("\n\n"))
    assert printed.encode("utf-8", "strict")[:3] != b"\xef\xbb\xbf"


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(trees.modules)
def test_printing_does_not_depend_on_what_was_printed_before(module):
    assert print_module(module) == print_module(module)


def test_arrays_can_be_asked_open():
    assert print_node(arr([1], expanded=True)) == "[\n  1,\n]"


def test_a_literal_built_from_python_prints():
    assert print_node(lit("a")) == "'a'"
