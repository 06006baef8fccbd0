"""The wiring file of a feature: constants, merged overrides, statements in order."""

from __future__ import annotations

from typing import Any

import pytest

from migrator.core.errors import ConversionError
from migrator.gen2.backend import Construct, Local, Often, Override, Shared, Wiring
from migrator.output.wiring import WiringFile, property_tree, wiring_file, wiring_order
from migrator.typescript.build import arr, assign, call, const, expr, member, obj
from migrator.typescript.nodes import (
    Call,
    Do,
    Expr,
    ForOf,
    FunctionDecl,
    If,
    Lit,
    Member,
    Module,
    Name,
    Obj,
    Property,
    Spread,
    Stmt,
)
from migrator.typescript.printer import print_module

POOL = Construct("auth", "cfnUserPool", member("backend", "auth.resources.cfnResources.cfnUserPool"))
CLIENT = Construct("auth", "cfnUserPoolClient", member("backend", "auth.resources.cfnResources.cfnUserPoolClient"))


def override(path: str, value: Any, construct: Construct = POOL) -> Override:
    return Override(construct, path, expr(value), "AUTH010")


def wiring(*body: Stmt, feature: str = "auth", **more: Any) -> Wiring:
    return Wiring(feature, body, "AUTH010", **more)


def do(name: str, *args: Any) -> Do:
    return Do(call(name, *args))


def lines(*pieces: Override | Wiring) -> list[str]:
    """The statements of the wiring function."""
    overrides = [piece for piece in pieces if isinstance(piece, Override)]
    file = wiring_file("auth", overrides, [piece for piece in pieces if isinstance(piece, Wiring)])
    assert file is not None
    code = print_module(Module(file.body)).splitlines()
    first = next(number for number, line in enumerate(code) if line.startswith("export function")) + 1
    last = next(number for number, line in enumerate(code) if line.startswith("}"))
    return [line.strip() for line in code[first:last]]


def file(feature: str, *needs: str) -> WiringFile:
    return WiringFile(feature, f"wire{feature}", needs, ())


def tree(*values: tuple[str, Any]) -> Any:
    def plain(node: Expr) -> Any:
        if isinstance(node, Obj):
            return {p.key: plain(p.value) for p in node.props}  # type: ignore[union-attr]
        return node.value if isinstance(node, Lit) else node

    return plain(property_tree((path, expr(value)) for path, value in values))


def test_paths_become_an_object() -> None:
    assert tree(("a.b.c", 1), ("a.d", 2), ("e", 3)) == {"a": {"b": {"c": 1}, "d": 2}, "e": 3}


def test_properties_stand_in_the_order_of_their_first_mention() -> None:
    assert list(tree(("b.x", 1), ("a", 2), ("b.y", 3))) == ["b", "a"]


@pytest.mark.parametrize(
    "values",
    [
        (("a", {"b": 1}), ("a.c", 2)),
        (("a.c", 2), ("a", {"b": 1})),
        (("a", {"b": 1}), ("a", {"c": 2})),
        (("a", {"b": 1, "c": 2}), ("a.c", 2)),
        (("a.b", 1), ("a.b", 1), ("a.c", 2)),
    ],
)
def test_a_property_given_as_a_whole_and_in_part_has_both(values: tuple[tuple[str, Any], ...]) -> None:
    assert tree(*values) == {"a": {"b": 1, "c": 2}}


@pytest.mark.parametrize(
    "values",
    [
        (("a", 1), ("a.b", 2)),
        (("a.b", 2), ("a", 1)),
        (("a", 1), ("a", 2)),
        (("a", {"b": 1}), ("a.b", 2)),
        (("a", [1]), ("a.b", 2)),
        (("a", Obj((Spread(Name("x")),))), ("a.b", 2)),
        (("a", Name("x")), ("a", {"b": 1})),
    ],
)
def test_parts_that_cannot_join_the_whole_are_refused(values: tuple[tuple[str, Any], ...]) -> None:
    with pytest.raises(ConversionError, match="GEN003"):
        tree(*values)


def test_a_whole_that_is_no_plain_object_stays_as_it_is() -> None:
    whole = Obj((Spread(Name("x")),))
    (prop,) = property_tree([("a", whole)]).props
    assert prop == Property("a", whole)


def test_nothing_to_wire_makes_no_file() -> None:
    assert wiring_file("auth", [], []) is None


def test_a_construct_comes_out_of_what_holds_it() -> None:
    assert lines(override("mfaConfiguration", "ON")) == [
        "const { cfnUserPool } = backend.auth.resources.cfnResources;",
        "cfnUserPool.mfaConfiguration = 'ON';",
    ]


def test_constructs_of_one_holder_come_out_together() -> None:
    found = lines(override("a", 1), override("b", 2, CLIENT))
    assert found[0] == "const { cfnUserPool, cfnUserPoolClient } ="
    assert found[1] == "backend.auth.resources.cfnResources;"


