"""The table of what the readers may find."""

from __future__ import annotations

import re
from pathlib import Path

import migrator
from migrator.core.location import Location
from migrator.documents.load import Refused
from migrator.gen1.findings import READER_FINDINGS, finding

SOURCES = [p for folder in ("documents", "gen1") for p in (Path(migrator.__file__).parent / folder).glob("*.py")]


def test_every_id_that_the_readers_use_is_in_the_table() -> None:
    used = {id for path in SOURCES for id in re.findall(r'"(GEN\d{3})"', path.read_text())}
    assert used == READER_FINDINGS.keys()


def test_findings_made_without_the_table_have_its_severity() -> None:
    pattern = re.compile(r'"(GEN\d{3})",\s*Severity\.([A-Z]+)')
    made = [pair for path in SOURCES for pair in pattern.findall(path.read_text()) if path.name != "findings.py"]
    assert made
    assert [(id, READER_FINDINGS[id].severity.name) for id, _ in made] == made


def test_refused_files_have_the_severity_of_the_table() -> None:
    for id in ("GEN010", "GEN018", "GEN019"):
        assert Refused(Location("a"), "x", rule=id).finding.severity is READER_FINDINGS[id].severity


def test_a_finding_has_the_advice_of_its_row_unless_it_has_its_own() -> None:
    assert finding("GEN016", "x").hint == READER_FINDINGS["GEN016"].instead
    assert finding("GEN016", "x", hint="y").hint == "y"
