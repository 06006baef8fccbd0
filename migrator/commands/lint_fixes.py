"""`migrate lint --fix` and `--diff`: what is mechanical and certain, changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path

from msgspec import Struct

from migrator.commands.lint import Run
from migrator.documents.parses import parses
from migrator.documents.source import SourceFile, language_of
from migrator.engine.fixes import applied, fixes_of
from migrator.engine.sources import Flag
from migrator.sources.walk import Skipped

_PASSES = 8
"""More than any file needs: a fix makes no new work, but two that overlap are made one after the other."""
_BOM = "\ufeff"


class Change(Struct, frozen=True):
    """A file before and after."""

    path: str
    before: str
    after: str
    fixes: int

    @property
    def diff(self) -> str:
        """The change as a unified diff."""
        lines = [text.splitlines(keepends=True) for text in (self.before, self.after)]
        made = unified_diff(lines[0], lines[1], f"a/{self.path}", f"b/{self.path}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in made)


class Fixed(Struct, frozen=True):
    """What was, or would be, changed, and what was left as it is although there was something to fix."""

    changes: tuple[Change, ...]
    left: tuple[Skipped, ...]


def fixed(flags: Iterable[Flag], run: Run) -> Fixed:
    """The changes of all files with findings that can be fixed; nothing is written."""
    places = (flag.finding.location for flag in flags if flag.fix is not None)
    left: list[Skipped] = []
    changes = [
        change
        for path in sorted({place.file for place in places if place})
        if (change := _changed(path, run, left)) is not None
    ]
    return Fixed(tuple(changes), tuple(left))


def write(changes: Iterable[Change], root: Path) -> Iterator[Skipped]:
    """Writes the files, each at once. Yields those that cannot be written."""
    for change in changes:
        target = Path(root, change.path)
        part = target.with_name(f".{target.name}.part")
        try:
            part.write_bytes(change.after.encode())
            os.chmod(part, target.stat().st_mode)
            part.replace(target)
        except OSError as error:
            part.unlink(missing_ok=True)
            yield Skipped(change.path, f"cannot be written: {error.strerror}")


def _changed(path: str, run: Run, left: list[Skipped]) -> Change | None:
    """The file with its fixes; None where that is not safe, with the reason in `left`."""
    try:
        before = Path(run.linter.root, path).read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        left.append(Skipped(path, "not fixed: it is not UTF-8"))
        return None
    head = _BOM if before.startswith(_BOM) else ""
    text, count = _rewritten(path, before.removeprefix(_BOM), run)
    if count == 0:
        return None
    if not parses(_file(path, text, run)):
        left.append(Skipped(path, "not fixed: it could not be read any more afterwards"))
        return None
    return Change(path, before, head + text, count)


def _rewritten(path: str, text: str, run: Run) -> tuple[str, int]:
    """The text with its fixes, and how many there were; nothing where the text cannot be read to begin with."""
    count = 0
    for _ in range(_PASSES):
        file = _file(path, text, run)
        fixes = fixes_of(run.of_text(file)) if parses(file) else ()
        if not fixes:
            break
        text, count = applied(text, fixes), count + len(fixes)
    return text, count


def _file(path: str, text: str, run: Run) -> SourceFile:
    language = language_of(path) or run.linter.by_first_line(path)
    if language is None:
        raise ValueError(path)
    return SourceFile(path, language, text, run.linter.root)
