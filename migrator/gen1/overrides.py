"""`override.ts` files: whether they do anything. Their code is never run."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_FUNCTION = re.compile(r"\boverride\s*(?:=\s*(?:async\s*)?)?\([^)]*\)[^{]*\{(.*)\}", re.DOTALL)


def does_something(text: str) -> bool:
    """Whether the exported function has a body: the Gen 1 CLI writes an empty one, which many projects keep."""
    code = _COMMENT.sub("", text)
    function = _FUNCTION.search(code)
    return bool((function.group(1) if function else code).strip(" \t\r\n;"))
