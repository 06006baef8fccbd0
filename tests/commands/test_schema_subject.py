"""What `migrate verify` compares the schema of a Gen 2 project with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from migrator.commands.convert import Request, convert
from migrator.commands.schema_subject import schema_subject
from migrator.commands.verify import verify
from migrator.engine.proof import Reached
from migrator.verify.results import Check, CheckResult, Status
from tests.projects import ROOT, settings

SHOP = ROOT / "sample_projects" / "shop"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Gen 1 project with what was converted from it in `gen2`."""
    root = tmp_path_factory.mktemp("shop") / "gen1"
    shutil.copytree(SHOP / "gen1", root)
    convert(Request(root, root / "gen2", env=settings(SHOP).get("env", "main"), schema="sdl"))
    return root


def result(project: Path, gen2: Path) -> CheckResult:
    found = verify(project, gen2, only=("schema",)).result(Check.SCHEMA)
    assert found is not None
    return found


def test_the_gen1_project_is_the_one_that_is_named(project: Path) -> None:
    found = schema_subject(project, project / "gen2")
    assert (found.resource, found.file) == ("api/papershop", "amplify/data/resource.ts")


def test_the_gen1_project_is_found_from_the_gen2_project(project: Path) -> None:
    assert schema_subject(project / "gen2", project / "gen2").resource == "api/papershop"


def test_without_a_gen1_project_there_is_nothing_to_compare(tmp_path: Path, project: Path) -> None:
    alone = tmp_path / "gen2"
    shutil.copytree(project / "gen2", alone)
    assert schema_subject(alone, alone).compare is None


def test_a_project_without_an_api_has_no_schema(tmp_path: Path, project: Path) -> None:
    out = tmp_path / "auth"
    convert(Request(project, out, ("auth",), env="main"))
    assert schema_subject(project, out).reason == "the project has no GraphQL API that was converted"


def test_a_gen1_project_that_cannot_be_read_is_the_reason(project: Path) -> None:
    found = schema_subject(project, project / "gen2", env="nowhere")
    assert found.reason.startswith("the Gen 1 project cannot be read: ")


def test_what_does_not_load_is_no_equal_schema(project: Path) -> None:
    compare = schema_subject(project, project / "gen2").compare
    assert compare is not None
    assert compare(Reached(error="no such file", place="amplify/data/resource.ts", line=3)).reason == (
        "amplify/data/resource.ts:3: no such file"
    )


@pytest.mark.node
def test_a_converted_schema_passes(project: Path, pinned_packages: None) -> None:
    assert (result(project, project / "gen2").status, result(project, project / "gen2").reason) == (Status.PASSED, "")


@pytest.mark.node
def test_an_edited_schema_fails_with_both_sides(tmp_path: Path, project: Path, pinned_packages: None) -> None:
    edited = tmp_path / "gen2"
    shutil.copytree(project / "gen2", edited)
    schema = edited / "amplify/data/schema.graphql"
    schema.write_text(schema.read_text().replace("slug: String!", "slug: String"))
    found = result(project, edited)
    assert found.status is Status.FAILED
    assert [(one.subject, one.gen1, one.gen2) for one in found.details] == [("Category.slug", "String!", "String")]


@pytest.mark.node
def test_a_project_without_its_file_fails(tmp_path: Path, project: Path, pinned_packages: None) -> None:
    broken = tmp_path / "gen2"
    shutil.copytree(project / "gen2", broken)
    (broken / "amplify/data/resource.ts").unlink()
    assert "there is no amplify/data/resource.ts" in result(project, broken).reason
