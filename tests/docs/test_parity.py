"""The table of features names what is there: rules that hold in the projects that it names, and files that exist."""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType
from typing import Any

import pytest

from migrator.commands.assessment import Assessment
from migrator.commands.explain import catalogue
from migrator.engine.context import Options
from migrator.engine.rule import Support
from migrator.gen1.project import App, discover
from tests.projects import FIXTURES, ROOT, SAMPLES, settings

REUSE = Options(reuse=frozenset(("auth", "storage", "data")), api_id="abcdefghijklmnopqrstuvwxyz")
DATASTORE = Options(datastore="keep")
RULES = {rule.id: rule for rule in catalogue()}


def script() -> ModuleType:
    spec = spec_from_file_location("document_parity", ROOT / "scripts/document_parity.py")
    if spec is None or spec.loader is None:
        raise ImportError("scripts/document_parity.py")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # msgspec looks its annotations up there
    spec.loader.exec_module(module)
    return module


TABLE = script().parity()
ROWS = [pytest.param(row, id=row.feature) for row in TABLE.rows]


def apps(project: str) -> tuple[App, ...]:
    for sample in SAMPLES:
        if sample.name == project:
            return discover(sample / "gen1", settings(sample).get("env")).apps
    (fixture,) = (one for one in FIXTURES if one.name == project)
    return discover(fixture).apps


@cache
def rules_of(project: str) -> frozenset[str]:
    """The rules that hold for something in a project, made anew, with its live resources kept, or with DataStore."""
    found: set[str] = set()
    for app in apps(project):
        for one in (Assessment(app), Assessment(app, REUSE), Assessment(app, DATASTORE)) if app.entries else ():
            found.update(match.rule.id for match in one.matches.matches)
            found.update(place.rule for account in one.accounts for place in account.dropped)
    return frozenset(found)


def test_the_page_is_current() -> None:
    page = (ROOT / "docs/parity.md").read_text(encoding="utf-8")
    assert page == script().page(), "run python scripts/document_parity.py"


def test_it_has_the_features_of_amplifys_own_table() -> None:
    assert len([row for row in TABLE.rows if row.aws != "unrated"]) >= 116


@pytest.mark.parametrize("row", ROWS)
def test_the_rules_of_a_feature_hold_in_a_project_that_it_names(row: Any) -> None:
    held = {rule for one in row.proof if "/" not in one for rule in rules_of(one)}
    about_gen1 = [rule for rule in row.rules if not RULES[rule].about_sources and not RULES[rule].about_proof]
    assert [rule for rule in about_gen1 if rule not in held] == []


@pytest.mark.parametrize("row", ROWS)
def test_the_files_that_a_feature_names_exist(row: Any) -> None:
    assert [one for one in row.proof if "/" in one and not (ROOT / one).exists()] == []


@pytest.mark.parametrize("row", ROWS)
def test_what_is_left_to_the_user_has_a_recipe(row: Any) -> None:
    left = [RULES[rule] for rule in row.rules if RULES[rule].support in (Support.MANUAL, Support.NONE)]
    assert [rule.id for rule in left if not rule.instead] == []
