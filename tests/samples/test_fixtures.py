"""Every fixture is read and converted: files are written, or the message says why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from migrator.commands.assessment import Assessment
from migrator.commands.convert import Conversion, Request, convert
from migrator.core.errors import MigratorError
from migrator.gen1.project import discover
from tests.projects import FIXTURES

DEFECTS = ("GEN003", "GEN004", "GEN006")
"""Findings that say that migrate itself is wrong."""


def projects() -> Iterator[Path]:
    """The fixtures; those below `broken` are projects each."""
    for fixture in FIXTURES:
        yield from sorted(fixture.iterdir()) if fixture.name == "broken" else (fixture,)


PARAMETERS = [pytest.param(project, id=project.name) for project in projects()]


def converted(project: Path, out: Path) -> tuple[tuple[Conversion, ...], str]:
    """What was written, or the hint of the message that says why nothing was."""
    try:
        return convert(Request(project, out)), ""
    except MigratorError as error:
        return (), "" if "GEN003" in error.message else error.hint


@pytest.mark.parametrize("project", PARAMETERS)
def test_a_fixture_is_converted_or_refused_with_a_hint(project: Path, tmp_path: Path) -> None:
    done, hint = converted(project, tmp_path / "gen2")
    assert done or hint
    assert all((one.folder / "MIGRATION.md").is_file() for one in done)
    assert [finding.message for one in done for finding in one.findings if finding.rule in DEFECTS] == []


@pytest.mark.parametrize("project", PARAMETERS)
def test_no_rule_and_no_reader_fails_on_a_fixture(project: Path) -> None:
    apps = [app for app in discover(project).apps if app.entries]
    found = [finding for app in apps for finding in Assessment(app).findings if finding.rule in DEFECTS]
    assert [f"{finding.rule}: {finding.message}" for finding in found] == []


def test_notes_of_old_versions_of_the_cli_are_all_accounted_for() -> None:
    (fixture,) = (one for one in FIXTURES if one.name == "old-notes")
    accounts = Assessment(discover(fixture).apps[0]).accounts
    assert [account.unread for account in accounts if account.unread] == []
