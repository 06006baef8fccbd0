"""Rules against source code: the same rules, over uses that scanners find instead of facts that readers take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from migrator.core.finding import Finding, Severity
from migrator.core.location import Location
from migrator.core.ref import ResourceRef
from migrator.documents.source import Language, SourceFile, example_file
from migrator.engine.catalog import Catalog
from migrator.engine.conditions import holds
from migrator.engine.match import fill
from migrator.engine.rule import Example, Rule
from migrator.gen1.graph import Fact, Node

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)
"""What a rule about source code may say; `migrate lint --fail-on` takes these words."""


class Edit(Struct, frozen=True):
    """A part of a file, by its offsets, and what takes its place."""

    start: int
    end: int
    text: str


class Fix(Struct, frozen=True):
    """A change that is mechanical and certain: all of its edits, or none. Several uses may share one."""

    title: str
    edits: tuple[Edit, ...]


class Use(Struct, frozen=True):
    """One node found in a file, and the offsets of the text that says it."""

    node: Node
    start: int = 0
    end: int = 0
    fix: Fix | None = None


class Scanner(Struct, frozen=True):
    """Finds uses in files of some languages. A file whose bytes hold none of the `marks` is not scanned at all."""

    languages: frozenset[Language]
    marks: tuple[bytes, ...]
    scan: Callable[[SourceFile], Iterable[Use]]
    """May raise NotScanned."""

    def concerns(self, language: Language, data: bytes) -> bool:
        """Whether there may be something to find in a file of that language and content."""
        return language in self.languages and (not self.marks or any(mark in data for mark in self.marks))


class SourceCategory(Struct, frozen=True):
    """One field of source code: its rules file, the prefix of its rule ids, its nodes and what finds them."""

    name: str
    prefix: str
    nodes: tuple[type[Node], ...]
    scanners: tuple[Scanner, ...]


class Excerpt(Struct, frozen=True):
    """The line of a finding, and where in it the finding stands (columns from 1, the end excluded)."""

    text: str
    start: int
    end: int


class Flag(Struct, frozen=True):
    """A finding in source code, with its line (None: the finding is about the file as such)."""

    finding: Finding
    excerpt: Excerpt | None = None
    fix: Fix | None = None


def flags(uses: Iterable[Use], file: SourceFile, catalog: Catalog) -> Iterator[Flag]:
    """What the rules report of the uses found in a file."""
    for use in uses:
        rules = catalog.by_node.get(type(use.node).__name__, ())
        place, excerpt = _place(use, file)
        for rule in rules:
            fact = Fact(ResourceRef(rule.category, file.path), "", use.node)
            for clause in rule.report if holds(rule.when, fact) else ():
                if holds(clause.when, fact):
                    severity, message = Severity(clause.severity), fill(clause.message, fact)
                    finding = Finding(rule.id, severity, message, place, fill(clause.hint or rule.instead, fact))
                    yield Flag(finding, excerpt, use.fix)


def carry_source(rule: Rule, example: Example, category: SourceCategory) -> tuple[Flag, ...]:
    """What one rule reports of one of its examples. Raises NotScanned when the example cannot be read."""
    file = example_file(example.language, example.text, example.file, example.beside)
    wanted = [scanner for scanner in category.scanners if scanner.concerns(file.language, example.text.encode())]
    return tuple(flag for scanner in wanted for flag in flags(scanner.scan(file), file, Catalog((rule,))))


def _place(use: Use, file: SourceFile) -> tuple[Location, Excerpt | None]:
    if file.language is Language.PATH:
        return Location(file.path), None
    if file.language is Language.LISTING:
        return Location(file.text[use.start : use.end]), None
    begin = file.text.rfind("\n", 0, use.start) + 1
    newline = file.text.find("\n", use.start)
    end = len(file.text) if newline < 0 else newline
    column = use.start - begin + 1
    excerpt = Excerpt(file.text[begin:end].rstrip(), column, min(use.end, end) - begin + 1)
    return Location(file.path, "", file.text.count("\n", 0, begin) + 1, column), excerpt
