"""`migrate explain` and `migrate rules` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.terminal import migrate

OWN = """\
category: other
documentation: https://example.com
rules:
  - id: OTH090
    name: unknown-category
    title: Our own words
    node: OtherResource
    report: [{severity: info, message: Ours.}]
    examples: [{gen1: {service: X}, report: true}]
    why: We say so.
"""


def test_a_rule_is_explained_by_its_id() -> None:
    done = migrate("explain", "oth021")
    assert done.returncode == 0
    assert done.stdout.startswith("OTH021: Amazon Pinpoint (analytics)\n")


def test_a_rule_is_explained_by_its_name() -> None:
    assert migrate("explain", "pinpoint").stdout == migrate("explain", "OTH021").stdout


def test_a_page_says_why_what_instead_where_and_gives_examples() -> None:
    said = migrate("explain", "OTH021").stdout
    for heading in (
        "File",
        "What it matches",
        "What it reports",
        "Why",
        "What to do instead",
        "Examples",
        "References",
    ):
        assert heading in said


def test_a_drop_is_shown_with_its_reason() -> None:
    assert "`meta#/last*` is left out: When the Gen 1 CLI pushed and packaged." in migrate("explain", "PRJ001").stdout


def test_a_finding_of_the_engine_has_a_page() -> None:
    assert migrate("explain", "GEN001").stdout.startswith("GEN001: Settings that were not read\n")


def test_a_finding_of_the_readers_has_a_page() -> None:
    assert migrate("explain", "GEN010").stdout.startswith("GEN010: A file cannot be read\n")


def test_a_page_as_json() -> None:
    page = json.loads(migrate("explain", "OTH021", "--format", "json").stdout)
    assert (page["schema"], page["id"], page["support"]) == ("migrate/explain/1", "OTH021", "manual")


def test_an_unknown_rule_is_wrong_usage_and_near_ones_are_named() -> None:
    done = migrate("explain", "OTH22")
    assert done.returncode == 2
    assert "OTH021 (pinpoint)" in done.stderr


def test_part_of_a_name_is_enough_to_find_it() -> None:
    assert "ANA010 (kinesis-stream)" in migrate("explain", "kinesis").stderr


def test_a_rule_of_ones_own_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN)
    assert migrate("explain", "OTH090", "--rules", tmp_path).stdout.startswith("OTH090: Our own words\n")


def test_a_wrong_rule_of_ones_own_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN.replace("node: OtherResource", "node: Nothing"))
    done = migrate("rules", "--rules", tmp_path)
    assert done.returncode == 3
    assert "own.yaml:4: OTH090: unknown node 'Nothing'" in done.stderr


def test_the_catalogue_of_one_category() -> None:
    listed = json.loads(migrate("rules", "--category", "other", "--format", "json").stdout)
    assert {rule["category"] for rule in listed["rules"]} == {"other"}


def test_the_catalogue_by_support() -> None:
    listed = json.loads(migrate("rules", "--support", "drop", "--format", "json").stdout)
    assert {rule["support"] for rule in listed["rules"]} == {"drop"}


def test_an_unknown_category_is_wrong_usage() -> None:
    done = migrate("rules", "--category", "nope")
    assert done.returncode == 2
    assert "There are:" in done.stderr


def test_the_catalogue_as_text_has_a_line_for_each_rule() -> None:
    ids = [rule["id"] for rule in json.loads(migrate("rules", "--format", "json").stdout)["rules"]]
    said = migrate("rules").stdout
    assert [id for id in ids if f"  {id}  " not in said] == []
