"""Source code as a syntax tree. Only this module knows ast-grep (https://ast-grep.github.io/reference/rule.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from migrator.documents.source import Language, NotScanned, SourceFile

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    SyntaxNode: TypeAlias = SgNode
    """A node; its `range()` counts characters."""

_GRAMMARS = {  # JavaScript has no grammar of its own here: that of TSX is wider, and Flow reads like it
    Language.JAVASCRIPT: "tsx",
    Language.TYPESCRIPT: "typescript",
    Language.SWIFT: "swift",
    Language.KOTLIN: "kotlin",
    Language.JAVA: "java",
    Language.DART: "dart",
}
"""ast-grep ends the program for a name that it does not know: only these are handed to it."""
_SCRIPT = re.compile(
    r"<!--.*?(?:-->|\Z)|<script\b(?P<head>(?:\"[^\"]*\"|'[^']*'|[^>\"']){0,500})>(?P<code>.*?)(?:</script\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)


def parsed(file: SourceFile) -> Iterator[tuple[int, SyntaxNode]]:
    """The code of a file: its offset and its tree. Vue and Svelte files have one for each script in them."""
    if file.language in (Language.VUE, Language.SVELTE):
        for match in _SCRIPT.finditer(file.text):
            if code := match.group("code"):
                yield match.start("code"), root(code, "tsx" if "tsx" in match.group("head") else "typescript")
        return
    typed = file.path.endswith(".tsx")
    yield 0, root(file.text, "tsx" if typed else _GRAMMARS[file.language])


def root(text: str, grammar: str) -> SyntaxNode:
    """The tree of a text; what cannot be parsed is in nodes of the kind ERROR. Raises NotScanned."""
    from ast_grep_py import SgRoot

    try:
        return SgRoot(text, grammar).root()
    except BaseException as error:  # a panic of the parser is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise NotScanned("Not readable: the parser gave up") from None


def is_broken(node: SyntaxNode) -> bool:
    """Whether something in it could not be parsed, or had to be added (a node without text)."""
    return node.find(kind="ERROR") is not None or node.find(regex=r"\A\z") is not None


def find_all(node: SyntaxNode, *alternatives: dict[str, Any]) -> list[SyntaxNode]:
    """Every node that one of the alternatives describes, in the order of the text: one walk over the tree."""
    described: list[Any] = list(alternatives)
    return node.find_all(any=described)


def span(node: SyntaxNode) -> tuple[int, int]:
    """The offsets of its text."""
    place = node.range()
    return place.start.index, place.end.index


def field(node: SyntaxNode | None, name: str) -> SyntaxNode | None:
    """A child by its role; None when there is none."""
    return node.field(name) if node is not None else None


def text_of(node: SyntaxNode | None) -> str:
    """Its text; empty for no node."""
    return node.text() if node is not None else ""


def kind_of(node: SyntaxNode | None) -> str:
    """Its kind; empty for no node."""
    return node.kind() if node is not None else ""


def literal(node: SyntaxNode | None) -> str | None:
    """The text between the quotes of a string, or of a template without holes; None for anything else."""
    if node is None or node.kind() not in ("string", "template_string"):
        return None
    if any(child.kind() in ("template_substitution", "escape_sequence") for child in node.children()):
        return None
    return node.text()[1:-1]
