"""`migrate lint`: Gen 1 patterns in the source code of a repository."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from migrator.core.errors import ProjectError, UsageError
from migrator.core.finding import Severity
from migrator.documents.source import Language, NotScanned, SourceFile, is_shell_script, language_of
from migrator.engine.catalog import Catalog, load_catalog
from migrator.engine.rule import Rule
from migrator.engine.sources import SEVERITIES, Flag, Scanner, Use, flags
from migrator.gen1.graph import Node
from migrator.sources import source_categories
from migrator.sources.walk import Skipped, Walk, is_generated

LARGEST = 2_000_000
"""Bytes. Nobody writes larger files by hand."""
_MINIFIED = 500
"""Characters of an average line beyond which JavaScript was not written by hand."""
_SCRIPTS = frozenset((Language.JAVASCRIPT, Language.TYPESCRIPT))
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class Lint(Struct, frozen=True):
    """The result of `migrate lint`."""

    root: Path
    """The folder that the paths of findings start from."""
    files: int
    """How many files were looked at."""
    flags: tuple[Flag, ...]
    skipped: tuple[Skipped, ...]

    @property
    def counts(self) -> Mapping[Severity, int]:
        """Findings by severity."""
        found = [flag.finding.severity for flag in self.flags]
        return {severity: found.count(severity) for severity in SEVERITIES}


def lint(
    paths: Iterable[Path], select: Iterable[str] = (), ignore: Iterable[str] = (), rules: Path | None = None
) -> Lint:
    """Looks for Gen 1 patterns in files and folders.

    `select` and `ignore` are ids, beginnings of ids or names of rules. Raises ProjectError for a path that is not
    there, UsageError for a word that fits no rule, RuleError when a file of `rules` is wrong.
    """
    listed = tuple(paths)
    for path in listed:
        if not path.exists():
            raise ProjectError(f"There is no file or folder {path}", hint="Check the path.")
    linter = _Linter(_root(listed), chosen(_rules(rules), select, ignore))
    found = sorted(linter.run(listed), key=_order)
    return Lint(Path(linter.walk.root), linter.files, tuple(found), tuple(linter.walk.skipped))


def chosen(rules: Iterable[Rule], select: Iterable[str], ignore: Iterable[str]) -> Catalog:
    """The rules that are selected (all, when nothing is) and not ignored. Raises UsageError."""
    every = tuple(rules)
    wanted, unwanted = (_meant(every, words) for words in (select, ignore))
    return Catalog(rule for rule in every if (rule.id in wanted or not select) and rule.id not in unwanted)


def _meant(rules: tuple[Rule, ...], words: Iterable[str]) -> frozenset[str]:
    meant: set[str] = set()
    for word in words:
        fitting = {rule.id for rule in rules if rule.id.startswith(word.upper()) or rule.name == word.lower()}
        if not fitting:
            prefixes = ", ".join(category.prefix for category in source_categories())
            hint = f"Ids begin with {prefixes}; `migrate rules` lists all."
            raise UsageError(f"no rule about source code is called {word!r}", hint=hint)
        meant |= fitting
    return frozenset(meant)


def _rules(extra: Path | None) -> tuple[Rule, ...]:
    names = tuple(category.name for category in source_categories())
    if extra is None:
        return load_catalog(names).rules
    from migrator.commands.rulebook import catalog  # the checks need every category and YAML

    return tuple(rule for rule in catalog(names, extra).rules if rule.category in names)


def _root(paths: tuple[Path, ...]) -> Path:
    """The current folder when everything is below it, else the folder that holds everything."""
    places = [os.path.realpath(path) for path in paths]
    here = os.path.realpath(".")
    if all(place == here or place.startswith(os.path.join(here, "")) for place in places):
        return Path(here)
    try:
        shared = os.path.commonpath([place if os.path.isdir(place) else os.path.dirname(place) for place in places])
    except ValueError:
        raise UsageError("the paths lie on different drives", hint="Lint them one by one.") from None
    return Path(shared)


def _order(flag: Flag) -> tuple[str, int, int, str]:
    place = flag.finding.location
    return (place.file, place.line, place.column, flag.finding.rule) if place else ("", 0, 0, flag.finding.rule)


class _Linter:
    def __init__(self, root: Path, rules: Catalog) -> None:
        self.walk = Walk(root)
        self.rules = rules
        self.files = 0
        self._named: set[Node] = set()
        """What was found by path: one folder holds many files."""
        scanners = [scanner for category in source_categories() for scanner in category.scanners]
        self._scanners = {word: [s for s in scanners if word in s.languages] for word in Language}

    def run(self, paths: Iterable[Path]) -> Iterator[Flag]:
        for path in self.walk.files(paths):
            self.files += 1
            yield from self._by_path(path)
            if not is_generated(path):
                yield from self._by_text(path)

    def _by_path(self, path: str) -> Iterator[Flag]:
        file = SourceFile(path, Language.PATH, "", self.walk.root)
        for scanner in self._scanners[Language.PATH]:
            fresh = [use for use in scanner.scan(file) if use.node not in self._named]
            self._named.update(use.node for use in fresh)
            yield from flags(fresh, file, self.rules)

    def _by_text(self, path: str) -> Iterator[Flag]:
        language = language_of(path) or self._by_first_line(path)
        data = self._read(path) if language else None
        if language is None or data is None:
            return
        scanners = [scanner for scanner in self._scanners[language] if scanner.concerns(language, data)]
        if scanners and (file := self._decoded(path, language, data)):
            yield from flags(self._uses(file, scanners), file, self.rules)

    def _by_first_line(self, path: str) -> Language | None:
        """The language of a file without a suffix."""
        if "." in path.rpartition("/")[2]:
            return None
        try:
            with open(os.path.join(self.walk.root, path), "rb", buffering=0) as file:
                return Language.SHELL if is_shell_script(file.read(100)) else None
        except OSError:
            return None  # what it is cannot be known, and most such files are no scripts

    def _uses(self, file: SourceFile, scanners: Iterable[Scanner]) -> Iterator[Use]:
        for scanner in scanners:
            try:
                yield from scanner.scan(file)
            except NotScanned as reason:
                self._skip(file.path, str(reason))

    def _read(self, path: str) -> bytes | None:
        try:
            with open(os.path.join(self.walk.root, path), "rb", buffering=0) as file:
                if os.fstat(file.fileno()).st_size > LARGEST:
                    self._skip(path, f"larger than {LARGEST // 1_000_000} MB")
                    return None
                return file.readall()
        except OSError as error:
            self._skip(path, error.strerror or "cannot be read")
            return None

    def _decoded(self, path: str, language: Language, data: bytes) -> SourceFile | None:
        text = data.decode("utf-16" if data[:2] in _WIDE else "utf-8", errors="replace").removeprefix("\ufeff")
        if "\0" in text:
            self._skip(path, "binary")
            return None
        if language in _SCRIPTS and len(text) > 20_000 and len(text) > _MINIFIED * text.count("\n"):
            self._skip(path, "minified")
            return None
        return SourceFile(path, language, text, self.walk.root)

    def _skip(self, path: str, reason: str) -> None:
        self.walk.skipped.append(Skipped(path, reason))
