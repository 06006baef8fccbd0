"""Text of a scanned project can be a value, but never become code."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from migrator.typescript.nodes import (
    Comment,
    Const,
    DocComment,
    Lit,
    Member,
    Module,
    Name,
    Node,
    Param,
    TypeAlias,
    TypeName,
)
from migrator.typescript.printer import print_module


@pytest.mark.parametrize(
    "make",
    [
        lambda: Name("x; evil()"),
        lambda: Name("x", "mod", imported="y as z, evil"),
        lambda: Member(Name("x"), "y = evil()"),
        lambda: TypeName("X | Evil<y>"),
        lambda: Const("x = evil(), y", Lit(1)),
        lambda: Param("x = evil()"),
        lambda: TypeAlias("X = Evil; type Y", TypeName("Y")),
    ],
)
def test_text_that_is_no_identifier_never_becomes_code(make: Callable[[], Node]) -> None:
    with pytest.raises(ValueError, match="is no identifier"):
        make()


def test_a_comment_is_one_on_each_of_its_lines() -> None:
    printed = print_module(Module((Comment("one\ntwo\rthree\u2028evil()"), Const("x", Lit(1)))))
    assert [line for line in printed.splitlines() if line and not line.startswith("//")] == ["const x = 1;"]


def test_a_doc_comment_ends_once() -> None:
    printed = print_module(Module((DocComment("one */ evil();\ntwo"), Const("x", Lit(1)))))
    assert printed.count("*/") == 1
