"""Schemas of every construct: each ends in the style that the index says, and the proof holds for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.schema_checks import prepared, proofs
from benchmarks.schema_samples import INDEX, samples
from benchmarks.schemas import Converted, converted
from migrator.engine.proof import Outcome
from migrator.node.toolchain import Toolchain
from tests.projects import ROOT

FOLDER = ROOT / "tests" / "fixtures" / "schemas"
LISTED: Mapping[str, Mapping[str, Any]] = {
    one["name"]: one for one in yaml.safe_load((FOLDER / INDEX).read_text("utf-8"))
}
ACCEPTED = [name for name, one in LISTED.items() if one.get("accepted", True)]
UNEQUAL = frozenset({"relation-short-keys-custom"})
"""What no schema of Gen 2 says: the names of these foreign keys depend on a flag."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Converted]:
    """All of them, converted."""
    scratch = tmp_path_factory.mktemp("schemas")
    return {one.name: converted(one, scratch / "gen2", "") for one in samples(FOLDER, scratch / "gen1")}


def test_the_index_names_every_schema() -> None:
    assert {file.stem for file in Path(FOLDER).glob("*.graphql")} == set(LISTED)


@pytest.mark.parametrize("name", LISTED)
def test_no_schema_ends_in_a_traceback(name: str, found: Mapping[str, Converted]) -> None:
    assert found[name].crash == ""


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_schema_that_gen_1_accepts_has_the_style_of_the_index(name: str, found: Mapping[str, Converted]) -> None:
    assert found[name].style == LISTED[name].get("style", "typed")


@pytest.mark.node
def test_what_reaches_gen_2_is_gen_1s_schema(found: Mapping[str, Converted], toolchain: Toolchain) -> None:
    handed = [(one.sample, one.folder) for one in found.values() if one.handed]
    proven = zip(handed, proofs(prepared(handed, ""), toolchain), strict=True)
    unequal = {sample.name: proof.reason for (sample, _), (_, proof) in proven if proof.outcome != Outcome.EQUAL}
    assert unequal.keys() == UNEQUAL, unequal