def test_paths_below_one_property_become_one_assignment() -> None:
    found = lines(override("policies.passwordPolicy.a", 1), override("x", 2), override("policies.passwordPolicy.b", 3))
    assert found[1:] == ["cfnUserPool.policies = { passwordPolicy: { a: 1, b: 3 } };", "cfnUserPool.x = 2;"]


def test_a_property_as_a_whole_does_not_hide_a_path_below_it() -> None:
    found = lines(override("policies", {"a": 1}), override("policies.b", 2))
    assert found[1:] == ["cfnUserPool.policies = { a: 1, b: 2 };"]


def test_the_same_property_of_two_constructs_is_two_assignments() -> None:
    assert lines(override("a", 1), override("a", 1, CLIENT))[-2:] == ["cfnUserPool.a = 1;", "cfnUserPoolClient.a = 1;"]


def test_two_constructs_that_want_one_name_get_two() -> None:
    other = Construct("auth", "cfnUserPool", member("backend", "other.cfnUserPool"))
    assert lines(override("a", 1), override("a", 2, other)) == [
        "const cfnUserPool2 = backend.other.cfnUserPool;",
        "const { cfnUserPool } = backend.auth.resources.cfnResources;",
        "cfnUserPool.a = 1;",
        "cfnUserPool2.a = 2;",
    ]


@pytest.mark.parametrize("name", ["backend", "storage", "auth"])
def test_a_construct_does_not_take_the_name_of_a_parameter(name: str) -> None:
    assert lines(override("a", 1, Construct("auth", name, Name("x")))) == [f"const {name}2 = x;", f"{name}2.a = 1;"]


def test_statements_may_mention_a_construct_that_no_override_does() -> None:
    assert lines(wiring(do("use", Local(POOL)))) == [
        "const { cfnUserPool } = backend.auth.resources.cfnResources;",
        "",
        "use(cfnUserPool);",
    ]


def test_an_override_may_mention_another_construct() -> None:
    assert "cfnUserPool.client = cfnUserPoolClient;" in lines(override("client", Local(CLIENT)))


def test_pieces_stand_apart() -> None:
    assert lines(wiring(do("a")), wiring(do("b"))) == ["a();", "", "b();"]


def test_pieces_of_one_section_stand_together() -> None:
    assert lines(wiring(do("a"), section="x"), wiring(do("b"), section="x"), wiring(do("c"), section="y")) == [
        "a();",
        "b();",
        "",
        "c();",
    ]


def test_statements_that_two_pieces_have_alike_are_written_once() -> None:
    assert lines(wiring(do("a")), wiring(do("b")), wiring(do("a"))) == ["a();", "", "b();"]


def test_statements_that_two_rules_have_alike_are_written_once() -> None:
    assert lines(wiring(do("a")), Wiring("auth", (do("a"),), "AUTH011")) == ["a();"]


def test_a_constant_that_an_earlier_piece_has_too_gets_another_name() -> None:
    found = lines(wiring(const("x", 1), do("a", Name("x"))), wiring(const("x", 2), do("b", Name("x"))))
    assert found == ["const x = 1;", "a(x);", "", "const x2 = 2;", "b(x2);"]


def test_a_property_with_the_name_of_such_a_constant_keeps_it() -> None:
    found = lines(wiring(const("x", 1)), wiring(const("x", 2), do("b", obj({"x": Name("x")}), member("y", "x"))))
    assert found[-1] == "b({ x: x2 }, y.x);"


def test_an_exported_constant_keeps_its_name_or_nothing_is_written() -> None:
    with pytest.raises(ConversionError, match="AUTH010 makes x in auth/wiring"):
        lines(wiring(const("x", 1)), wiring(const("x", 2), exports=("x",)))


def test_a_construct_does_not_take_the_name_of_a_constant() -> None:
    found = lines(override("a", 1, Construct("auth", "x", Name("y"))), wiring(const("x", 2)))
    assert found == ["const x2 = y;", "x2.a = 1;", "", "const x = 2;"]


def test_what_is_mentioned_once_stays_where_it_is() -> None:
    assert lines(wiring(do("a", Often("x", Lit(1))))) == ["a(1);"]


def test_what_is_mentioned_twice_becomes_a_constant_before_its_first_use() -> None:
    often = Often("x", Lit(1))
    assert lines(wiring(do("a")), wiring(do("b", often)), wiring(do("c", often))) == [
        "a();",
        "",
        "const x = 1;",
        "b(x);",
        "",
        "c(x);",
    ]


def test_different_values_that_want_one_name_get_two() -> None:
    one, two = Often("x", Lit(1)), Often("x", Lit(2))
    found = lines(wiring(do("a", one, one), do("b", two, two)))
    assert found == ["const x = 1;", "a(x, x);", "const x2 = 2;", "b(x2, x2);"]


def test_different_values_that_want_one_name_once_each_stay_where_they_are() -> None:
    assert lines(wiring(do("a", Often("x", Lit(1)), Often("x", Lit(2))))) == ["a(1, 2);"]


