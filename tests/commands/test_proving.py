"""The proof of the data schema as a part of `migrate convert`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from migrator.commands.convert import Conversion, Request, convert
from migrator.commands.emitted import Emitted, emitted, settled
from migrator.core.finding import Severity
from migrator.engine.proof import Outcome
from migrator.gen1.project import discover
from migrator.report.convert_json import convert_document
from migrator.report.convert_text import convert_text
from tests.projects import ROOT, settings

CLUB = ROOT / "sample_projects" / "club"
SCHEMA = "amplify/data/schema.graphql"


def request(out: Path, **more: object) -> Request:
    return replace(Request(CLUB / "gen1", out, env=settings(CLUB).get("env")), **more)


def run(out: Path, **more: object) -> Conversion:
    return convert(request(out, **more))[0]


def spoilt(one: Emitted, old: str, new: str) -> Emitted:
    """The app with another text in every file of its schema."""
    files = tuple(
        replace(file, content=file.content.replace(old, new))
        if isinstance(file.content, str) and file.path.startswith("amplify/data/")
        else file
        for file in one.emission.files
    )
    return replace(one, emission=replace(one.emission, files=files))


def draft(out: Path, schema: str) -> tuple[Emitted, Request]:
    """The club as it would be written in a style, and the request for it."""
    asked = request(out, proof=True)
    app = discover(asked.path, asked.env).apps[0]
    return emitted(app, asked, out, schema), asked


def files(out: Path) -> dict[Path, bytes]:
    """What was written; the manifest notes where."""
    found = (path for path in out.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(out): path.read_bytes() for path in found}


def rules(one: Emitted) -> dict[str, Severity]:
    return {finding.rule: finding.severity for finding in one.told}


@pytest.fixture
def no_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which nothing was installed."""
    monkeypatch.setenv("MIGRATE_CACHE", str(tmp_path / "cache"))


def test_without_the_tools_the_proof_says_how_to_get_them(tmp_path: Path, no_packages: None, node_tools: None) -> None:
    done = run(tmp_path / "gen2", proof=True)
    assert done.schema is not None
    assert done.schema.proof.outcome is Outcome.NOT_RUN
    assert "migrate verify --only schema --install" in done.schema.proof.reason


def test_a_proof_that_was_left_out_is_not_run(tmp_path: Path) -> None:
    done = run(tmp_path / "gen2", proof=False)
    assert done.schema is not None
    assert (done.schema.proof.outcome, done.schema.proof.reason) == (Outcome.NOT_RUN, "it was left out (--no-proof)")


def test_a_project_without_data_has_no_proof(tmp_path: Path) -> None:
    done = run(tmp_path / "gen2", features=("auth",), proof=True)
    assert done.schema is None
    assert convert_document([done])["data"] == {"style": None, "proof": "not-run", "patches": 0, "reasons": []}


def test_the_reason_why_no_proof_has_run_is_told(tmp_path: Path) -> None:
    text = convert_text([run(tmp_path / "gen2", proof=False)], dry_run=False, verbose=False)
    assert "not proven: it was left out (--no-proof)." in text


@pytest.mark.node
def test_the_schema_is_proven_before_it_is_written(tmp_path: Path, pinned_packages: None) -> None:
    done = run(tmp_path / "gen2", proof=True)
    assert done.schema is not None
    assert (done.schema.proof.outcome, done.schema.proof.reason) == (Outcome.EQUAL, "")
    assert convert_document([done])["data"]["proof"] == "equal"


@pytest.mark.node
def test_a_dry_run_is_proven_too(tmp_path: Path, pinned_packages: None) -> None:
    done = run(tmp_path / "gen2", proof=True, dry_run=True)
    assert done.schema is not None
    assert done.schema.proof.outcome is Outcome.EQUAL


@pytest.mark.node
def test_the_files_do_not_depend_on_whether_the_proof_has_run(tmp_path: Path, pinned_packages: None) -> None:
    run(tmp_path / "with", proof=True)
    run(tmp_path / "without", proof=False)
    assert files(tmp_path / "with") == files(tmp_path / "without")


@pytest.mark.node
def test_sdl_that_is_not_gen1s_blocks_the_deployment(tmp_path: Path, pinned_packages: None) -> None:
    one, asked = draft(tmp_path, "sdl")
    (found,) = settled([spoilt(one, "boatClass: BoatClass!", "boatClass: BoatClass")], asked)
    assert rules(found) == {"GEN051": Severity.BLOCKER}
    assert "Boat.boatClass: Gen 1 `BoatClass!`, Gen 2 `BoatClass`" in found.told[0].message


@pytest.mark.node
def test_a_typed_schema_that_is_different_is_written_as_sdl(tmp_path: Path, pinned_packages: None) -> None:
    one, asked = draft(tmp_path, "typed")
    (found,) = settled([spoilt(one, "a.boolean()", "a.string()")], asked)
    assert rules(found) == {"GEN050": Severity.WARNING}
    assert SCHEMA in {file.path for file in found.emission.files}
    assert found.proven is not None
    assert (found.proven.outline.style, found.proven.proof.outcome) == ("sdl", Outcome.EQUAL)


@pytest.mark.node
def test_a_typed_schema_that_does_not_load_is_written_as_sdl(tmp_path: Path, pinned_packages: None) -> None:
    one, asked = draft(tmp_path, "typed")
    (found,) = settled([spoilt(one, "a.schema(", "a.scheme(")], asked)
    assert rules(found) == {"GEN050": Severity.WARNING}


@pytest.mark.node
def test_the_style_that_was_fallen_back_to_is_remembered(tmp_path: Path, pinned_packages: None) -> None:
    one, asked = draft(tmp_path, "typed")
    (found,) = settled([spoilt(one, "a.schema(", "a.scheme(")], asked)
    assert found.options.schema == "sdl"


@pytest.mark.node
def test_an_app_keeps_its_typed_schema_when_it_is_equal(tmp_path: Path, pinned_packages: None) -> None:
    one, asked = draft(tmp_path, "typed")
    (found,) = settled([one], asked)
    assert found.told == ()
    assert found.proven is not None
    assert (found.proven.outline.style, found.proven.proof.outcome) == ("typed", Outcome.EQUAL)


@pytest.mark.node
def test_patches_are_counted_by_kind(tmp_path: Path, pinned_packages: None) -> None:
    document = convert_document([run(tmp_path / "gen2", proof=True, schema="typed")])["data"]
    assert document["patches"] == sum(document["patchKinds"].values()) > 0


def test_the_document_can_be_written_as_json(tmp_path: Path) -> None:
    assert json.dumps(convert_document([run(tmp_path / "gen2", proof=False)]))
