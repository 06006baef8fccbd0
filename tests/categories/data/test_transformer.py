"""Typed schemas through Amplify's own transformer: the tables, resolvers and API that it makes of Gen 1's SDL."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from benchmarks.schema_checks import Judged, judged
from benchmarks.schema_samples import samples
from benchmarks.schemas import Converted, converted
from migrator.engine.proof import Outcome
from migrator.node.toolchain import Toolchain
from tests.projects import ROOT

pytestmark = pytest.mark.node

SCHEMAS = (
    "indexes",
    "large",
    "many-to-many",
    "many-to-many-keys",
    "odd-case-names",
    "operations-functions",
    "primary-keys",
    "relation-belongs-to-required",
    "relation-has-many",
    "relation-has-many-index",
    "relation-has-many-one-sided",
    "relation-has-one",
    "relation-has-one-both",
    "relation-self-indexed",
    "relation-sort-keys",
    "relation-two-between-indexed",
)
FLAGGED = ("disabled-by-naming", "indexes-without-queries", "owner-by-username")
"""Schemas of projects with other flags than a new one's."""

Found = Mapping[str, tuple[Converted, Judged]]


@pytest.fixture(scope="module")
def found(toolchain: Toolchain, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The schemas, converted, and what the transformer says of them: few processes for all."""
    scratch = tmp_path_factory.mktemp("schemas")
    listed = list(samples(ROOT / "tests" / "fixtures" / "schemas", scratch / "gen1", frozenset((*SCHEMAS, *FLAGGED))))
    done = [converted(sample, scratch / "gen2", "typed") for sample in listed]
    said = judged([(one.sample, one.folder) for one in done], toolchain, True, "typed", types=False)
    return {one.sample.name: (one, judgement) for one, judgement in zip(done, said, strict=True)}


@pytest.mark.parametrize("name", [*SCHEMAS, *FLAGGED])
def test_a_typed_schema_makes_the_tables_resolvers_and_api_of_gen_1(name: str, found: Found) -> None:
    one, said = found[name]
    assert one.style == "typed"
    assert said.gen1
    assert said.gen2
    assert (said.gen1.error, said.gen2.error) == ("", "")
    assert said.gen1.tables
    assert said.differences == ()


@pytest.mark.parametrize("name", [*SCHEMAS, *FLAGGED])
def test_what_the_transformer_finds_equal_the_proof_finds_equal(name: str, found: Found) -> None:
    assert found[name][1].proof == Outcome.EQUAL
