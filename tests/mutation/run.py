"""Runs faults, mutants and harmless edits, and counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from pathlib import Path

from msgspec import Struct

from migrator.verify.results import Check, Status
from tests.mutation import harmless, sources
from tests.mutation.faults import FAULTS
from tests.mutation.operators import Mutant, mutants, sampled
from tests.mutation.subjects import Subject, fixture, sample
from tests.mutation.survivors import explained
from tests.projects import ROOT

FIXTURES = ROOT / "tests" / "fixtures" / "gen1"
TOGETHER = 2
"""Processes at a time."""


class Tried(Struct, frozen=True):
    """A named fault, and the checks that refuse it. `error` says why it could not be tried."""

    name: str
    sample: str
    wanted: Check
    found: frozenset[Check] = frozenset()
    error: str = ""

    @property
    def passed(self) -> bool:
        """Whether the check that should find it does."""
        return self.wanted in self.found


class Accepted(Struct, frozen=True):
    """A harmless edit, and the checks that refuse it all the same."""

    name: str
    sample: str
    refused: frozenset[Check] = frozenset()
    error: str = ""

    @property
    def passed(self) -> bool:
        """Whether nothing refuses it."""
        return not self.refused and not self.error


class Outcome(Struct, frozen=True):
    """A generic mutant: found by these checks, or survived for a reason (empty: none)."""

    sample: str
    mutant: Mutant
    found: frozenset[Check] = frozenset()
    reason: str = ""

    @property
    def passed(self) -> bool:
        """Whether it is found, or none."""
        return bool(self.found or self.reason)


@cache
def subject(name: str, cache_folder: Path) -> Subject:
    """A sample, or a fixture that is converted first; once in each process."""
    place = FIXTURES / name
    return fixture(name, place, cache_folder) if place.is_dir() else sample(name, cache_folder)


def try_fault(index: int, cache_folder: Path, *, all_checks: bool = True) -> Tried:
    """One named fault in what is synthesized, tried with all checks or with that alone which should find it."""
    fault = FAULTS[index]
    whole = subject(fault.sample, cache_folder)
    try:
        found = whole.found(fault.change(whole.assembly), () if all_checks else (fault.check,))
    except LookupError as error:
        return Tried(fault.name, fault.sample, fault.check, error=str(error))
    return Tried(fault.name, fault.sample, fault.check, found)


def try_harmless(index: int, cache_folder: Path) -> Accepted:
    """One harmless edit of what is synthesized."""
    edit = harmless.CHANGES[index]
    whole = subject(edit.sample, cache_folder)
    try:
        return Accepted(edit.name, edit.sample, whole.found(edit.change(whole.assembly)))
    except LookupError as error:
        return Accepted(edit.name, edit.sample, error=str(error))


def try_mutants(name: str, chosen: Sequence[Mutant], cache_folder: Path) -> tuple[Outcome, ...]:
    """Generic mutants of one sample."""
    whole = subject(name, cache_folder)
    return tuple(_outcome(whole, mutant) for mutant in chosen)


def _outcome(whole: Subject, mutant: Mutant) -> Outcome:
    found = whole.found(mutant.applied(whole.assembly))
    reason = None if found else explained(mutant)
    return Outcome(whole.name, mutant, found, reason.name if reason else "")


def choose(whole: Subject, each: int, most: int = 0) -> tuple[Mutant, ...]:
    """The mutants of a sample that are tried: `each` of every group of alike ones, at most `most` (0: no limit)."""
    return sampled((one for one in mutants(whole.assembly) if not whole.is_aside(one)), each, most)


def try_source_fault(fault: sources.SourceFault) -> Tried:
    """One named fault in TypeScript: the check that should find it is run."""
    try:
        results = sources.checked(fault.sample, fault.edits, (fault.check,))
    except LookupError as error:
        return Tried(fault.name, fault.sample, fault.check, error=str(error))
    return Tried(fault.name, fault.sample, fault.check, sources.failing(results))


def try_harmless_source(edit: harmless.HarmlessSource) -> Accepted:
    """One harmless edit in TypeScript; every check is run."""
    try:
        results = sources.checked(edit.sample, edit.edits)
    except LookupError as error:
        return Accepted(edit.name, edit.sample, error=str(error))
    return Accepted(edit.name, edit.sample, sources.failing(results))


def all_faults(cache_folder: Path) -> tuple[Tried, ...]:
    """Every named fault in what is synthesized."""
    with ProcessPoolExecutor(TOGETHER) as pool:
        return tuple(pool.map(try_fault, range(len(FAULTS)), [cache_folder] * len(FAULTS), chunksize=10))


def all_mutants(samples: Iterable[str], cache_folder: Path, each: int, most: int) -> tuple[Outcome, ...]:
    """Generic mutants of the samples."""
    pieces = []
    for name in samples:
        chosen = choose(subject(name, cache_folder), each, most)
        pieces += [(name, chosen[start : start + 20]) for start in range(0, len(chosen), 20)]
    names, parts = zip(*pieces, strict=True)
    with ProcessPoolExecutor(TOGETHER) as pool:
        done = pool.map(try_mutants, names, parts, [cache_folder] * len(names))
        return tuple(one for piece in done for one in piece)


def all_harmless(cache_folder: Path) -> tuple[Accepted, ...]:
    """Every harmless edit of what is synthesized."""
    with ProcessPoolExecutor(TOGETHER) as pool:
        return tuple(pool.map(try_harmless, range(len(harmless.CHANGES)), [cache_folder] * len(harmless.CHANGES)))


def in_sources() -> tuple[tuple[Tried, ...], tuple[Accepted, ...]]:
    """Everything that is made in TypeScript, two at a time."""
    with ThreadPoolExecutor(TOGETHER) as pool:
        tried = tuple(pool.map(try_source_fault, sources.faults()))
        return tried, tuple(pool.map(try_harmless_source, harmless.in_sources()))


def is_clean(whole: Subject) -> bool:
    """Whether nothing refuses the unchanged project: else what a check says of it could hide a mutant."""
    return all(one.status is not Status.FAILED for one in whole.unchanged.values())
