"""Imports are derived from what a module mentions."""

from __future__ import annotations

from migrator.typescript.build import call, const
from migrator.typescript.nodes import (
    Arrow,
    Assign,
    Do,
    Lit,
    Module,
    Name,
    Param,
    SideEffectImport,
    Stmt,
    TypeAlias,
    TypeName,
    TypeQuery,
)
from migrator.typescript.printer import print_module


def lines(*body: Stmt) -> list[str]:
    """The import lines of a module."""
    return [line for line in print_module(Module(body)).splitlines() if line.startswith("import ")]


def test_a_module_that_mentions_nothing_imports_nothing():
    assert lines(Do(Name("x"))) == []


def test_names_of_one_module_share_a_statement_in_order_of_use():
    assert lines(Do(Name("b", "m")), Do(Name("a", "m")), Do(Name("b", "m"))) == ["import { b, a } from 'm';"]


def test_packages_come_before_files():
    body = [Do(Name("a", "./a")), Do(Name("b", "../b")), Do(Name("c", "c"))]
    assert lines(*body) == ["import { c } from 'c';", "import { b } from '../b';", "import { a } from './a';"]


def test_a_default_import_has_no_braces():
    assert lines(Do(Name("a", "m", default=True))) == ["import a from 'm';"]


def test_default_and_named_share_a_statement():
    assert lines(Do(Name("a", "m", default=True)), Do(Name("b", "m"))) == ["import a, { b } from 'm';"]


def test_a_namespace_has_its_own_statement():
    body = [Do(Name("iam", "m", namespace=True)), Do(Name("b", "m"))]
    assert lines(*body) == ["import * as iam from 'm';", "import { b } from 'm';"]


def test_an_exported_name_can_be_imported_as_another():
    assert lines(Do(Name("auth", "m", imported="handler"))) == ["import { handler as auth } from 'm';"]


def test_what_only_types_mention_is_imported_as_type():
    assert lines(TypeAlias("T", TypeName("A", "m"))) == ["import type { A } from 'm';"]


def test_a_type_beside_a_value_is_marked_in_the_braces():
    body = [TypeAlias("T", TypeName("A", "m")), Do(Name("b", "m"))]
    assert lines(*body) == ["import { type A, b } from 'm';"]


def test_a_value_asked_for_by_typeof_alone_is_imported_as_type():
    assert lines(TypeAlias("T", TypeQuery(Name("a", "m")))) == ["import type { a } from 'm';"]


def test_a_name_used_as_value_and_type_is_imported_once_as_value():
    assert lines(TypeAlias("T", TypeName("A", "m")), Do(Name("A", "m"))) == ["import { A } from 'm';"]


def test_a_name_can_ask_for_an_import_without_trace():
    assert lines(Do(Name("a", "m", type_only=True))) == ["import type { a } from 'm';"]


def test_a_qualified_type_imports_its_namespace():
    body = TypeAlias("T", TypeName("cognito", "m", namespace=True, path=("CfnUserPool",)))
    assert lines(body) == ["import type * as cognito from 'm';"]
    assert "type T = cognito.CfnUserPool;" in print_module(Module((body,)))


def test_the_second_module_that_exports_a_name_is_aliased():
    text = print_module(Module((Do(call(Name("f", "m"))), Do(call(Name("f", "n"))))))
    assert text == "import { f } from 'm';\nimport { f as f2 } from 'n';\n\nf();\nf2();\n"


def test_a_name_the_file_declares_is_left_to_it():
    text = print_module(Module((const("auth", call(Name("auth", "./auth/resource"))),)))
    assert text == "import { auth as auth2 } from './auth/resource';\n\nconst auth = auth2();\n"


def test_a_parameter_counts_as_declared():
    body = Assign(Name("x"), Arrow((Param("a"),), call("a", Name("a", "m"))))
    assert print_module(Module((body,))).endswith("x = (a) => a(a2);\n")


def test_a_global_keeps_its_name():
    text = print_module(Module((Do(Name("process")), Do(Name("process", "m")))))
    assert text == "import { process as process2 } from 'm';\n\nprocess;\nprocess2;\n"


def test_an_aliased_name_is_no_shorthand():
    text = print_module(Module((const("auth", Lit(1)), Do(call("f", {"auth": Name("auth", "m")})))))
    assert "f({ auth: auth2 });" in text


def test_side_effects_come_first_and_once():
    body = [Do(Name("a", "m")), SideEffectImport("./b"), SideEffectImport("./b")]
    assert lines(*body) == ["import './b';", "import { a } from 'm';"]


def test_many_names_go_to_lines_of_their_own():
    names = [f"aRatherLongExportedName{index}" for index in range(4)]
    text = print_module(Module(tuple(Do(Name(name, "m")) for name in names)))
    assert text.startswith("import {\n  aRatherLongExportedName0,\n")
