"""Rules from folders: parsed, and checked against every category (`--rules DIR`, the tests, building the wheel)."""

from __future__ import annotations

from pathlib import Path

from migrator.categories import announcements, load
from migrator.engine.catalog import Catalog, load_catalog
from migrator.engine.checks import check_rules
from migrator.engine.loader import parse_folder
from migrator.engine.rule import Rule


def check_folder(folder: Path) -> tuple[Rule, ...]:
    """Every rule of a folder. Raises RuleError, with file and line, for the first that is wrong."""
    rules = parse_folder(folder)
    check_rules(
        rules,
        {a.name: load(a.name) for a in announcements()},
        {a.name: a.prefix for a in announcements()},
    )
    return rules


def catalog(names: tuple[str, ...], extra: Path | None = None) -> Catalog:
    """The shipped rules of the named files; a rule of `extra` takes the place of one with its id. Raises RuleError."""
    return load_catalog(names, check_folder(extra) if extra else ())
