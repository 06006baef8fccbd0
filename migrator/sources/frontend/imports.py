"""Modules that JavaScript and TypeScript code loads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from migrator.documents.source import Language, SourceFile
from migrator.engine.sources import Use
from migrator.sources.frontend.tokens import Kind, Token, tokens
from migrator.sources.uses import Import, ImportForm

_SCRIPT = re.compile(
    r"<!--.*?(?:-->|\Z)|<script\b(?:\"[^\"]*\"|'[^']*'|[^>\"']){0,500}>(?P<code>.*?)(?:</script\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_CALLS = {"require": ImportForm.REQUIRE, "import": ImportForm.IMPORT}
_MOCKS = frozenset(
    ("mock", "unmock", "doMock", "dontMock", "setMock", "requireActual", "requireMock", "importActual", "importMock")
)
_TESTERS = frozenset(("jest", "vi", "vitest"))
_LONGEST_CLAUSE = 2000
"""Tokens between `import` and `from`, more than anybody writes."""


def imports(file: SourceFile) -> Iterator[Use]:
    """Every module named in an import, a `require` or a mock; not in comments, strings or text."""
    for start, code in _scripts(file):
        found = tokens(code)
        for index, token in enumerate(found):
            if token.kind is Kind.STRING and (form := _form(found, index)):
                yield Use(Import(token.text, form), start + token.start, start + token.end)


def _scripts(file: SourceFile) -> Iterator[tuple[int, str]]:
    """Offset and text of the code; of Vue and Svelte files only the scripts."""
    if file.language not in (Language.VUE, Language.SVELTE):
        yield 0, file.text
        return
    for match in _SCRIPT.finditer(file.text):
        if match.group("code"):
            yield match.start("code"), match.group("code")


def _form(found: Sequence[Token], index: int) -> ImportForm | None:
    """How the string at `index` is loaded, None when it is only a string."""
    before = _text(found, index - 1)
    if before == "(":
        return _called(found, index - 2)
    if before == "import":
        return ImportForm.IMPORT if _text(found, index - 2) != "." else None
    return ImportForm.IMPORT if before == "from" and _is_clause(found, index - 2) else None


def _called(found: Sequence[Token], index: int) -> ImportForm | None:
    name, dot, owner = _text(found, index), _text(found, index - 1), _text(found, index - 2)
    if dot != ".":
        return _CALLS.get(name)
    if name == "resolve" and owner == "require":
        return ImportForm.REQUIRE
    return ImportForm.MOCK if name in _MOCKS and owner in _TESTERS else None


def _is_clause(found: Sequence[Token], index: int) -> bool:
    """Whether what ends at `index` begins with `import` or `export` and names things in between."""
    for at in range(index, max(-1, index - _LONGEST_CLAUSE), -1):
        token = found[at]
        if token.text in ("import", "export") and token.kind is Kind.WORD:
            return _text(found, at - 1) not in (".", ">")
        if token.kind is Kind.MARK and token.text not in "{},*":
            return False
    return False


def _text(found: Sequence[Token], index: int) -> str:
    """The text of a token that is no string; empty when there is none."""
    if index < 0 or found[index].kind is Kind.STRING:
        return ""
    return found[index].text
