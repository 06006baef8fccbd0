"""JavaScript and TypeScript as tokens: enough to tell code from strings, comments and regular expressions.

Text between JSX tags is read as if it were code; a quote in it ends with its line. Nothing is evaluated.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a token is."""

    STRING = "string"
    """`'…'`, `"…"`, or a template without holes."""
    WORD = "word"
    """A keyword, a name or a number."""
    MARK = "mark"
    """One character of punctuation; `/` also for a regular expression, a backquote for a template with holes."""


class Token(NamedTuple):
    """A token. Text and place of a string are those between its quotes."""

    kind: Kind
    text: str
    start: int
    end: int


_TOKEN = re.compile(
    r"(?P<skip>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))"
    r"|\"(?P<double>(?:[^\"\\\n]+|\\.)*+)\"|'(?P<single>(?:[^'\\\n]+|\\.)*+)'"
    r"|(?P<word>[\w$]+)|(?P<mark>.)",
    re.DOTALL,
)
_REGEX = re.compile(r"/(?![*/>])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_TEMPLATE = re.compile(r"(?:[^`\\$]+|\\.|\$(?!\{))*+(`|\$\{)", re.DOTALL)
_BEFORE_REGEX = frozenset("(,=:[!&|?{};+-*%^~") | frozenset(
    ("return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "throw", "new", "await", "yield")
)


def tokens(text: str) -> list[Token]:
    """The tokens of a module; comments and space are left out."""
    lexer = _Lexer(text)
    while lexer.at < len(text):
        lexer.step()
    return lexer.found


class _Lexer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: list[Token] = []
        self._braces: list[bool] = []
        """For each open brace, whether it is a hole of a template."""
        self._templates_end = True
        """Whether there is a backquote or a hole ahead that could end a part of a template."""

    def step(self) -> None:
        """Reads one token, or passes over what is none."""
        char = self.text[self.at]
        if char == "`":
            self._template(opens=True)
        elif char == "}" and self._braces and self._braces.pop():
            self._template(opens=False)
        elif char == "/" and self._regex_may_begin() and (found := _REGEX.match(self.text, self.at)):
            self._add(Kind.MARK, "/", found.end())
        else:
            self._token()

    def _regex_may_begin(self) -> bool:
        return not self.found or self.found[-1].text in _BEFORE_REGEX

    def _add(self, kind: Kind, text: str, end: int) -> None:
        self.found.append(Token(kind, text, self.at, end))
        self.at = end

    def _token(self) -> None:
        match = _TOKEN.match(self.text, self.at)
        if match is None or match.lastgroup == "skip":
            self.at = match.end() if match else self.at + 1
            return
        group = match.lastgroup or ""
        if group in ("double", "single"):
            self.found.append(Token(Kind.STRING, match.group(group), *match.span(group)))
            self.at = match.end()
            return
        if match.group() == "{":
            self._braces.append(False)
        self._add(Kind.WORD if group == "word" else Kind.MARK, match.group(), match.end())

    def _template(self, opens: bool) -> None:
        """A template from its backquote, or from the end of one of its holes, up to its end or next hole."""
        start = self.at + 1
        match = _TEMPLATE.match(self.text, start) if self._templates_end else None
        if match is None:
            self._templates_end = False
            self._add(Kind.MARK, self.text[self.at], start)
        elif opens and match.group(1) == "`":
            self.found.append(Token(Kind.STRING, self.text[start : match.end() - 1], start, match.end() - 1))
            self.at = match.end()
        else:
            self._add(Kind.MARK, "`", match.end())
            if match.group(1) != "`":
                self._braces.append(True)
