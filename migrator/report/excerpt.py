"""Lines of the user's files as they may be shown: without secrets, and of a length that fits."""

from __future__ import annotations

import re

from migrator.core.secrets import looks_secret

_SET = re.compile(r"([\w.-]+)[\"']?\s*[:=]\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"',;]+))|([^\s\"',;=:()]{12,})")


def shown(line: str) -> str:
    """The line with asterisks in place of what looks like a secret; its length stays."""
    return _SET.sub(_starred, line)


def _starred(match: re.Match[str]) -> str:
    name = match.group(1) or ""
    for group in (2, 3, 4, 5):
        value = match.group(group)
        if value and looks_secret(name, value):
            start, end = match.start(group) - match.start(), match.end(group) - match.start()
            return match.group()[:start] + "*" * len(value) + match.group()[end:]
    return match.group()


def clipped(line: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """The part of a line that fits into `width` columns, and the columns (from 0) in it of what is marked.

    Tabs become single spaces.
    """
    text = line.replace("\t", " ")
    lead = len(text) - len(text.lstrip())
    begin = lead if end - lead <= width else max(lead, start - width // 3)
    part = text[begin : begin + width].rstrip()
    return part, min(start - begin, len(part)), max(min(end - begin, len(part)), min(start - begin, len(part)) + 1)
