"""Lint as text for a terminal: by file, with the line and a caret."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from migrator.commands.lint import Lint
from migrator.core.finding import Severity
from migrator.engine.sources import Excerpt, Flag
from migrator.report.excerpt import clipped, shown
from migrator.report.page import text_width, wrapped

if TYPE_CHECKING:
    from migrator.report.scan_text import Line

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_INDENT = "    "
_SHOWN = 10
"""Skipped files that are named."""


def lint_text(result: Lint, plain: bool) -> str:
    """The findings, then how many there are; `plain` has no colours."""
    lines = list(_lines(result, text_width()))
    if plain or not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return "".join("".join(text for text, _ in line).rstrip() + "\n" for line in lines)
    from migrator.report.paint import painted  # rich takes longer to import than a small repository to lint

    return painted(lines)


def _lines(result: Lint, width: int) -> Iterator[Line]:
    for file, listed in groupby(result.flags, key=_file):
        yield ((file, "bold"),)
        for flag in listed:
            yield from _flag(flag, width)
        yield ()
    for skipped in result.skipped[:_SHOWN]:
        yield ((f"not looked at: {skipped.path}: {skipped.reason}", "dim"),)
    if len(result.skipped) > _SHOWN:
        yield ((f"not looked at: {len(result.skipped) - _SHOWN} more", "dim"),)
    yield ((summary(result), "bold"),)
    if result.fixable:
        what = f"* {_count(result.fixable, 'finding')} can be fixed: `--fix` does it, `--diff` shows it."
        yield ((what, ""),)
    if result.flags:
        yield ((f"`migrate explain {_heaviest(result).finding.rule}` says more about a rule.", ""),)


def _flag(flag: Flag, width: int) -> Iterator[Line]:
    finding = flag.finding
    place = f"{finding.location.line}:{finding.location.column}" if finding.location and finding.location.line else ""
    head = f"  {place} " if place else "  "
    word = f"{finding.severity} {finding.rule}{'*' if flag.fix else ''} "
    first, *rest = wrapped(finding.message, max(width - len(head) - len(word), 30))
    yield ((head, "dim"), (word, _STYLES[finding.severity]), (first, ""))
    yield from (((f"{_INDENT}{line}", ""),) for line in rest)
    if flag.excerpt:
        yield from _excerpt(flag.excerpt, width - len(_INDENT), _STYLES[finding.severity])
    if finding.hint:
        yield from (((line, "dim"),) for line in wrapped(finding.hint, width, f"{_INDENT}→ ", f"{_INDENT}  "))


def _excerpt(excerpt: Excerpt, width: int, style: str) -> Iterator[Line]:
    text, start, end = clipped(shown(excerpt.text), excerpt.start - 1, excerpt.end - 1, width)
    yield ((_INDENT + text, ""),)
    yield ((_INDENT + " " * start + "^" * (end - start), style),)


def _file(flag: Flag) -> str:
    return flag.finding.location.file if flag.finding.location else ""


def _heaviest(result: Lint) -> Flag:
    return min(result.flags, key=lambda flag: flag.finding.severity.rank)


def summary(result: Lint) -> str:
    """How much was found, in a line."""
    looked = f"{_count(result.files, 'file')} looked at{_set_apart(result)}"
    if not result.flags:
        return f"No {'new ' if result.known else ''}Gen 1 patterns; {looked}."
    files = len({_file(flag) for flag in result.flags})
    parts = [_count(number, str(severity)) for severity, number in result.counts.items() if number]
    return f"{_count(len(result.flags), 'finding')} ({', '.join(parts)}) in {_count(files, 'file')}; {looked}."


def _set_apart(result: Lint) -> str:
    """What is not among the findings."""
    parts = [f"{result.known} in the baseline"] if result.known else []
    parts += [f"{result.suppressed} suppressed"] if result.suppressed else []
    return f" ({', '.join(parts)})" if parts else ""


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 or word == "info" else f"{number} {word}s"