def test_a_repeated_value_may_mention_another() -> None:
    inner = Often("x", Call(Name("y"), ()))
    outer = Often("z", member(inner, "deep"))
    assert lines(wiring(do("a", outer, outer, inner))) == ["const x = y();", "const z = x.deep;", "a(z, z, x);"]


def test_a_repeated_value_may_mention_a_construct() -> None:
    often = Often("x", member(Local(POOL), "ref"))
    assert lines(wiring(do("a", often, often)))[-2:] == ["const x = cfnUserPool.ref;", "a(x, x);"]


def test_the_constants_of_other_features_are_parameters() -> None:
    body = wiring(do("a", Shared("storage", "t")), do("b", Shared("data", "m")), do("c", Shared("auth", "own")))
    found = wiring_file("auth", [], [body])
    assert found is not None
    assert found.needs == ("storage", "data")
    function = next(stmt for stmt in found.body if isinstance(stmt, FunctionDecl))
    assert [param.name for param in function.params] == ["backend", "storage", "data"]


def test_what_others_use_is_given_back() -> None:
    found = wiring_file("auth", [], [wiring(const("x", 1), exports=("x",))])
    assert found is not None
    code = print_module(Module(found.body))
    assert "return { x };" in code
    assert "export type AuthWiring = ReturnType<typeof wireAuth>;" in code


def test_wiring_that_nobody_uses_gives_nothing_back() -> None:
    found = wiring_file("auth", [], [wiring(do("a"))])
    assert found is not None
    assert "export function wireAuth(backend: Backend): void {" in print_module(Module(found.body))


def test_features_are_wired_in_the_usual_order() -> None:
    files = [file("function"), file("project"), file("data"), file("auth"), file("storage")]
    assert [f.feature for f in wiring_order(files)] == ["auth", "storage", "data", "function", "project"]


def test_a_feature_is_wired_after_those_whose_constants_it_needs() -> None:
    files = [file("auth", "function"), file("storage", "auth"), file("function")]
    assert [f.feature for f in wiring_order(files)] == ["function", "auth", "storage"]


def test_features_that_need_each_other_are_refused() -> None:
    with pytest.raises(ConversionError, match="auth and function"):
        wiring_order([file("auth", "function"), file("function", "auth")])


def test_a_constant_that_nobody_makes_delays_no_feature() -> None:
    assert [f.feature for f in wiring_order([file("auth", "storage"), file("data")])] == ["auth", "data"]


def loop(names: tuple[str, ...], *body: Stmt) -> ForOf:
    return ForOf("target", arr([Name(name) for name in names]), body)


def test_loops_that_follow_each_other_over_the_same_are_one() -> None:
    both = lines(wiring(loop(("a", "b"), do("first"))), wiring(loop(("a", "b"), do("second"))))
    assert both == ["for (const target of [a, b]) {", "first();", "second();", "}"]


def test_loops_over_other_things_stay_apart() -> None:
    found = lines(wiring(loop(("a", "b"), do("first"))), wiring(loop(("a", "c"), do("second"))))
    assert [line for line in found if line.startswith("for")] == [
        "for (const target of [a, b]) {",
        "for (const target of [a, c]) {",
    ]


def test_loops_with_something_between_them_stay_apart() -> None:
    found = lines(wiring(loop(("a",), do("first"))), wiring(do("between")), wiring(loop(("a",), do("second"))))
    assert len([line for line in found if line.startswith("for")]) == 2


def test_a_loop_with_names_of_its_own_stays_apart() -> None:
    named = (const("made", Name("target")), do("second"))
    found = lines(wiring(loop(("a",), do("first"))), wiring(loop(("a",), *named)))
    assert len([line for line in found if line.startswith("for")]) == 2


def test_a_property_that_gets_another_value_later_is_assigned_once() -> None:
    later = assign(Member(Local(POOL), "policies"), {"passwordPolicy": {"minimumLength": 14}})
    found = lines(override("policies.passwordPolicy.minimumLength", 8), wiring(do("before"), later))
    assert [line for line in found if "policies" in line] == [
        "cfnUserPool.policies = { passwordPolicy: { minimumLength: 14 } };"
    ]


@pytest.mark.parametrize(
    "between",
    [
        do("look", Member(Local(POOL), "policies")),
        If(Name("isProduction"), (assign(Member(Local(POOL), "policies"), {}),)),
    ],
)
def test_a_property_that_is_looked_at_before_keeps_both_values(between: Stmt) -> None:
    first = override("policies.passwordPolicy.minimumLength", 8)
    found = lines(first, wiring(between, assign(Member(Local(POOL), "policies"), {"x": 1})))
    assert "cfnUserPool.policies = { passwordPolicy: { minimumLength: 8 } };" in " ".join(found)


def test_a_value_for_one_branch_replaces_no_value_for_all() -> None:
    later = If(Name("isProduction"), (assign(Member(Local(POOL), "policies"), {"x": 1}),))
    found = " ".join(lines(override("policies.passwordPolicy.minimumLength", 8), wiring(later)))
    assert "minimumLength: 8" in found
