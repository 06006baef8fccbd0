"""Rules from folders: parsed, and checked against every category (`--rules DIR`, the tests, building the wheel).

A category is one of resources (`migrator.categories`) or one of source code (`migrator.sources`).
"""

from __future__ import annotations

from pathlib import Path

from migrator.categories import announcements, load
from migrator.engine.catalog import Catalog, load_catalog
from migrator.engine.checks import check_rules
from migrator.engine.loader import parse_folder
from migrator.engine.rule import Rule
from migrator.sources import source_categories


def check_folder(folder: Path) -> tuple[Rule, ...]:
    """Every rule of a folder. Raises RuleError, with file and line, for the first that is wrong."""
    rules = parse_folder(folder)
    sources = source_categories()
    check_rules(
        rules,
        {**{a.name: load(a.name) for a in announcements()}, **{s.name: s for s in sources}},
        {**{a.name: a.prefix for a in announcements()}, **{s.name: s.prefix for s in sources}},
    )
    return rules


def catalog(names: tuple[str, ...], extra: Path | None = None) -> Catalog:
    """The shipped rules of the named files; a rule of `extra` takes the place of one with its id. Raises RuleError."""
    return load_catalog(names, check_folder(extra) if extra else ())
