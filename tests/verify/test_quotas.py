"""What CloudFormation takes of one template."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from migrator.verify.assembly import Assembly, Stack
from migrator.verify.quotas import BYTES, quota_details, with_quotas
from migrator.verify.results import Check, CheckResult, Status


def assembly(folder: Path, template: dict[str, Any], path: str = "data") -> Assembly:
    (folder / "data.json").write_text(json.dumps(template))
    return Assembly(folder, (Stack("data.json", template, path=path),), {})


def members(section: str, number: int) -> dict[str, Any]:
    return {section: {f"M{index}": {} for index in range(number)}}


@pytest.mark.parametrize(
    ("section", "number", "severity"),
    [
        ("Resources", 449, None),
        ("Resources", 450, "warning"),
        ("Resources", 500, "warning"),
        ("Resources", 501, "error"),
        ("Parameters", 201, "error"),
        ("Outputs", 201, "error"),
    ],
)
def test_sections_have_quotas(section: str, number: int, severity: str | None, tmp_path: Path) -> None:
    found = [one.severity for one in quota_details([assembly(tmp_path, members(section, number))])]
    assert found == ([severity] if severity else [])


def test_a_template_has_a_size(tmp_path: Path) -> None:
    (found,) = quota_details([assembly(tmp_path, {"Description": "a" * BYTES})])
    assert (found.severity, found.subject) == ("error", "data")
    assert "bytes" in found.message


def test_branch_and_sandbox_are_told_once(tmp_path: Path) -> None:
    one = assembly(tmp_path, members("Resources", 501))
    assert len(tuple(quota_details([one, one]))) == 1


def test_a_check_fails_for_what_is_over_a_quota(tmp_path: Path) -> None:
    result = with_quotas(CheckResult(Check.CYCLES, Status.PASSED), [assembly(tmp_path, members("Resources", 501))])
    assert (result.status, "501 resources" in result.reason) == (Status.FAILED, True)


def test_a_check_passes_with_what_is_near_a_quota(tmp_path: Path) -> None:
    result = with_quotas(CheckResult(Check.CYCLES, Status.PASSED), [assembly(tmp_path, members("Resources", 460))])
    assert (result.status, len(result.details)) == (Status.PASSED, 1)
