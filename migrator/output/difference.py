"""Unified diffs of files."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO


def difference(path: str, old: bytes | None, new: bytes | None) -> str:
    """What turns the old content into the new one, as `diff -u` prints it; None stands for no file."""
    before, after = _lines(old), _lines(new)
    names = (f"a/{path}" if old is not None else "/dev/null", f"b/{path}" if new is not None else "/dev/null")
    if before is None or after is None:
        return f"Binary files {names[0]} and {names[1]} differ\n"
    from difflib import unified_diff  # slow to import, and most runs change nothing that has to be shown

    return "".join(_printed(unified_diff(before, after, *names)))


def _lines(content: bytes | None) -> list[str] | None:
    """The lines with their ends; None for what is no text."""
    if content is None:
        return []
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else StringIO(text.replace("\r\n", "\n"), newline="\n").readlines()


def _printed(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
