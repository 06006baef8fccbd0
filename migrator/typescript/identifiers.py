"""Names TypeScript accepts."""

from __future__ import annotations

from collections.abc import Collection

_WORDS = """
    arguments as async await break case catch class const continue debugger default delete do else enum eval
    export extends false finally for from function get globalThis if implements import in instanceof interface let
    module new null of package private protected public require return set static super switch this throw true try
    type typeof undefined using var void while with yield NaN Infinity exports __dirname __filename
"""
RESERVED = frozenset(_WORDS.split())
"""Words that cannot name a variable in a module, or would read as something else if they did."""


def is_property_name(text: str) -> bool:
    """Whether the text can follow a dot, or stand unquoted as the key of an object: letters, digits, `$` and `_`."""
    return text.replace("$", "_").isidentifier()


def is_identifier(text: str) -> bool:
    """Whether the text can name a variable."""
    return is_property_name(text) and text not in RESERVED


def identifier(name: str, taken: Collection[str] = ()) -> str:
    """A legal camelCase identifier that resembles the name and is not among those taken.

    Capitals inside a word stay (`storeAPI-v2` gives `storeAPIV2`); letters outside ASCII lose their accents where they
    have any; a leading digit gets an underscore; a reserved word, and a clash, get a number.
    """
    words = "".join(char if char.isalnum() or char in "_$" else " " for char in _ascii(name)).split()
    parts = [part for word in words for part in word.split("_") if part]
    base = "".join(part if index == 0 else part[0].upper() + part[1:] for index, part in enumerate(parts))
    base = _lower_start(base) or "_"
    if base[0].isdigit():
        base = f"_{base}"
    return _unused(base, taken)


def _ascii(name: str) -> str:
    if name.isascii():
        return name
    from unicodedata import combining, normalize

    plain = "".join(char for char in normalize("NFKD", name) if not combining(char))
    return "".join(char if char.isascii() else f" u{ord(char):x} " for char in plain)


def _lower_start(text: str) -> str:
    """`APIGateway` gives `apiGateway`, `Users` gives `users`, `AWS` gives `aws`."""
    run = len(text) - len(text.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    if 1 < run < len(text) and text[run].islower():
        run -= 1
    return text[:run].lower() + text[run:]


def _unused(base: str, taken: Collection[str]) -> str:
    if base not in taken and is_identifier(base):
        return base
    separator = "_" if base[-1].isdigit() else ""
    number = 2
    while (candidate := f"{base}{separator}{number}") in taken:
        number += 1
    return candidate
