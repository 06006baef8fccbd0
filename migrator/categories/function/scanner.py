"""JavaScript and TypeScript as text: comments and strings told from code, without executing anything.

A scanner, not a parser: what it cannot tell it leaves out. The questions asked of it are about modules, exports and
undeclared names, which stand in code that a bundler would read in the same way.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

_TOKEN = re.compile(
    r"""(?P<line>//[^\n]*)
    |(?P<block>/\*.*?(?:\*/|\Z))
    |(?P<string>'(?:[^'\\\n]|\\.)*'?|"(?:[^"\\\n]|\\.)*"?)
    |(?P<template>`)
    |(?P<slash>/)
    |(?P<open>\{)|(?P<close>\})""",
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_BEFORE_REGEX = re.compile(r"(?:^|[-+*%=(,:;!&|?{}\[~^<>\n]|\b(?:return|typeof|case|in|of|do|else|void|delete))\s*$")


class Script:
    """A source file: its code with comments and the contents of strings blanked out, place by place."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.strings: dict[int, str] = {}
        """The contents of plain strings, by the offset of their quote."""
        self.templates: set[int] = set()
        """Offsets of template literals that hold expressions."""
        self._out: list[str] = list(text)
        self._scan(0, nested=False)
        self.code = "".join(self._out)

    def line(self, offset: int) -> int:
        """The line of an offset, from 1."""
        return bisect_right(self._lines, offset)

    def place(self, offset: int) -> str:
        """`src/index.js:3`."""
        return f"{self.path}:{self.line(offset)}"

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def is_module(self) -> bool:
        """Whether it has ES module syntax."""
        return bool(re.search(r"^\s*(?:import\b\s*(?![(.])|export\b)", self.code, re.MULTILINE))

    @cached_property
    def is_strict(self) -> bool:
        """Whether it already runs in strict mode."""
        return self.is_module or bool(re.match(r"\s*['\"]use strict['\"]", _leading(self)))

    def _scan(self, start: int, *, nested: bool) -> int:
        """Blanks from `start`; inside a template's expression until its closing brace. Returns where it stopped."""
        at, depth = start, 0
        while match := _TOKEN.search(self.text, at):
            at = match.end()
            match match.lastgroup:
                case "line" | "block":
                    self._blank(match.start(), at)
                case "string":
                    self.strings[match.start()] = match.group()[1:].removesuffix(match.group()[0])
                    self._blank(match.start() + 1, at - 1)
                case "template":
                    at = self._template(match.start())
                case "slash":
                    at = self._slash(match.start())
                case "open":
                    depth += 1
                case _:
                    depth -= 1
                    if nested and depth < 0:
                        return at
        return len(self.text)

    def _slash(self, start: int) -> int:
        found = _REGEX.match(self.text, start)
        if found and _BEFORE_REGEX.search("".join(self._out[max(0, start - 40) : start]) or "\n"):
            self._blank(start + 1, found.end())
            return found.end()
        return start + 1

    def _template(self, start: int) -> int:
        at, begun = start + 1, start + 1
        while at < len(self.text):
            char = self.text[at]
            if char == "\\":
                at += 2
            elif char == "`":
                if start not in self.templates:
                    self.strings[start] = self.text[start + 1 : at]
                self._blank(begun, at)
                return at + 1
            elif self.text.startswith("${", at):
                self.templates.add(start)
                self._blank(begun, at)
                at = begun = self._scan(at + 2, nested=True)
            else:
                at += 1
        self._blank(begun, len(self.text))
        return len(self.text)

    def _blank(self, start: int, end: int) -> None:
        for index in range(start, end):
            if self._out[index] != "\n":
                self._out[index] = " "


def _leading(script: Script) -> str:
    """The text from the first code on."""
    first = re.search(r"\S", script.code)
    return script.text[first.start() : first.start() + 20] if first else ""
