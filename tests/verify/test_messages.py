"""What is kept of the compiler's and CDK's messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.node.process import Outcome
from migrator.verify.results import Detail
from migrator.verify.synth import ReportedError, Synthesis, describe_failure, own_frame, synth_result
from migrator.verify.typecheck import parse_diagnostics
from migrator.verify.workspace import Mode, Workspace

WORKSPACE = Workspace(Path("/tmp/x"))
APP = "/tmp/x/project/branch"
STACK = f"""Error: nope
    at new Stack (/cache/node_modules/aws-cdk-lib/core/lib/stack.js:1:2)
    at file://{APP}/amplify/backend.ts:12:3
    at <anonymous> ({APP}/amplify/auth/resource.ts:1:1)
"""
ESBUILD = """✘ [ERROR] Could not resolve "express"

    amplify/function/hello/src/index.js:1:18:
      1 │ const a = require('express');
"""


def error(message: str, *, stack: str = "", resolution: str = "", cause: ReportedError | None = None) -> ReportedError:
    return ReportedError("Error", message, resolution, "", stack, cause)


def described(reported: ReportedError | None, err: str = "") -> list[Detail]:
    return list(describe_failure(Outcome(1, "", err, 1.0), reported, WORKSPACE, Mode.BRANCH))


def test_a_diagnostic_is_split_into_place_and_message() -> None:
    (detail,) = parse_diagnostics("amplify/a (1).ts(3,5): error TS2322: wrong.\n", WORKSPACE)
    assert (detail.file, detail.line, detail.column, detail.message) == ("amplify/a (1).ts", 3, 5, "TS2322: wrong.")


def test_indented_lines_continue_a_diagnostic() -> None:
    details = list(parse_diagnostics("a.ts(1,1): error TS1: one\n  because\nb.ts(1,1): error TS2: two\n", WORKSPACE))
    assert [detail.message for detail in details] == ["TS1: one\n  because", "TS2: two"]


def test_a_diagnostic_without_a_place_is_kept() -> None:
    (detail,) = parse_diagnostics("error TS5057: Cannot find a tsconfig.json file.\n", WORKSPACE)
    assert str(detail) == "TS5057: Cannot find a tsconfig.json file."


def test_the_first_frame_inside_the_project_is_the_place() -> None:
    assert own_frame(STACK, WORKSPACE) == ("amplify/backend.ts", 12, 3)


def test_a_frame_in_a_package_of_the_project_is_not_its_own() -> None:
    assert own_frame(f"    at f ({APP}/node_modules/express/index.js:1:1)", WORKSPACE) is None


def test_an_error_is_told_with_its_cause() -> None:
    (detail,) = described(error("outer", stack=STACK, cause=error("inner")))
    assert str(detail) == "amplify/backend.ts:12:3: branch: outer: inner"


def test_the_resolution_is_the_hint() -> None:
    assert described(error("outer", resolution="Do this."))[0].hint == "Do this."


def test_a_resolution_that_only_points_to_the_cause_is_no_hint() -> None:
    reported = error("outer", resolution="See the underlying error message for more details.")
    assert described(reported)[0].hint == ""


def test_construct_trees_are_left_out() -> None:
    assert described(error("bad name\nRelates to construct:\n  <.> (App)"))[0].message == "bad name"


def test_what_cannot_be_bundled_is_told_with_function_and_place() -> None:
    reported = error("Failed to bundle asset app-main/function/hello-lambda/Code/Stage, bundle output is at x: npx")
    assert [str(detail) for detail in described(reported, ESBUILD)] == [
        'amplify/function/hello/src/index.js:1:19: branch: Could not resolve "express" (bundling function/hello-lambda)'
    ]


def test_a_process_that_ends_without_an_exception_is_told_by_its_output() -> None:
    assert described(None, "FATAL ERROR: out of memory\n")[0].message == "FATAL ERROR: out of memory"


@pytest.mark.parametrize(("sandbox", "subjects"), [("same", ["branch and sandbox"]), ("other", ["branch", "sandbox"])])
def test_an_error_of_both_modes_is_told_once(sandbox: str, subjects: list[str]) -> None:
    syntheses = tuple(
        Synthesis(mode, 1.0, errors=(Detail("error", text, subject=mode),))
        for mode, text in ((Mode.BRANCH, "same"), (Mode.SANDBOX, sandbox))
    )
    assert [detail.subject for detail in synth_result(syntheses, ()).details] == subjects
