"""Real apps and schemas: everything is read, and what cannot be converted says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.categories.data.edits import Changes, edited
from migrator.categories.data.model import AuthMode, GraphqlApi, SchemaFile, UnconvertedApi
from migrator.categories.data.schema_document import SchemaDocument
from migrator.categories.data.sdl import parse
from migrator.commands.assessment import Assessment
from migrator.gen1.project import discover
from tests.projects import ROOT

CORPUS = ROOT.parent / "shared" / "corpus"
APPS = sorted(p for p in (CORPUS / "apps").iterdir() if p.is_dir()) if CORPUS.is_dir() else []
SCHEMAS = sorted((CORPUS / "schemas").glob("*.graphql")) if CORPUS.is_dir() else []


def test_the_corpus_is_here() -> None:
    if not APPS:
        pytest.skip(f"no corpus at {CORPUS}")
    assert SCHEMAS


@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name) for folder in APPS])
def test_every_setting_of_an_api_is_accounted_for(folder: Path) -> None:
    for app in discover(folder).apps:
        assessment = Assessment(app)
        for entry in app.of("api", "AppSync"):
            account = next(a for a in assessment.accounts if a.ref == entry.ref)
            assert account.unread == ()
            assert [f.message for f in account.findings if f.rule == "GEN002"] == []
            converted = assessment.context.graph.facts(GraphqlApi, entry.ref)
            left_out = assessment.context.graph.facts(UnconvertedApi, entry.ref)
            assert len(converted) + len(left_out) == 1
            assert bool(left_out) is any(f.rule.startswith("DATA90") for f in assessment.findings)


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in SCHEMAS])
def test_a_schema_is_edited_into_one_that_parses(path: Path) -> None:
    text = path.read_text()
    document = SchemaDocument(path, path.name, text, parse(text))
    assert any(True for _ in document.leaves())
    changes = Changes(owners=True, indexes=True, operations=True)
    (file,) = edited([SchemaFile(path.name, text)], AuthMode.USER_POOL, changes)
    assert parse(file.text)


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in SCHEMAS])
def test_editing_twice_changes_nothing_more(path: Path) -> None:
    changes = Changes(owners=True, indexes=True, operations=True)
    once = edited([SchemaFile(path.name, path.read_text())], AuthMode.USER_POOL, changes)
    assert edited(once, AuthMode.USER_POOL, changes) == once
