"""`override.ts` files: whether they do anything. Their code is never run."""

from __future__ import annotations

import re

from migrator.gen1.entries import Entry

_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_FUNCTION = re.compile(r"\boverride\s*(?:=\s*(?:async\s*)?)?\([^)]*\)[^{]*\{(.*)\}", re.DOTALL)


_FILES = ("override.ts", "override.js")


def override_of(entry: Entry) -> tuple[str, str] | None:
    """The override of a resource, where it does something: the file's name in the resource's folder, and its text."""
    found = ((name, entry.text(name)) for name in _FILES)
    return next(((name, text) for name, text in found if text is not None and does_something(text)), None)


def does_something(text: str) -> bool:
    """Whether the exported function has a body: the Gen 1 CLI writes an empty one, which many projects keep."""
    code = _COMMENT.sub("", text)
    function = _FUNCTION.search(code)
    return bool((function.group(1) if function else code).strip(" \t\r\n;"))
