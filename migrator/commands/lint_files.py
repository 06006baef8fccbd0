"""One file at a time: read, prefiltered, scanned, and its findings suppressed where its comments say so."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from msgspec import Struct, structs

from migrator.documents.source import Language, NotScanned, SourceFile, is_shell_script, language_of
from migrator.engine.catalog import Catalog
from migrator.engine.sources import Fix, Flag, Scanner, flags
from migrator.engine.suppressions import MARK, suppress, suppressions
from migrator.sources import source_categories
from migrator.sources.walk import Skipped, is_generated

LARGEST = 2_000_000
"""Bytes. Nobody writes larger files by hand."""
_MINIFIED = 500
"""Characters of an average line beyond which JavaScript was not written by hand."""
_SCRIPTS = frozenset((Language.JAVASCRIPT, Language.TYPESCRIPT))
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class FileResult(Struct, frozen=True):
    """What was found in one file."""

    flags: tuple[Flag, ...] = ()
    suppressed: int = 0
    skipped: tuple[Skipped, ...] = ()


class _Skip(Exception):
    """The file is not looked at, for the reason given."""


class FileLinter:
    """Looks for what the rules of a catalog report, in files below a folder."""

    def __init__(self, root: str, rules: Catalog) -> None:
        self.root = root
        self.rules = rules
        self.told = True
        """Whether wrong suppressions are findings: not when only some rules are asked for."""
        scanners = [scanner for category in source_categories() for scanner in category.scanners]
        self._scanners = {word: [s for s in scanners if word in s.languages] for word in Language}

    def lint(self, path: str) -> FileResult:
        """What is found in a file, by its text."""
        if is_generated(path):
            return FileResult()
        try:
            language = language_of(path) or self.by_first_line(path)
            data = self._read(path) if language else None
            if language is None or data is None:
                return FileResult()
            scanners = self._concerned(language, data)
            if not scanners and MARK not in data:
                return FileResult()
            return self.lint_text(SourceFile(path, language, _decoded(language, data), self.root), scanners)
        except _Skip as reason:
            return FileResult(skipped=(Skipped(path, str(reason)),))

    def lint_text(self, file: SourceFile, scanners: Iterable[Scanner]) -> FileResult:
        """What some scanners find in a text."""
        skipped: list[Skipped] = []
        found: list[Flag] = []
        refused: set[Fix] = set()
        for scanner in scanners:
            try:
                for use in scanner.scan(file):
                    made = list(flags((use,), file, self.rules))
                    found += made
                    if use.fix and not made:
                        refused.add(use.fix)  # a rule that nobody asked for
            except NotScanned as reason:
                skipped.append(Skipped(file.path, str(reason)))
        kept, dropped = suppress(found, suppressions(file.path, file.text)) if _has_mark(file) else (found, ())
        refused.update(flag.fix for flag in dropped if flag.fix)
        shown = (flag for flag in kept if self.told or not flag.finding.rule.startswith("LINT"))
        whole = (structs.replace(flag, fix=None) if flag.fix in refused else flag for flag in shown)
        return FileResult(tuple(whole), len(dropped), tuple(dict.fromkeys(skipped)))

    def by_path(self, path: str) -> Iterator[Flag]:
        """What is found by the path alone."""
        file = SourceFile(path, Language.PATH, "", self.root)
        for scanner in self._scanners[Language.PATH]:
            yield from flags(scanner.scan(file), file, self.rules)

    def by_listing(self, paths: Iterable[str]) -> Iterator[Flag]:
        """What is found by all paths together."""
        file = SourceFile("", Language.LISTING, "\n".join(paths), self.root)
        for scanner in self._scanners[Language.LISTING]:
            yield from flags(scanner.scan(file), file, self.rules)

    def scanners(self, language: Language, text: str) -> list[Scanner]:
        """The scanners that a text is worth reading for."""
        return self._concerned(language, text.encode("utf-8", "surrogatepass"))

    def _concerned(self, language: Language, data: bytes) -> list[Scanner]:
        return [scanner for scanner in self._scanners[language] if scanner.concerns(language, data)]

    def by_first_line(self, path: str) -> Language | None:
        """The language of a file without a suffix."""
        if "." in path.rpartition("/")[2]:
            return None
        try:
            with open(os.path.join(self.root, path), "rb", buffering=0) as file:
                return Language.SHELL if is_shell_script(file.read(100)) else None
        except OSError:
            return None  # what it is cannot be known, and most such files are no scripts

    def _read(self, path: str) -> bytes:
        try:
            with open(os.path.join(self.root, path), "rb", buffering=0) as file:
                if os.fstat(file.fileno()).st_size > LARGEST:
                    raise _Skip(f"larger than {LARGEST // 1_000_000} MB")
                return file.readall()
        except OSError as error:
            raise _Skip(error.strerror or "cannot be read") from None


def _has_mark(file: SourceFile) -> bool:
    return MARK.decode() in file.text


def _decoded(language: Language, data: bytes) -> str:
    text = data.decode("utf-16" if data[:2] in _WIDE else "utf-8", errors="replace").removeprefix("\ufeff")
    if "\0" in text:
        raise _Skip("binary")
    if language in _SCRIPTS and len(text) > 20_000 and len(text) > _MINIFIED * text.count("\n"):
        raise _Skip("minified")
    return text
