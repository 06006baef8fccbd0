"""Literals as JSON and JavaScript write them, read with tolerance and never evaluated."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from migrator.documents.document import MAX_DEPTH, Json, Pointer

_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
_COMMENT = re.compile(r"//|/\*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.$])")
_JS_NUMBER = re.compile(
    r"[-+]?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)(?![\w.$])"
)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_STRING = {q: re.compile(rf"{q}((?:[^{q}\\]|\\.)*){q}", re.DOTALL) for q in "\"'`"}
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|.)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f]")
_SKIP = re.compile(
    r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|//[^\n]*|/\*.*?\*/|[\[\](){},;]", re.DOTALL
)
_LONGEST_NUMBER = 400
_WORDS: dict[str, Json] = {"true": True, "false": False, "null": None}
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": "", "\r": ""}


class Dialect(Enum):
    """How much may differ from strict JSON."""

    JSON = "JSON"
    """Comments and commas before a closing bracket."""
    JAVASCRIPT = "JavaScript"
    """Also unquoted names, other quotes, and values that are code, which are passed over."""


class Oddity(NamedTuple):
    """Something that was accepted, or passed over, at a place of the text."""

    what: str
    offset: int
    pointer: Pointer


class Literal(NamedTuple):
    """What was read, and where the text of it ends."""

    value: Json
    end: int
    tolerated: tuple[Oddity, ...]
    unreadable: tuple[Oddity, ...]


class LiteralError(ValueError):
    """The text is no literal: what is wrong, at which offset, and what may help."""

    def __init__(self, message: str, offset: int, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.hint = hint


def read_literal(text: str, start: int = 0, dialect: Dialect = Dialect.JSON) -> Literal:
    """The literal that begins at `start`. Raises LiteralError."""
    reader = _Reader(text, dialect)
    value, end = reader.value(reader.space(start), ())
    return Literal(value, end, tuple(reader.tolerated), tuple(reader.unreadable))


def read_json(text: str) -> Literal:
    """A whole text as one JSON value, tolerating comments and trailing commas. Raises LiteralError."""
    reader = _Reader(text, Dialect.JSON)
    value, end = reader.value(reader.space(0), ())
    end = reader.space(end)
    if end < len(text):
        raise LiteralError("There is more text after the end of the JSON value", end, "Two files may have been joined.")
    return Literal(value, end, tuple(reader.tolerated), ())


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


class _Unreadable(Exception):
    """A value that is code."""


class _Reader:
    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.javascript = dialect is Dialect.JAVASCRIPT
        self.tolerated: list[Oddity] = []
        self.unreadable: list[Oddity] = []

    def space(self, at: int, pointer: Pointer = ()) -> int:
        """The offset of the next thing that is neither space nor comment."""
        match = _SPACE.match(self.text, at)
        if match is None:
            return at
        if not self.javascript and _COMMENT.search(match.group()):
            self.tolerated.append(Oddity("a comment", match.start(), pointer))
        return match.end()

    def value(self, at: int, pointer: Pointer) -> tuple[Json, int]:
        if len(pointer) > MAX_DEPTH:
            raise LiteralError(f"The values are nested more than {MAX_DEPTH} levels deep", at)
        if at >= len(self.text):
            raise LiteralError("The text ends where a value should stand", at, _TRUNCATED)
        character = self.text[at]
        if character == "{":
            return self._object(at, pointer)
        if character == "[":
            return self._array(at, pointer)
        if character in _STRING:
            return self._string(at)
        return self._bare(at)

    def _bare(self, at: int) -> tuple[Json, int]:
        number = (_JS_NUMBER if self.javascript else _NUMBER).match(self.text, at)
        if number:
            if len(number.group()) > _LONGEST_NUMBER:
                raise LiteralError(f"A number of more than {_LONGEST_NUMBER} characters", at)
            return _number(number.group()), number.end()
        name = _NAME.match(self.text, at)
        if name and name.group() in _WORDS:
            return _WORDS[name.group()], name.end()
        if self.javascript:
            if name and name.group() == "undefined":
                return None, name.end()
            raise _Unreadable
        raise LiteralError(f"A value cannot begin with {self.text[at]!r}", at, _hint(self.text, at))

    def _string(self, at: int) -> tuple[str, int]:
        quote = self.text[at]
        match = _STRING[quote].match(self.text, at)
        if match is None:
            raise LiteralError("The text ends inside a string", at, _TRUNCATED)
        body = match.group(1)
        if not self.javascript:
            if quote != '"':
                raise LiteralError(f"A string cannot begin with {quote}", at, _QUOTES)
            control = _CONTROL.search(body)
            if control:
                raise LiteralError(
                    "A string runs over the end of its line or holds a control character",
                    at + 1 + control.start(),
                    "Close the string on its own line, or write \\n or \\t inside it.",
                )
        elif quote == "`" and "${" in body:
            raise _Unreadable
        return (_unescape(body) if "\\" in body else body), match.end()

    def _object(self, opened: int, pointer: Pointer) -> tuple[Json, int]:
        members: dict[str, Json] = {}
        at = self.space(opened + 1, pointer)
        while not self._closed(at, "}", opened):
            key, at = self._key(at, pointer)
            if key is not None:
                members[key], at = self._member(at, (*pointer, key))
            at = self._separator(at, "}", opened, pointer)
        return members, at + 1

    def _array(self, opened: int, pointer: Pointer) -> tuple[Json, int]:
        elements: list[Json] = []
        at = self.space(opened + 1, pointer)
        while not self._closed(at, "]", opened):
            element, at = self._member(at, (*pointer, len(elements)))
            elements.append(element)
            at = self._separator(at, "]", opened, pointer)
        return elements, at + 1

    def _closed(self, at: int, bracket: str, opened: int) -> bool:
        if at >= len(self.text):
            kind = "an object" if bracket == "}" else "a list"
            line, _ = line_and_column(self.text, opened)
            raise LiteralError(f"The text ends inside {kind} that begins on line {line}", at, _TRUNCATED)
        return self.text[at] == bracket

    def _key(self, at: int, pointer: Pointer) -> tuple[str | None, int]:
        """The name of a member and the offset of its value; no name when the member is code."""
        if self.text[at] == '"' or (self.javascript and self.text[at] == "'"):
            key, end = self._string(at)
        elif self.javascript:
            name = _NAME.match(self.text, at) or re.compile(r"\d+").match(self.text, at)
            if name is None:
                return None, self._pass_over(at, pointer)
            key, end = name.group(), name.end()
        else:
            raise LiteralError("A member's name must stand here, in double quotes", at, _hint(self.text, at))
        end = self.space(end, pointer)
        if end < len(self.text) and self.text[end] == ":":
            return key, self.space(end + 1, pointer)
        if self.javascript:
            return None, self._pass_over(at, (*pointer, key))
        raise LiteralError(f"A colon must follow the name {key!r}", end, _TRUNCATED if end >= len(self.text) else "")

    def _member(self, at: int, pointer: Pointer) -> tuple[Json, int]:
        if not self.javascript:
            return self.value(at, pointer)
        noted = len(self.unreadable)
        try:
            value, end = self.value(at, pointer)
        except _Unreadable:
            return None, self._pass_over(at, pointer)
        end = self.space(end, pointer)
        if end >= len(self.text) or self.text[end] in ",]}":
            return value, end
        del self.unreadable[noted:]  # what stood inside is part of one expression, noted as a whole
        return None, self._pass_over(at, pointer)

    def _pass_over(self, at: int, pointer: Pointer) -> int:
        """Skips an expression, up to the comma or bracket that ends it."""
        self.unreadable.append(Oddity("code instead of a plain value", at, pointer))
        depth, where = 0, at
        while match := _SKIP.search(self.text, where):
            token = match.group()
            if token in "([{":
                depth += 1
            elif token in ")]}":
                if depth == 0:
                    return match.start()
                depth -= 1
            elif token in ",;" and depth == 0:
                return match.start()
            where = match.end()
        raise LiteralError("The text ends inside an expression", at, _TRUNCATED)

    def _separator(self, at: int, bracket: str, opened: int, pointer: Pointer) -> int:
        at = self.space(at, pointer)
        if self._closed(at, bracket, opened):
            return at
        if self.text[at] != ",":
            raise LiteralError(f"A comma or {bracket} must stand here", at, _hint(self.text, at))
        comma, at = at, self.space(at + 1, pointer)
        if self._closed(at, bracket, opened) and not self.javascript:
            self.tolerated.append(Oddity(f"a comma before {bracket}", comma, pointer))
        return at


_QUOTES = 'JSON strings stand between double quotes (").'
_TRUNCATED = "The file looks cut off: restore it from version control, or download it again with `amplify pull`."


def _hint(text: str, at: int) -> str:
    line = text[text.rfind("\n", 0, at) + 1 :][:12]
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return "This is an unresolved merge conflict: settle it first."
    if text.startswith("version https://git-lfs"):
        return "This is a Git LFS pointer, not the file: run `git lfs pull`."
    if text[at : at + 1] in ("'", "`"):
        return _QUOTES
    if text[at : at + 1] == "<":
        return "This looks like HTML or XML, maybe an error page that was saved."
    return "Write it as JSON, or restore it from version control."


def _number(text: str) -> int | float:
    sign, digits = (-1 if text[0] == "-" else 1), text.lstrip("+-")
    base = {"x": 16, "o": 8, "b": 2}.get(digits[1:2].lower())
    if base:
        return sign * int(digits[2:], base)
    if digits.isdigit():
        return sign * int(digits)
    return sign * float(digits)


def _unescape(body: str) -> str:
    def plain(match: re.Match[str]) -> str:
        code = match.group(1)
        if len(code) > 1 and code[0] in "ux":
            return chr(min(int(code[1:].strip("{}"), 16), 0x10FFFF))
        return _SIMPLE.get(code, code)

    text = _ESCAPE.sub(plain, body)
    # JSON writes characters beyond U+FFFF as two escapes; join such pairs and drop a half that stands alone
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
