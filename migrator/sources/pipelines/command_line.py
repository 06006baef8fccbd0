"""Shell text as simple commands, and which of them call the Gen 1 CLI.

Nothing is expanded and nothing is run: a program behind a variable is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from migrator.engine.sources import Use
from migrator.sources.pipelines.gen1_cli import gen1_call
from migrator.sources.uses import Command, Place


class Word(NamedTuple):
    """A word of a command: without its quotes, and where it stands with them."""

    text: str
    start: int
    end: int


_PIECE = re.compile(
    r"(?P<skip>[ \t\r\f\v]+|\\\r?\n|#[^\n]*)"
    r"|<<-?[ \t]*(?P<quote>[\"'\\]?)(?P<document>[A-Za-z_]\w*)(?P=quote)"
    r"|(?P<break>\n|&&|\|\||;;|[;&|()`]|\$\()"
    r"|(?P<word>(?:[^\s\"'\\;&|()`$<]+|\\(?:\r?\n|.)|\$(?!\()|\"(?:[^\"\\]+|\\.)*+\"|'[^']*+')++)"
    r"|(?P<stray>.)",
    re.DOTALL,
)
_QUOTED = re.compile(r"\"((?:[^\"\\]+|\\.)*+)\"|'([^']*+)'|\\(\r?\n|.)", re.DOTALL)
_SUBSTITUTION = re.compile(r"\$\(|`")
_RUN_TEXT = (
    "bash sh zsh dash eval ssh concurrently conc start-server-and-test nodemon cross-env-shell su powershell pwsh cmd "
    "watch parallel"
)
_TAKES_COMMANDS = frozenset(_RUN_TEXT.split())
"""Programs whose quoted arguments are commands."""
_MAX_DEPTH = 4


def commands(text: str, start: int, place: Place, depth: int = 0) -> Iterator[Use]:
    """The calls of the Gen 1 CLI in shell text that stands at offset `start` of its file."""
    for words in simple_commands(text):
        found = gen1_call([word.text for word in words])
        if found is not None:
            node = Command(found.verb, found.topic, found.said, place)
            yield Use(node, start + words[found.first].start, start + words[found.last].end)
        for at, inner in _nested(text, words) if depth < _MAX_DEPTH else ():
            yield from commands(inner, start + at, place, depth + 1)


def simple_commands(text: str) -> Iterator[list[Word]]:
    """The words of each command, up to the next `;`, `|`, `&`, parenthesis or line. Here-documents are data."""
    words: list[Word] = []
    documents: list[str] = []
    at = 0
    while match := _PIECE.match(text, at):
        at = match.end()
        if match.group("word"):
            words.append(Word(_unquoted(match.group()), match.start(), at))
        elif match.group("document"):
            documents.append(match.group("document"))
        elif match.group("break"):
            if words:
                yield words
            words = []
            if match.group() == "\n" and documents:
                at = _after_documents(text, at, documents)
                documents = []
    if words:
        yield words


def _after_documents(text: str, at: int, names: Sequence[str]) -> int:
    """The offset after the last of the here-documents that begin at `at`."""
    for name in names:
        end = re.compile(rf"^[ \t]*{re.escape(name)}[ \t\r]*$", re.MULTILINE).search(text, at)
        if end is None:
            return len(text)
        at = end.end()
    return at


def _unquoted(word: str) -> str:
    return _QUOTED.sub(_content, word) if any(mark in word for mark in "\"'\\") else word


def _content(match: re.Match[str]) -> str:
    double, single, escaped = match.groups()
    if escaped is not None:
        return "" if escaped.endswith("\n") else escaped
    return single if double is None else re.sub(r"\\(.)", r"\1", double, flags=re.DOTALL)


def _nested(text: str, words: Sequence[Word]) -> Iterator[tuple[int, str]]:
    """Offset and text of shell code inside words: substitutions, and commands given to programs that run them."""
    runs = any(word.text.rpartition("/")[2] in _TAKES_COMMANDS for word in words)
    for word in words:
        raw = text[word.start : word.end]
        if runs and raw[0] in "\"'":
            yield word.start + 1, raw[1:-1]
        elif '"' in raw and (found := _SUBSTITUTION.search(raw)):
            yield word.start + found.end(), raw[found.end() :].rstrip('"')
