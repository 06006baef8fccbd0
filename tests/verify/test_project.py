"""The checks on whole projects, with the real compiler and the real CDK."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.core.errors import ProjectError
from migrator.node.toolchain import Toolchain
from migrator.verify import Check, CheckResult, Status, VerifyReport, verify
from tests.verify import projects

pytestmark = pytest.mark.node


def run(folder: Path, files: dict[str, str], *only: str) -> VerifyReport:
    return verify(projects.write(folder, files), only=only)


def result(report: VerifyReport, check: Check) -> CheckResult:
    found = report.result(check)
    if found is None:
        pytest.fail(f"{check} is not in the report")
    return found


@pytest.fixture(scope="module")
def good(toolchain: Toolchain, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, VerifyReport]:
    folder = tmp_path_factory.mktemp("good")
    return folder, run(folder, projects.GOOD)


def test_a_good_project_passes_all_checks(good: tuple[Path, VerifyReport]) -> None:
    alone = (Check.TYPES, Check.SYNTH, Check.CYCLES, Check.BUNDLES)
    assert [(check.name, check.status, check.reason) for check in good[1].checks if check.name in alone] == [
        (check, Status.PASSED, "") for check in alone
    ]


def test_without_a_gen1_project_there_is_nothing_to_compare_with(good: tuple[Path, VerifyReport]) -> None:
    compared = [check for check in Check if check not in (Check.TYPES, Check.SYNTH, Check.CYCLES, Check.BUNDLES)]
    assert [(result(good[1], check).status, result(good[1], check).reason) for check in compared] == [
        (Status.SKIPPED, "there is no Gen 1 project to compare with")
    ] * len(compared)


def test_the_project_itself_is_not_touched(good: tuple[Path, VerifyReport]) -> None:
    files = {path.relative_to(good[0]).as_posix() for path in good[0].rglob("*") if path.is_file()}
    assert files == set(projects.GOOD)


def test_each_function_is_told_by_name(good: tuple[Path, VerifyReport]) -> None:
    assert [str(detail) for detail in result(good[1], Check.BUNDLES).details] == ["hello: ok"]


def test_the_versions_used_are_told(good: tuple[Path, VerifyReport]) -> None:
    assert good[1].tools.versions["aws-cdk-lib"] == "2.276.0"


def test_a_type_error_is_told_with_its_place(toolchain: Toolchain, tmp_path: Path) -> None:
    (detail,) = result(run(tmp_path, projects.TYPE_ERROR, "types"), Check.TYPES).details
    assert str(detail) == "amplify/backend.ts:7:7: TS2322: Type 'string' is not assignable to type 'number'."


@pytest.fixture(scope="module")
def synth_error(toolchain: Toolchain, tmp_path_factory: pytest.TempPathFactory) -> VerifyReport:
    return run(tmp_path_factory.mktemp("synth"), projects.SYNTH_ERROR, "synth", "cycles", "bundles")


def test_a_synth_error_is_told_with_its_cause_and_its_place(synth_error: VerifyReport) -> None:
    assert result(synth_error, Check.SYNTH).reason == (
        "amplify/backend.ts:5:24: branch and sandbox: Failed to instantiate nodejs function construct: "
        "Cannot find entry file at amplify/function/hello/nowhere.js"
    )


def test_what_needs_synth_is_skipped_when_it_fails(synth_error: VerifyReport) -> None:
    assert [(check.name, check.status, check.reason) for check in synth_error.checks[1:]] == [
        (Check.CYCLES, Status.SKIPPED, "it needs synth, which failed"),
        (Check.BUNDLES, Status.SKIPPED, "it needs synth, which failed"),
    ]


def test_a_synth_that_others_need_is_reported_when_it_fails(toolchain: Toolchain, tmp_path: Path) -> None:
    report = run(tmp_path, {**projects.GOOD, "amplify/backend.ts": "throw new Error('not today');\n"}, "bundles")
    assert result(report, Check.SYNTH).reason == "amplify/backend.ts:1:7: branch: not today"


@pytest.fixture(scope="module")
def circular(toolchain: Toolchain, tmp_path_factory: pytest.TempPathFactory) -> VerifyReport:
    return run(tmp_path_factory.mktemp("circular"), projects.CIRCULAR, "cycles")


def test_stacks_that_need_each_other_fail_though_synth_passes(circular: VerifyReport) -> None:
    assert [(check.name, check.status) for check in circular.checks] == [(Check.CYCLES, Status.FAILED)]


def test_a_cycle_names_the_function_and_the_user_pool(circular: VerifyReport) -> None:
    (detail,) = result(circular, Check.CYCLES).details
    assert "(function/hello-lambda) takes amplifyAuthUserPool4BA7F805 (auth/amplifyAuth/UserPool)" in detail.message


def test_a_function_without_handler_fails_though_types_and_synth_pass(toolchain: Toolchain, tmp_path: Path) -> None:
    report = run(tmp_path, projects.NO_EXPORT, "bundles")
    assert result(report, Check.BUNDLES).reason == (
        "1 of 1 functions would fail; the first: hello: does not export handler (it exports main)"
    )


def test_a_folder_without_a_backend_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"no amplify/backend\.ts"):
        verify(tmp_path)
