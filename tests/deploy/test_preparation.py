"""What to do before live resources are touched, with commands that exist, for the resources of this project."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import botocore.session
import pytest
from botocore import xform_name

from migrator.commands.assessment import Assessment
from migrator.deploy.preparation import preparation
from migrator.deploy.preparation_steps import PreparationStep, Site, Stage
from migrator.engine.context import Context, Options
from migrator.gen1.live import LIVE, Live, LiveResource, print_live
from migrator.gen1.project import discover
from migrator.report.preparation import (
    preparation_document,
    preparation_markdown,
    preparation_text,
    write_preparation,
)
from tests.projects import ROOT

SHOP = ROOT / "sample_projects" / "shop" / "gen1"
ALL = ("auth", "data", "storage", "function")


def context(path: Path = SHOP, *reuse: str) -> Context:
    app = discover(path, "main").apps[0]
    return Assessment(app, Options(reuse=frozenset(reuse))).context


def steps(*reuse: str, features: tuple[str, ...] = ALL) -> tuple[PreparationStep, ...]:
    return preparation(context(SHOP, *reuse), features)


@pytest.fixture(scope="module")
def reused() -> tuple[PreparationStep, ...]:
    return steps("auth", "data", "storage")


def _aws(found: tuple[PreparationStep, ...]) -> Iterator[list[str]]:
    for step in found:
        for command in step.commands:
            words = shlex.split(command.partition(" > ")[0])
            if words[0] == "aws" and words[1] != "s3":
                yield words


def test_every_command_is_one_of_the_aws_cli_with_parameters_it_knows(reused: tuple[PreparationStep, ...]) -> None:
    wrong = []
    services = botocore.session.get_session()
    for words in _aws(reused):
        model = services.get_service_model(words[1].removesuffix("api"))
        operations = {xform_name(name, "-"): name for name in model.operation_names}
        if words[2] not in operations:
            wrong.append(words[2])
            continue
        known = {xform_name(name, "-") for name in model.operation_model(operations[words[2]]).input_shape.members}
        asked = {word[2:].removeprefix("no-") for word in words[3:] if word.startswith("--")} - {"region", "query"}
        wrong += [f"{words[2]} {name}" for name in asked if name not in known]
    assert wrong == []


def test_every_live_table_is_named(reused: tuple[PreparationStep, ...]) -> None:
    backed_up = {step.subject for step in reused if step.stage is Stage.BACK_UP and "table" in step.subject}
    assert backed_up == {
        "table loyalty-main",
        *(
            f"table {m}-fakepapershopapi0000000001-main"
            for m in ("Category", "Order", "OrderLine", "Product", "Review")
        ),
    }


def test_a_command_that_would_reset_the_pool_is_not_given(reused: tuple[PreparationStep, ...]) -> None:
    assert [words for words in _aws(reused) if words[2] == "update-user-pool"] == []


def test_what_pushes_gen1_comes_before_pushes_are_stopped(reused: tuple[PreparationStep, ...]) -> None:
    pushes = max(n for n, step in enumerate(reused) if "amplify push" in step.commands)
    stopped = min(n for n, step in enumerate(reused) if any("set-stack-policy" in c for c in step.commands))
    assert pushes < stopped


def test_gen1_goes_on_where_nothing_of_it_is_reused() -> None:
    assert [step for step in steps() if step.stage is Stage.FREEZE] == []


def test_new_tables_lose_no_tags() -> None:
    assert [step for step in steps() if "list-tags-of-resource" in " ".join(step.commands)] == []


def test_features_that_are_not_deployed_are_left_out() -> None:
    assert {step.subject.split()[0] for step in steps(features=("storage",))} == {"stack", "table", "bucket"}


def test_a_project_without_data_needs_nothing() -> None:
    assert steps(features=("function",)) == ()


def test_what_is_protected_already_is_marked(tmp_path: Path) -> None:
    import shutil

    project = tmp_path / "shop"
    shutil.copytree(SHOP, project)
    table = {"DeletionProtectionEnabled": True}
    live = Live("d1", "main", "eu-west-1", "s", (LiveResource("AWS::DynamoDB::Table", "loyalty-main", "T", "", table),))
    (project / "amplify" / "#current-cloud-backend" / LIVE).write_bytes(print_live(live))
    found = preparation(context(project, "storage"), ("storage",))
    done = [(step.stage, step.subject) for step in found if step.done]
    assert done == [(Stage.PROTECT, "table loyalty-main")]
    assert "[x] table loyalty-main: Deletion protection" in preparation_markdown(found)


def test_commands_stand_alone_on_their_lines(reused: tuple[PreparationStep, ...]) -> None:
    lines = preparation_text(reused).splitlines()
    assert all(f"      {command}" in lines for step in reused for command in step.commands)


def test_the_section_takes_the_place_of_the_one_before(tmp_path: Path, reused: tuple[PreparationStep, ...]) -> None:
    file = tmp_path / "MIGRATION.md"
    file.write_text("# Mine\n\nkept\n")
    write_preparation(file, reused)
    once = file.read_text()
    write_preparation(file, reused)
    assert file.read_text() == once
    assert once.startswith("# Mine\n\nkept\n")


def test_names_from_files_are_quoted_for_the_shell() -> None:
    site = Site(context(), None, "eu-west-1", "", "", "main")
    assert site.aws("s3", "mb", "s3://$(rm -rf x)") == "aws s3 mb 's3://$(rm -rf x)' --region eu-west-1"


def test_names_that_are_not_known_are_said(reused: tuple[PreparationStep, ...]) -> None:
    project = ROOT / "sample_projects" / "club" / "gen1"
    unknown = preparation(Assessment(discover(project).apps[0]).context, ("auth",))
    assert "Names in capital letters" in preparation_text(unknown)
    assert "Names in capital letters" not in preparation_text(reused)


def test_machines_get_the_list_too(reused: tuple[PreparationStep, ...]) -> None:
    found = preparation_document(reused)
    assert len(found) == len(reused)
    assert set(found[0]) == {"stage", "subject", "text", "commands", "manual", "done"}
