"""The report as scripts read it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from migrator.core.errors import UsageError
from migrator.verify import Check, CheckResult, Detail, Status, VerifyReport
from migrator.verify.results import Tools
from migrator.verify.run import select_checks

PASSED = CheckResult(Check.TYPES, Status.PASSED, seconds=1.0)
FAILED = CheckResult(
    Check.SYNTH, Status.FAILED, "no entry", (Detail("error", "no entry", file="amplify/backend.ts", line=5),), 2.0
)


def document(*results: CheckResult) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(VerifyReport(results, Tools(False, {"node": "20.0.0"})).to_json())
    return content


def test_the_document_names_its_schema_first() -> None:
    assert next(iter(document(PASSED).items())) == ("schema", "migrate/verify/1")


def test_a_check_has_name_status_and_reason() -> None:
    check = document(FAILED)["checks"][0]
    assert (check["name"], check["status"], check["reason"]) == ("synth", "failed", "no entry")


def test_a_detail_names_its_place() -> None:
    detail = document(FAILED)["checks"][0]["details"][0]
    assert detail == {"severity": "error", "message": "no entry", "file": "amplify/backend.ts", "line": 5}


def test_nothing_compared_is_said_with_zeros() -> None:
    zeros = {"compared": 0, "equal": 0, "accepted": 0, "acknowledged": 0, "unexplained": 0}
    assert document(PASSED)["summary"] == zeros


def test_the_document_does_not_depend_on_how_long_checks_took() -> None:
    slower = CheckResult(Check.TYPES, Status.PASSED, seconds=9.0)
    assert document(PASSED) == document(slower)


def test_a_failed_check_fails_the_report() -> None:
    assert not VerifyReport((PASSED, FAILED), Tools(False, {})).passed


def test_a_detail_reads_place_subject_message() -> None:
    detail = Detail("error", "no entry", subject="branch", file="amplify/backend.ts", line=5, column=2)
    assert str(detail) == "amplify/backend.ts:5:2: branch: no entry"


def test_all_checks_run_by_default() -> None:
    assert select_checks((), ()) == tuple(Check)


def test_checks_are_chosen_by_name() -> None:
    assert select_checks(("bundles", "types"), ("bundles",)) == (Check.TYPES,)


def test_a_check_that_does_not_exist_is_refused_with_the_names_that_do() -> None:
    with pytest.raises(UsageError, match="named spelling") as caught:
        select_checks(("spelling",), ())
    assert caught.value.hint == f"the checks are {', '.join(Check)}"


def test_skipping_everything_is_refused() -> None:
    with pytest.raises(UsageError, match="no check is left"):
        select_checks(("types",), ("types",))
