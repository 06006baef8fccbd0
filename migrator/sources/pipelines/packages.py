"""The scripts of a package.json."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.documents.source import SourceFile
from migrator.engine.sources import Use
from migrator.sources.pipelines.command_line import commands
from migrator.sources.uses import Place

_TOKEN = re.compile(r"\"((?:[^\"\\]+|\\.)*+)\"|[{}\[\]:,]", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": " "}
_HOLDERS = frozenset(("scripts", "hooks"))
"""Members whose strings are commands (`hooks`: of husky 4)."""


def package_json(file: SourceFile) -> Iterator[Use]:
    """The calls in scripts. A file that is not quite JSON is read as far as it goes."""
    for holder, start, raw in _strings(file.text):
        if holder in _HOLDERS and "amplify" in raw:
            yield from commands(even(raw), start, Place.BUILD)


def _strings(text: str) -> Iterator[tuple[str, int, str]]:
    """Each string value: the name of the member whose object it is a direct member of, its offset, and its text."""
    holders: list[str] = [""]
    name, value_next = "", False
    for match in _TOKEN.finditer(text):
        token, raw = match.group(), match.group(1)
        if raw is not None and value_next:
            yield holders[-1], match.start(1), raw
        if raw is not None and not value_next:
            name = raw
        elif token == ":":
            value_next = True
            continue
        elif token in "{[":
            holders.append(name)
        elif token in "}]" and len(holders) > 1:
            holders.pop()
        value_next = False


def even(raw: str) -> str:
    """The text of a JSON string, as long as it is written: spaces make up for what escapes are longer."""
    return _ESCAPE.sub(_padded, raw)


def _padded(match: re.Match[str]) -> str:
    code, plain = match.groups()
    char = chr(int(code, 16)) if code else _PLAIN.get(plain, plain)
    if char == "\\":
        return match.group()  # it stays doubled: no command that is looked for has one
    return (len(match.group()) - 1) * " " + char
