"""The arguments of a call."""

from __future__ import annotations

from typing import Any

from migrator.typescript.functions import Unfit, arrow
from migrator.typescript.layout import BREAK, SOFT, SPACE, Doc, choice, concat, group, indent, is_hard, join
from migrator.typescript.nodes import Arr, Arrow, Call, Conditional, Name, New, Node
from migrator.typescript.path import Path
from migrator.typescript.shapes import bare, is_huggable, is_number_list, is_short


def arguments(path: Path[Call | New]) -> Doc:
    """`(args)`: the last function or object opens in place, else each argument goes to its own line."""
    args = path.children("args")
    if not args:
        return "()"
    if _is_effect(args):
        return concat("(", join(", ", [each.doc for each in args]), ")")
    docs = [each.doc for each in args]
    if _composes(args):
        return _opened(docs)
    if _hugs_first(args):
        return _hugging(args[0], [], docs[1:], docs)
    if _hugs_last(args):
        return _hugging(args[-1], docs[:-1], [], docs)
    doc = concat("(", indent(SOFT, join(concat(",", SPACE), docs)), SOFT, ")")
    return doc if is_curried(path) else group(doc, broken=any(map(is_hard, docs)))


def _opened(docs: list[Doc]) -> Doc:
    return group("(", indent(SPACE, join(concat(",", SPACE), docs)), SPACE, ")", broken=True)


def _hugging(hugged: Path[Any], before: list[Doc], after: list[Doc], docs: list[Doc]) -> Doc:
    if any(map(is_hard, before + after)):
        return _opened(docs)
    try:
        body = (
            hugged.wrap(arrow(hugged, hug="last" if before or not after else "first"))
            if isinstance(hugged.node, Arrow)
            else hugged.doc
        )
    except Unfit:
        return _opened(docs)
    open_ = concat("(", *(concat(doc, ", ") for doc in before), group(body, broken=True))
    tail = concat(*(concat(", ", doc) for doc in after), ")")
    if is_hard(body):
        return concat(BREAK, choice(concat(open_, tail), _opened(docs)))
    flat = concat("(", *(concat(doc, ", ") for doc in before), body, tail)
    return choice(flat, concat(open_, tail), _opened(docs))


def _is_effect(args: list[Path[Node]]) -> bool:
    """`useEffect(() => {…}, [a, b])` and its like stay on one line."""
    if len(args) == 3 and isinstance(args[0].node, Name):
        args = args[1:]
    if len(args) != 2:
        return False
    first, second = args[0].node, args[1].node
    blocks = isinstance(first, Arrow) and not first.params and isinstance(first.body, tuple)
    return blocks and isinstance(second, Arr) and len(args) == 2


def _composes(args: list[Path[Node]]) -> bool:
    """Several functions, or a call that takes one: a pipeline, one step per line."""
    if len(args) < 2:
        return False
    if sum(isinstance(each.node, Arrow) for each in args) > 1:
        return True
    inner = [bare(each.node) for each in args]
    return any(isinstance(arg, Arrow) for each in inner if isinstance(each, Call) for arg in each.args)


def is_curried(path: Path[Call | New]) -> bool:
    """Whether the call is itself called with fewer arguments: `f(a, b)(c)`."""
    outer = path.up
    return (
        path.role == "fn"
        and isinstance(path.node, Call)
        and isinstance(outer, Call)
        and len(path.node.args) > len(outer.args) > 0
    )


def _hugs_last(args: list[Path[Node]]) -> bool:
    last = args[-1].node
    before = args[-2].node if len(args) > 1 else None
    if not is_huggable(last) or type(before) is type(last):
        return False
    if len(args) == 2 and isinstance(before, Arrow) and isinstance(last, Arr):
        return False
    return len(args) == 1 or not is_number_list(last)


def _hugs_first(args: list[Path[Node]]) -> bool:
    if len(args) != 2:
        return False
    first, second = args[0].node, args[1].node
    if not (isinstance(first, Arrow) and isinstance(first.body, tuple)) or isinstance(second, (Arrow, Conditional)):
        return False
    return is_short(second) and not is_huggable(second)
