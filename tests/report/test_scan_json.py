"""The scan as JSON."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from migrator.core.finding import Severity, Topic
from migrator.engine.ledger import Dropped, Row
from migrator.engine.rule import Outcome
from migrator.report.scan_json import scan_document
from tests.report.made import finding, resource, scan
from tests.report.shape import own_problems, problems

SCHEMA: dict[str, Any] = json.loads((Path(__file__).parents[2] / "docs/schemas/scan-1.json").read_text())
FOUND = finding("AUTH090", Severity.BLOCKER, place="amplify/backend/auth/pool/cli-inputs.json", topic=Topic.DATA)
FULL = scan_document(
    scan(
        resource(
            counts={Outcome.NATIVE: 3, Outcome.GAP: 1},
            rows=(Row("pool", "mfa.mode", Outcome.NATIVE, "AUTH020"), Row("pool", "queries", Outcome.GAP, "AUTH090")),
            unread=(("cli-inputs.json", "/cognitoConfig/x"),),
            findings=(FOUND,),
            dropped=(
                Dropped("cli-inputs.json", "/a", "AUTH001", "Why."),
                Dropped("cli-inputs.json", "/b", "AUTH001", "Why."),
            ),
        ),
        findings=(FOUND,),
    )
)


def test_a_scan_fits_its_schema() -> None:
    assert problems(FULL, SCHEMA) == []


def test_an_empty_scan_fits_its_schema() -> None:
    assert problems(scan_document(scan(apps=())), SCHEMA) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "migrate/scan/2"),
        (("summary", "verdict"), "gen3"),
        (("summary", "settings", "gap"), -1),
        (("resources", 0, "effort"), "easy"),
        (("findings", 0, "message"), ""),
        (("findings", 0, "location"), "a file"),
    ],
)
def test_what_is_wrong_does_not_fit(path: tuple[Any, ...], value: Any) -> None:
    wrong = deepcopy(FULL)
    place: Any = wrong
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert problems(wrong, SCHEMA) != []
    assert list(own_problems(wrong, SCHEMA, SCHEMA, "$")) != []


def test_settings_add_up_to_their_total() -> None:
    counts = dict(FULL["summary"]["settings"])
    assert counts.pop("total") == sum(counts.values()) == 4


def test_only_what_is_left_to_the_user_is_a_gap() -> None:
    assert [gap["attribute"] for gap in FULL["resources"][0]["gaps"]] == ["queries"]


def test_an_unread_setting_names_its_file() -> None:
    assert FULL["resources"][0]["unread"][0]["file"] == "amplify/backend/auth/pool/cli-inputs.json"


def test_a_blocker_makes_its_resource_blocked() -> None:
    assert FULL["summary"]["effort"] == {"automatic": 0, "assisted": 0, "blocked": 1}


def test_what_is_left_out_is_counted_by_rule_and_reason() -> None:
    assert FULL["resources"][0]["dropped"] == [{"rule": "AUTH001", "reason": "Why.", "leaves": 2}]
