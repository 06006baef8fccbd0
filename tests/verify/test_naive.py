"""A naive conversion is refused, and each of its mistakes is told with what users would have met."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from migrator.cli.main import migrate
from migrator.cli.outcome import FOUND, run
from migrator.commands.verify import verify
from migrator.verify.results import Check, Detail, Status, VerifyReport
from tests.projects import ROOT

NAIVE = ROOT / "tests" / "fixtures" / "naive" / "marginalia"
GEN1 = ROOT / "sample_projects" / "notes-legacy" / "gen1"
MISTAKES = (Check.CYCLES, Check.BUNDLES, Check.SCHEMA, Check.GRANTS)

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def report(node_tools: None, tmp_path_factory: pytest.TempPathFactory) -> VerifyReport:
    """What the checks say of it."""
    gen2 = shutil.copytree(NAIVE, tmp_path_factory.mktemp("naive") / "gen2")
    return verify(GEN1, gen2, only=MISTAKES, install=True, branch="dev", env="dev")


def details(report: VerifyReport, check: Check) -> tuple[Detail, ...]:
    """What a check that failed has to say."""
    result = report.result(check)
    assert result is not None
    assert result.status is Status.FAILED
    return result.details


@pytest.mark.parametrize("check", MISTAKES)
def test_each_mistake_fails_its_check(check: Check, report: VerifyReport) -> None:
    assert details(report, check) or report.result(check)


def test_commonjs_in_a_module_would_fail_every_call(report: VerifyReport) -> None:
    (one,) = (detail for detail in details(report, Check.BUNDLES) if detail.severity == "error")
    assert "exports is not defined" in one.message
    assert "Every call of the function would fail" in one.hint
    assert "CommonJS" in one.hint


def test_stacks_in_a_circle_would_not_be_deployed(report: VerifyReport) -> None:
    (one,) = details(report, Check.CYCLES)
    assert one.message.startswith("circular dependency: ")
    assert "CloudFormation refuses the deployment" in one.hint


def test_tables_of_another_branch_would_be_empty(report: VerifyReport) -> None:
    told = [one.message for one in details(report, Check.SCHEMA)]
    assert any("`branchName` is `main`" in one and "users would find them empty" in one for one in told)


def test_private_files_would_be_open_to_every_user(report: VerifyReport) -> None:
    result = report.result(Check.GRANTS)
    assert result is not None
    (one,) = (d for d in result.differences if d.attribute == "Allow[arn:aws:s3:::${bucket attachments}/private/*]")
    assert (one.gen1, one.gen2) == (None, ("s3:DeleteObject", "s3:GetObject", "s3:PutObject"))
    assert "every signed-in user" in one.reason


def test_the_command_ends_with_1(node_tools: None, tmp_path: Path) -> None:
    gen2 = shutil.copytree(NAIVE, tmp_path / "gen2")
    given = ["--gen2", str(gen2), "--env", "dev", "--branch", "dev", "--only", "schema", "--install", "--quiet"]
    assert run(migrate, ["verify", str(GEN1), *given]) == FOUND
