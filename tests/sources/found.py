"""What scanners find in a piece of source code."""

from __future__ import annotations

from migrator.documents.source import example_file
from migrator.engine.sources import Use
from migrator.gen1.graph import Node
from migrator.sources import source_categories
from migrator.sources.uses import Command, Import


def uses(language: str, text: str, path: str = "") -> list[Use]:
    file = example_file(language, text, path)
    scanners = [scanner for category in source_categories() for scanner in category.scanners]
    return [use for s in scanners if s.concerns(file.language, text.encode()) for use in s.scan(file)]


def nodes(language: str, text: str, path: str = "") -> list[Node]:
    return [use.node for use in uses(language, text, path)]


def said(language: str, text: str, path: str = "") -> list[str]:
    """The commands of the Gen 1 CLI."""
    return [node.said for node in nodes(language, text, path) if isinstance(node, Command)]


def modules(text: str, language: str = "javascript") -> list[str]:
    """The modules that are imported, when one of them is worth a look."""
    return [node.module for node in nodes(language, text) if isinstance(node, Import)]


def marked(language: str, text: str) -> list[str]:
    """The text that is marked for each use."""
    return [text[use.start : use.end] for use in uses(language, text)]
