"""Real Gen 1 apps, where a folder of them is at hand: reading ends with findings, never with an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.gen1.project import App, Verdict, discover

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "apps"
APPS = sorted(path.name for path in CORPUS.iterdir()) if CORPUS.is_dir() else []

pytestmark = pytest.mark.skipif(not APPS, reason=f"no folder of apps at {CORPUS}")


def read(app: App) -> int:
    """Reads everything there is to read; the number of settings."""
    settings = 0
    for entry in app.entries:
        settings += sum(1 for document in entry.documents.values() for _ in document.leaves())
        template = entry.template()
        for resource in template.resources() if template else ():
            resource.properties.whole()
            resource.attribute("Metadata").whole()
        for _, output in template.outputs() if template else ():
            output.whole()
        assert entry.dependencies.value is not None
        assert entry.parameters is not None
    return settings


@pytest.mark.parametrize("name", APPS)
def test_an_app_is_read_whole(name: str) -> None:
    project = discover(CORPUS / name)
    assert project.verdict is Verdict.GEN1
    (app,) = project.apps
    assert app.entries
    assert read(app) > 0
    assert app.findings is not None


@pytest.mark.parametrize("name", APPS)
def test_the_amplify_folder_gives_the_same_app(name: str) -> None:
    (whole,), (folder,) = discover(CORPUS / name).apps, discover(CORPUS / name / "amplify").apps
    assert [entry.ref for entry in folder.entries] == [entry.ref for entry in whole.entries]


def test_all_apps_are_one_monorepo() -> None:
    project = discover(CORPUS)
    assert len(project.apps) == len(APPS)
    assert len({app.name for app in project.apps}) == len(APPS)


@pytest.mark.parametrize("name", APPS)
def test_every_source_of_an_evaluated_property_is_in_its_document(name: str) -> None:
    (app,) = discover(CORPUS / name).apps
    for entry in app.entries:
        template = entry.template()
        for resource in template.resources() if template else ():
            for document, pointer in resource.properties.whole().sources:
                value = document.root
                for part in pointer:
                    value = value[part]  # type: ignore[index, call-overload]
