"""Every clause that accepts a difference is needed: without it, a project that is proven would be refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutation.needs import CORPUS, DEPLOYED, PROJECTS, clauses, is_needed, known, project

NEEDS = known()


@pytest.mark.node
@pytest.mark.parametrize("name", [name for name in NEEDS if name in PROJECTS])
def test_a_project_needs_its_clauses(name: str, assemblies: Path) -> None:
    one = project(name, assemblies)
    assert [clause for clause in NEEDS[name] if not is_needed(one, clause)] == []


@pytest.mark.node
@pytest.mark.parametrize("name", [name for name in NEEDS if name in DEPLOYED])
def test_a_deployed_app_needs_its_clauses(name: str, assemblies: Path) -> None:
    if not (CORPUS / name).is_dir():
        pytest.skip(f"{CORPUS / name} is not there")
    one = project(name, assemblies)
    assert [clause for clause in NEEDS[name] if not is_needed(one, clause)] == []


def test_every_clause_is_needed_by_a_project() -> None:
    needed = {clause for one in NEEDS.values() for clause in one}
    assert sorted(clauses() - needed) == [], "run `python -m tests.mutation.needs`"


def test_no_project_needs_a_clause_that_is_gone() -> None:
    assert sorted({clause for one in NEEDS.values() for clause in one} - clauses()) == []


def test_every_project_is_needed() -> None:
    bases = {"auth-by-hand", "graphql-tables", "groups-by-hand", "user-pool-alone", "bucket-with-overrides"}
    assert sorted(set(PROJECTS) - set(NEEDS) - bases) == []
