"""JSON as its values in the order of the text, with their places; for files that need not be quite right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(r"\"((?:[^\"\\]+|\\.)*+)\"|([\w.+-]+)|[{}\[\]:,]", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": " "}


class Member(NamedTuple):
    """A value in JSON that is no object and no list."""

    holder: str
    """The name of the member whose object it is a direct member of."""
    name: str
    raw: str
    """As written, without quotes."""
    start: int
    """The offset of `raw`."""
    name_start: int
    is_text: bool


def members(text: str) -> Iterator[Member]:
    """Each value, in the order of the text. What is not quite JSON is read as far as it goes."""
    holders: list[str] = [""]
    name, named, value_next = "", 0, False
    for match in _TOKEN.finditer(text):
        token, raw, plain = match.group(), match.group(1), match.group(2)
        if (raw is not None or plain) and value_next:
            group = 1 if raw is not None else 2
            yield Member(holders[-1], name, match.group(group), match.start(group), named, raw is not None)
        if raw is not None and not value_next:
            name, named = raw, match.start(1)
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
