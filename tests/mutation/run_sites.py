"""Runs generic mutants of TypeScript: each is synthesized and compared, and type-checked where nothing else sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from msgspec import Struct

from migrator.verify.results import Check, Status
from tests.mutation.batch import Batch, Variant, batch
from tests.mutation.site_survivors import explained
from tests.mutation.sites import Site, sampled, sites
from tests.mutation.sources import HEAVY, checked_after, failing
from tests.mutation.subjects import Subject, builds, clients
from tests.projects import SAMPLES

TOGETHER = 2
"""Processes at a time."""
_PIECE = 80
"""Mutants of one process."""


class SiteOutcome(Struct, frozen=True):
    """A mutant of TypeScript: found by these checks, or survived for a reason (empty: none)."""

    sample: str
    site: Site
    found: frozenset[Check] = frozenset()
    reason: str = ""

    @property
    def passed(self) -> bool:
        """Whether it is found, or none."""
        return bool(self.found or self.reason)


def choose(name: str, each: int, most: int = 0) -> tuple[Site, ...]:
    """The mutants of a sample that are tried: `each` of every file and operator (0: all), at most `most` (0: any)."""
    return sampled(sites(_gen2(name) / "amplify"), each, most)


def all_sites(samples: Iterable[str], cache_folder: Path, each: int, most: int) -> tuple[SiteOutcome, ...]:
    """Generic mutants of the TypeScript of the samples."""
    pieces = []
    for name in samples:
        chosen = choose(name, each, most)
        pieces += [(name, chosen[start : start + _PIECE]) for start in range(0, len(chosen), _PIECE)]
    names, parts = zip(*pieces, strict=True)
    with ProcessPoolExecutor(TOGETHER) as pool:
        done = pool.map(try_sites, names, parts, [cache_folder] * len(names))
        return tuple(one for piece in done for one in piece)


def try_sites(name: str, chosen: Sequence[Site], cache_folder: Path) -> tuple[SiteOutcome, ...]:
    """Mutants of one sample, compared with what the unchanged project gives in the same way."""
    cache_folder.mkdir(parents=True, exist_ok=True)
    with batch(_gen2(name).parent / "gen1", _gen2(name)) as variants:
        return tuple(_tried(name, chosen, variants, cache_folder / f"{name}-api.json"))


def _tried(name: str, chosen: Sequence[Site], variants: Batch, api: Path) -> Iterator[SiteOutcome]:
    whole: Subject | None = None
    waiting: list[Site | None] = [None, *chosen]  # the first one is the unchanged project
    for made in variants.synthesized([one.applied if one else _unchanged for one in waiting]):
        tried, waiting = waiting[: len(made)], waiting[len(made) :]
        if whole is None:
            whole = _subject(name, made[0], api)
        found = {one.folder: _found(whole, one) for one in made}
        unseen = [one for one in made if not found[one.folder]]
        for one, result in zip(unseen, variants.schemas(unseen), strict=True):
            found[one.folder] |= {Check.SCHEMA} if result.status is Status.FAILED else set()
        yield from (
            _outcome(name, site, found[one.folder]) for site, one in zip(tried, made, strict=True) if site is not None
        )


def _unchanged(amplify: Path) -> None:
    pass


def _subject(name: str, unchanged: Variant, api: Path) -> Subject:
    if unchanged.assembly is None:
        raise RuntimeError(f"{name} is not synthesized: {unchanged.error}")
    gen2 = _gen2(name)
    whole = Subject(name, gen2.parent / "gen1", gen2, unchanged.assembly, clients(), builds(api))
    if any(one.status is Status.FAILED for one in whole.unchanged.values()):
        raise RuntimeError(f"{name} is refused as it is")
    return whole


def _found(whole: Subject, variant: Variant) -> frozenset[Check]:
    """The checks that refuse what is synthesized."""
    return frozenset({Check.SYNTH}) if variant.assembly is None else whole.found(variant.assembly)


def _outcome(name: str, site: Site, found: frozenset[Check]) -> SiteOutcome:
    if found:
        return SiteOutcome(name, site, found)
    reason = explained(site)
    if reason:
        return SiteOutcome(name, site, reason=reason.name)
    return SiteOutcome(name, site, failing(checked_after(name, site.applied, HEAVY)))


def _gen2(name: str) -> Path:
    return next(one for one in SAMPLES if one.name == name) / "gen2"
