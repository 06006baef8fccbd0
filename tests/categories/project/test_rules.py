"""What becomes of a project's settings: which flags are left out, and what the whole backend gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from migrator.categories.project.builders import permissions_boundary, stack_tags
from migrator.categories.project.checks import read_by_its_category
from migrator.categories.project.model import FeatureFlag, ProjectSettings, Tag
from migrator.commands.assessment import Assessment
from migrator.commands.convert import Request, convert
from migrator.core.ref import ResourceRef
from migrator.documents.document import Document
from migrator.documents.traced import Source
from migrator.engine.context import Context, Options
from migrator.engine.ledger import accounts
from migrator.engine.match import Claim, Matches
from migrator.engine.rule import Outcome
from migrator.gen1.graph import Evidence, Fact, Resource, ResourceGraph
from migrator.gen1.project import App, discover
from migrator.gen2.backend import Wiring
from migrator.typescript.nodes import Module
from migrator.typescript.printer import print_module
from tests.projects import ROOT

PROJECT = ResourceRef("project", "harbour")
API = ResourceRef("api", "notes")
FIXTURE = ROOT / "tests/fixtures/gen1/project-settings"
CLI = Document(Path("cli.json"), "cli.json", {"features": {"graphqltransformer": {"secondarykeyasgsi": True}}})
FLAG = Source(CLI, ("features", "graphqltransformer", "secondarykeyasgsi"))


def app(root: Path) -> App:
    (root / "amplify/backend").mkdir(parents=True)
    (root / "amplify/backend/backend-config.json").write_text("{}")
    return discover(root, "main").apps[0]


def bounded(root: Path, boundaries: dict[str, str], **branches: str) -> str:
    fact = Fact(PROJECT, "settings", ProjectSettings(permissions_boundaries=boundaries))
    context = Context(ResourceGraph(()), app(root), Options(branch_map=branches))
    (made,) = permissions_boundary(fact, context)
    assert isinstance(made, Wiring)
    return print_module(Module(made.body))


def test_one_boundary_for_all_environments_holds_for_every_branch(tmp_path: Path) -> None:
    printed = bounded(tmp_path, {"main": "arn:aws:iam::1:policy/a", "dev": "arn:aws:iam::1:policy/a"})
    assert "AWS_BRANCH" not in printed


def test_boundaries_that_differ_are_chosen_by_branch(tmp_path: Path) -> None:
    printed = bounded(tmp_path, {"main": "arn:a", "dev": "arn:b"}, dev="develop")
    assert "main: 'arn:a'" in printed
    assert "develop: 'arn:b'" in printed


def test_an_unknown_branch_gets_the_boundary_of_the_environment_that_was_read(tmp_path: Path) -> None:
    assert "?? boundaries.main;" in bounded(tmp_path, {"dev": "arn:b", "main": "arn:a"})


def test_an_unknown_branch_is_bounded_even_if_the_environment_that_was_read_is_not(tmp_path: Path) -> None:
    assert "?? boundaries.dev;" in bounded(tmp_path, {"main": "", "dev": "arn:b"})


def of_flag(other: Fact[FeatureFlag] | None) -> tuple[Fact[FeatureFlag], tuple[Resource, Resource]]:
    own: Fact[FeatureFlag] = Fact(
        PROJECT, "flag", FeatureFlag("graphqltransformer.secondarykeyasgsi"), {"flag": (FLAG,)}
    )
    project = Resource(PROJECT, "Project", Evidence.SOURCE, (own,), documents=(("cli.json", CLI),))
    return own, (project, Resource(API, "AppSync", Evidence.SOURCE, (other,) if other else ()))


@pytest.mark.parametrize("read", [True, False])
def test_a_flag_is_left_to_the_api_only_when_the_api_was_read_by_it(read: bool, tmp_path: Path) -> None:
    reader: Fact[FeatureFlag] = Fact(API, "schema", FeatureFlag("x"), {"flag": (FLAG,)})
    own, resources = of_flag(reader if read else None)
    assert read_by_its_category(own, Context(ResourceGraph(resources), app(tmp_path))) is read


def test_the_api_s_word_on_a_flag_counts_for_the_file_of_the_project() -> None:
    reader: Fact[FeatureFlag] = Fact(API, "schema", FeatureFlag("x"), {"flag": (FLAG,)})
    own, resources = of_flag(reader)
    claims = (
        (own, (Claim("flag", Outcome.DROPPED, "PRJ035"),)),
        (reader, (Claim("flag", Outcome.MANUAL, "DATA000"),)),
    )
    project, _ = accounts(resources, Matches((), claims, ()), ())
    assert project.counts[Outcome.MANUAL] == 1
    assert project.total == 1


def test_tags_are_part_of_every_slice(tmp_path: Path) -> None:
    source = tmp_path / "app"
    (source / "amplify/backend/storage/orders").mkdir(parents=True)
    config = {"storage": {"orders": {"service": "DynamoDB", "providerPlugin": "awscloudformation"}}}
    inputs = {"resourceName": "orders", "partitionKey": {"fieldName": "id", "fieldType": "string"}}
    tags = [{"Key": "owner", "Value": "Pier 7"}]
    (source / "amplify/backend/backend-config.json").write_text(json.dumps(config))
    (source / "amplify/backend/storage/orders/cli-inputs.json").write_text(json.dumps(inputs))
    (source / "amplify/backend/tags.json").write_text(json.dumps(tags))
    convert(Request(source, tmp_path / "gen2", ("storage",)))
    wiring = (tmp_path / "gen2/amplify/project/wiring.ts").read_text()
    assert "Tags.of(backend.stack).add('owner', 'Pier 7');" in wiring


def test_a_project_without_tags_gets_no_file(tmp_path: Path) -> None:
    app(tmp_path / "app")
    convert(Request(tmp_path / "app", tmp_path / "gen2"))
    assert not (tmp_path / "gen2/amplify/project").exists()


def test_every_setting_of_the_fixture_is_answered_for() -> None:
    found = Assessment(discover(FIXTURE).apps[0]).accounts[-1]
    assert found.ref == PROJECT
    assert (found.unread, found.findings) == ((), ())


def test_several_tags_share_one_constant(tmp_path: Path) -> None:
    tags = (Tag("a", "1"), Tag("b", "{project-name}-{project-env}"))
    fact = Fact(PROJECT, "settings", ProjectSettings(name="harbour", tags=tags))
    (made,) = stack_tags(fact, Context(ResourceGraph(()), app(tmp_path)))
    assert isinstance(made, Wiring)
    printed = print_module(Module(made.body))
    assert "const tags = Tags.of(backend.stack);\ntags.add('a', '1');\n" in printed
    assert "`harbour-${process.env.AWS_BRANCH ?? 'sandbox'}`" in printed
