"""Settings of whole projects of real apps: every place in their files is answered for."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.categories.project.read import read_app
from migrator.commands.assessment import Assessment
from migrator.gen1.project import discover
from tests.projects import ROOT

CORPUS = ROOT.parent / "shared" / "corpus" / "apps"
FOLDERS = sorted(p for p in CORPUS.iterdir() if p.is_dir()) if CORPUS.is_dir() else []


def test_the_corpus_is_here() -> None:
    if not FOLDERS:
        pytest.skip(f"no corpus of apps at {CORPUS}")
    assert all(read_app(app) is not None for folder in FOLDERS for app in discover(folder).apps)


@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name) for folder in FOLDERS])
def test_nothing_of_a_project_is_unread(folder: Path) -> None:
    for app in discover(folder).apps:
        one = Assessment(app)
        assert [account.unread for account in one.accounts if account.ref in one.whole] == [()]
