"""What tells a finding apart from others, wherever in its file the line has moved to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from migrator.engine.sources import Flag


def fingerprints(flags: Iterable[Flag]) -> tuple[str, ...]:
    """One for each finding, in their order: made of rule, file and the words of the line, not of its number.

    Equal lines of a file are told apart by their order.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    made = []
    for flag in flags:
        place = flag.finding.location
        said = flag.excerpt.text if flag.excerpt else flag.finding.message
        identity = (flag.finding.rule, place.file if place else "", " ".join(said.split()))
        seen[identity] += 1
        made.append(sha256("\0".join((*identity, str(seen[identity]))).encode()).hexdigest()[:32])
    return tuple(made)
