"""Python values become nodes."""

from __future__ import annotations

import pytest

from migrator.typescript.build import arr, arrow, assign, call, const, expr, lit, member, new, obj
from migrator.typescript.nodes import (
    Arr,
    Arrow,
    Assign,
    Call,
    Const,
    Do,
    Index,
    Lit,
    Member,
    Name,
    New,
    Obj,
    Param,
    Property,
    TypeName,
)


def test_a_node_stays_as_it_is():
    assert expr(Name("x")) == Name("x")


def test_true_stays_a_boolean():
    assert expr(True) == Lit(True)
    assert expr(True).value is True


def test_none_is_null():
    assert expr(None) == Lit(None)


def test_a_mapping_becomes_an_object_in_its_order():
    assert expr({"b": 1, "a": "x"}) == Obj((Property("b", Lit(1)), Property("a", Lit("x"))))


def test_lists_and_tuples_become_arrays():
    assert expr([1, ("x",)]) == Arr((Lit(1), Arr((Lit("x"),))))


def test_what_typescript_cannot_say_is_refused_by_name():
    with pytest.raises(TypeError, match="set is no TypeScript value"):
        expr({1, 2})  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_number_without_literal_is_refused(value):
    with pytest.raises(ValueError, match="no literal"):
        lit(value)


def test_obj_remembers_whether_it_is_open():
    assert obj({"a": 1}, expanded=True) == Obj((Property("a", Lit(1)),), True)


def test_obj_without_mapping_is_empty():
    assert obj() == Obj(())


def test_arr_takes_any_iterable():
    assert arr(str(each) for each in range(2)) == Arr((Lit("0"), Lit("1")))


def test_call_turns_its_arguments_into_nodes():
    assert call(Name("f", "m"), "x", {"a": 1}) == Call(Name("f", "m"), (Lit("x"), Obj((Property("a", Lit(1)),))))


def test_call_by_text_names_something_in_scope():
    assert call("f") == Call(Name("f"))


def test_call_carries_type_arguments():
    assert call("f", type_args=(TypeName("T"),)) == Call(Name("f"), (), (TypeName("T"),))


def test_new_constructs():
    assert new("Stack", 1) == New(Name("Stack"), (Lit(1),))


def test_a_path_becomes_members():
    assert member("b", "auth.resources") == Member(Member(Name("b"), "auth"), "resources")


def test_an_exclamation_mark_in_a_path_asserts_non_null():
    assert member("b", "a!.c") == Member(Member(Name("b"), "a", non_null=True), "c")


def test_a_question_mark_in_a_path_is_optional():
    assert member("b", "?a") == Member(Name("b"), "a", optional=True)


def test_a_step_that_is_no_name_is_taken_by_index():
    assert member("b", "functions.my-fn") == Index(Member(Name("b"), "functions"), Lit("my-fn"))


def test_assign_and_const_take_python_values():
    assert assign(Name("x"), 1) == Assign(Name("x"), Lit(1))
    assert const("x", [1], export=True) == Const("x", Arr((Lit(1),)), True)


def test_an_arrow_returns_an_expression():
    assert arrow("a", Name("a")) == Arrow((Param("a"),), Name("a"))


def test_an_arrow_takes_several_parameters():
    assert arrow(("a", Param("b")), 1) == Arrow((Param("a"), Param("b")), Lit(1))


def test_a_statement_makes_the_body_of_an_arrow_a_block():
    assert arrow((), Do(Name("x"))) == Arrow((), (Do(Name("x")),))


def test_an_empty_tuple_is_an_empty_block():
    assert arrow((), ()) == Arrow((), ())


def test_a_list_as_body_is_an_array():
    assert arrow("allow", [Name("x")]) == Arrow((Param("allow"),), Arr((Name("x"),)))
