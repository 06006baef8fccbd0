"""Converted schemas of transformer 1 pass Gen 2's transformer and make the tables that are deployed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from migrator.node.toolchain import Toolchain
from tests.categories.data.synthesis import resources, synthesis
from tests.projects import ROOT

pytestmark = pytest.mark.node

FIXTURE = ROOT / "tests/fixtures/gen1/graphql-first-transformer"
INDEXES = {
    "Book": {"byAuthor": ["author", "title"], "gsi-Shelf.books": ["shelfBooksId"]},
    "Note": {"gsi-BookNotes": ["noteBookId", "at"]},
    "Place": {"gsi-Country.cities": ["countryCode"]},
}
"""Indexes that transformer 1 makes of the fixture, with their keys."""


@pytest.mark.parametrize("style", ["typed", "sdl"])
def test_tables_and_indexes_are_those_of_the_first_transformer(
    style: str, tmp_path: Path, toolchain: Toolchain
) -> None:
    with synthesis(FIXTURE, tmp_path / "gen2", toolchain, schema=style) as made:
        found = {}
        for table in resources(made, "Custom::AmplifyDynamoDBTable").values():
            said = table["Properties"]
            name = re.search(r"\w+", str(said["tableName"]["Fn::Join"][1][0]))
            assert name
            found[name[0]] = {
                one["indexName"]: [key["attributeName"] for key in one["keySchema"]]
                for one in said.get("globalSecondaryIndexes", ())
            }
    assert {name: indexes for name, indexes in found.items() if indexes} == INDEXES
