"""What kind of type a type node is."""

from __future__ import annotations

from migrator.typescript.nodes import LitType, Node, ObjType, TypeName, UnionType

_WORDS = """
    any bigint boolean never null number object string symbol this undefined unknown void intrinsic
"""
KEYWORDS = frozenset(_WORDS.split())


def is_keyword(node: Node) -> bool:
    """A type the language itself names."""
    return isinstance(node, TypeName) and node.module is None and node.id in KEYWORDS and not node.path


def hugs_union(node: UnionType) -> bool:
    """`A | null`: one named or object type, and nothing else but null and void; it never breaks."""
    named = [each for each in node.types if isinstance(each, ObjType) or _is_reference(each)]
    if not named:
        return False
    return all(each is named[0] or _is_nothing(each) for each in node.types)


def is_simple(node: Node) -> bool:
    """A type that stands in `<>` without breaking: a keyword, a name, an object type, a hugging union."""
    if isinstance(node, UnionType):
        return hugs_union(node)
    return isinstance(node, (ObjType, LitType)) or (isinstance(node, TypeName) and not node.type_args)


def _is_reference(node: Node) -> bool:
    return isinstance(node, TypeName) and not is_keyword(node)


def _is_nothing(node: Node) -> bool:
    if isinstance(node, LitType):
        return node.value is None
    return is_keyword(node) and isinstance(node, TypeName) and node.id in ("null", "void")
