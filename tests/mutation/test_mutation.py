"""Faults are found by the check that should find them, mutants are found or explained, harmless edits pass.

This is the part that takes seconds; `python -m tests.mutation` tries every mutant, and what is changed in TypeScript.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutation import harmless, run, run_sites, sources
from tests.mutation.faults import FAULTS

SAMPLES = ("club", "notes-legacy", "shop")
"""Those whose every site is spoilt."""
PROVEN = (*SAMPLES, "atlas", "harbour", "parcels", "press")
PIECES = 4
"""Parts that the mutants are tried in, so that processes share the work."""
MOST = 6
"""Mutants of every sample."""
SITES = 4
"""Mutants of the TypeScript of every sample."""

pytestmark = pytest.mark.node


@pytest.mark.parametrize("sample", PROVEN)
def test_the_unchanged_project_is_proven(sample: str, assemblies: Path) -> None:
    assert run.is_clean(run.subject(sample, assemblies))


@pytest.mark.parametrize("index", [pytest.param(n, id=one.name) for n, one in enumerate(FAULTS)])
def test_a_fault_is_found_by_its_check(index: int, assemblies: Path) -> None:
    tried = run.try_fault(index, assemblies, all_checks=False)
    assert (tried.passed, tried.error) == (True, ""), f"{tried.wanted} does not find it, but {set(tried.found)}"


@pytest.mark.parametrize("index", [pytest.param(n, id=one.name) for n, one in enumerate(harmless.CHANGES)])
def test_a_harmless_edit_is_accepted(index: int, assemblies: Path) -> None:
    accepted = run.try_harmless(index, assemblies)
    assert (accepted.refused, accepted.error) == (frozenset(), "")


@pytest.mark.parametrize("piece", range(PIECES))
@pytest.mark.parametrize("sample", SAMPLES)
def test_mutants_are_found_or_explained(sample: str, piece: int, assemblies: Path) -> None:
    chosen = run.choose(run.subject(sample, assemblies), each=1, most=MOST)[piece::PIECES]
    missed = [one.mutant for one in run.try_mutants(sample, chosen, assemblies) if not one.passed]
    assert [f"{one.kind} {one.where}: {one.operator}" for one in missed] == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_mutants_of_typescript_are_found_or_explained(sample: str, assemblies: Path) -> None:
    chosen = run_sites.choose(sample, each=1, most=SITES)
    missed = [one.site.said for one in run_sites.try_sites(sample, chosen, assemblies) if not one.passed]
    assert missed == []


def test_names_of_faults_are_told_apart() -> None:
    names = [(one.check, one.name) for one in (*FAULTS, *sources.faults())]
    assert len(names) >= 80
    assert len(set(names)) == len(names)


def test_there_are_20_harmless_edits() -> None:
    assert len(harmless.CHANGES) + len(harmless.in_sources()) >= 20
