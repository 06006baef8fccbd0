"""`migrate lint`: Gen 1 patterns in the source code of a repository."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from migrator.commands.baseline import Baseline, fresh, read_baseline
from migrator.commands.lint_files import FileLinter, FileResult
from migrator.commands.lint_pool import lint_all
from migrator.commands.lint_settings import LintSettings, PathSettings, fits, read_settings
from migrator.core.errors import ProjectError, UsageError
from migrator.core.finding import Severity
from migrator.documents.source import SourceFile
from migrator.engine.catalog import Catalog, load_catalog
from migrator.engine.rule import Rule
from migrator.engine.sources import SEVERITIES, Flag
from migrator.sources import source_categories
from migrator.sources.walk import Skipped, Walk

_OWN_IDS = ("LINT001", "LINT002")
"""Findings about suppressions, which no rule makes."""


class Lint(Struct, frozen=True):
    """The result of `migrate lint`."""

    root: Path
    """The folder that the paths of findings start from."""
    files: int
    """How many files were looked at."""
    flags: tuple[Flag, ...]
    skipped: tuple[Skipped, ...]
    suppressed: int = 0
    """How many findings comments suppressed."""
    known: int = 0
    """How many findings are in the baseline."""
    all_flags: tuple[Flag, ...] = ()
    """With those in the baseline."""
    baseline: Baseline | None = None

    @property
    def counts(self) -> Mapping[Severity, int]:
        """Findings by severity."""
        found = [flag.finding.severity for flag in self.flags]
        return {severity: found.count(severity) for severity in SEVERITIES}

    @property
    def fixable(self) -> int:
        """How many findings `--fix` would change something for."""
        return sum(flag.fix is not None for flag in self.flags)


class Selection(Struct, frozen=True):
    """What is asked for: ids, beginnings of ids or names of rules, and rules of the user's own."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: Path | None = None


def lint(
    paths: Iterable[Path],
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    rules: Path | None = None,
    baseline: Path | None = None,
    settings: LintSettings | None = None,
    jobs: int | None = None,
) -> Lint:
    """Looks for Gen 1 patterns in files and folders.

    `select` and `ignore` are ids, beginnings of ids or names of rules. Raises ProjectError for a path that is not
    there, UsageError for a word that fits no rule and for wrong settings, RuleError when a file of `rules` is wrong.
    """
    listed = tuple(paths)
    root = root_of(listed)
    settings = read_settings(root) if settings is None else settings
    run = Run(root, Selection(tuple(select) or settings.select, (*ignore, *settings.ignore), rules), settings)
    return run.result(listed, read_baseline(baseline) if baseline else None, jobs)


def chosen(rules: Iterable[Rule], select: Iterable[str], ignore: Iterable[str]) -> Catalog:
    """The rules that are selected (all, when nothing is) and not ignored. Raises UsageError."""
    every = tuple(rules)
    wanted, unwanted = (_meant(every, words) for words in (select, ignore))
    return Catalog(rule for rule in every if (rule.id in wanted or not select) and rule.id not in unwanted)


def file_linter(root: Path, wanted: Selection) -> FileLinter:
    """What looks at single files, with the rules that are asked for. Raises UsageError, RuleError."""
    linter = FileLinter(os.fspath(root), chosen(_rules(wanted.rules), wanted.select, wanted.ignore))
    linter.told = not wanted.select or any(word.upper().startswith("LINT") for word in wanted.select)
    return linter


def _meant(rules: tuple[Rule, ...], words: Iterable[str]) -> frozenset[str]:
    meant: set[str] = set()
    for word in words:
        fitting = {rule.id for rule in rules if rule.id.startswith(word.upper()) or rule.name == word.lower()}
        fitting |= {id for id in _OWN_IDS if id.startswith(word.upper())}
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


def root_of(paths: Iterable[Path]) -> Path:
    """The current folder when everything is below it, else the folder that holds everything.

    Raises ProjectError for a path that is not there.
    """
    paths = tuple(paths)
    for path in paths:
        if not path.exists():
            raise ProjectError(f"There is no file or folder {path}", hint="Check the path.")
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


class Run:
    """One run over files: what it finds, and what it counts on the way. Raises UsageError for wrong words."""

    def __init__(self, root: Path, wanted: Selection, settings: LintSettings) -> None:
        self.walk = Walk(root)
        self.files = 0
        self.suppressed = 0
        self.skipped: list[Skipped] = []
        self._settings = settings
        self._ignored = {word.upper() for word in wanted.ignore}
        self.linter = file_linter(root, wanted)
        rules = self.linter.rules.rules
        self._paths = [(pattern, _Allowed(rules, one)) for pattern, one in settings.paths.items()]

    def result(self, paths: Iterable[Path], known: Baseline | None = None, jobs: int | None = None) -> Lint:
        """What is found in files and folders; what is in the baseline is set apart."""
        every = tuple(sorted(self._flags(paths, jobs), key=_order))
        left = fresh(every, known)
        skipped = (*self.walk.skipped, *self.skipped)
        root = Path(self.walk.root)
        return Lint(root, self.files, left, skipped, self.suppressed, len(every) - len(left), every, known)

    def of_text(self, file: SourceFile) -> tuple[Flag, ...]:
        """What is found in a text that is a file's."""
        found = self.linter.lint_text(file, self.linter.scanners(file.language, file.text)).flags
        refused = {flag.fix for flag in found if not self._is_wanted(flag)}
        return tuple(flag for flag in found if self._is_wanted(flag) and flag.fix not in refused - {None})

    def _flags(self, paths: Iterable[Path], jobs: int | None) -> Iterator[Flag]:
        listed = [path for path in self.walk.files(paths) if not self._settings.excludes(path)]
        self.files = len(listed)
        found = (*self._by_path(listed), *self._by_text(listed, jobs))
        return (flag for flag in found if self._is_wanted(flag))

    def _by_path(self, paths: list[str]) -> Iterator[Flag]:
        """What is found by path: one folder holds many files, and is named once."""
        yield from self.linter.by_listing(paths)
        named: set[tuple[str, str]] = set()
        for path in paths:
            for flag in self.linter.by_path(path):
                identity = (flag.finding.rule, flag.finding.message)
                if identity not in named:
                    named.add(identity)
                    yield flag

    def _by_text(self, paths: list[str], jobs: int | None) -> Iterator[Flag]:
        result: FileResult
        for result in lint_all(self.linter, paths, jobs):
            self.suppressed += result.suppressed
            self.skipped += result.skipped
            yield from result.flags

    def _is_wanted(self, flag: Flag) -> bool:
        if any(flag.finding.rule.startswith(word) for word in self._ignored if word.startswith("LINT")):
            return False
        path = flag.finding.location.file if flag.finding.location else ""
        return all(one.allows(flag.finding.rule) for pattern, one in self._paths if fits(pattern, path))


class _Allowed:
    """The rules that count for some files."""

    def __init__(self, rules: tuple[Rule, ...], settings: PathSettings) -> None:
        self._select = _meant(rules, settings.select) if settings.select else None
        self._ignore = _meant(rules, settings.ignore)

    def allows(self, rule: str) -> bool:
        return rule not in self._ignore and (self._select is None or rule in self._select)
