"""Sets of rights: in one form, whatever statements say them, and compared with others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from migrator.engine.grants.actions import covered
from migrator.engine.grants.patterns import fixed
from migrator.engine.grants.statements import Effect, Place, Right

Rights: TypeAlias = Mapping[Place, frozenset[str]]
"""Actions by place. In the simplest form no action is said twice, not even by a wider place."""


class _Wider:
    """Finds the places among many that contain another one: by its pattern, or by what stands before a wildcard."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._same: defaultdict[tuple[Effect, str], list[Place]] = defaultdict(list)
        self._wild: defaultdict[tuple[Effect, str], list[Place]] = defaultdict(list)
        for place in places:
            pattern = place.resource.pattern
            start = fixed(pattern)
            found = self._same if start == pattern else self._wild
            found[place.effect, start].append(place)
        self._lengths = sorted({len(start) for _, start in self._wild})

    def of(self, place: Place) -> Iterator[Place]:
        """Those that contain the place, itself among them."""
        pattern = place.resource.pattern
        candidates = [self._same.get((place.effect, pattern), ())]
        for length in self._lengths:
            if length > len(pattern):
                break
            candidates.append(self._wild.get((place.effect, pattern[:length]), ()))
        for listed in candidates:
            yield from (one for one in listed if one == place or one.contains(place))


def simplest(rights: Iterable[Right]) -> Rights:
    """The rights, each said once, by the widest place that says it (normalisation `split-statements`)."""
    left: dict[Place, frozenset[str]] = {}
    for place, actions in rights:
        left[place] = left.get(place, frozenset()) | actions
    left = {place: _own(actions) for place, actions in left.items()}
    wider = _Wider(left)
    for place in left:
        for other in wider.of(place):
            if other != place:  # of two that contain each other the first one asked keeps nothing, the other all
                left[place] -= covered(left[place], left[other])
    return {place: actions for place, actions in left.items() if actions}


def _own(actions: frozenset[str]) -> frozenset[str]:
    """The actions without those that a pattern among them means."""
    wide = [one for one in actions if "*" in one]
    for one in wide:
        actions -= covered(actions - {one}, frozenset((one,)))
    return actions


def without(rights: Rights, others: Rights) -> Rights:
    """The rights that the others do not give."""
    wider = _Wider(others)
    found = {}
    for place, actions in rights.items():
        for other in wider.of(place):
            actions -= covered(actions, others[other])
        if actions:
            found[place] = actions
    return found


def shared(rights: Rights, others: Rights) -> Rights:
    """The rights that the others give too."""
    lacking = without(rights, others)
    both = {place: actions - lacking.get(place, frozenset()) for place, actions in rights.items()}
    return {place: actions for place, actions in both.items() if actions}


def joined(*sets: Rights) -> Rights:
    """All of the rights, at the places where each says them."""
    found: dict[Place, frozenset[str]] = {}
    for rights in sets:
        for place, actions in rights.items():
            found[place] = found.get(place, frozenset()) | actions
    return found


def aligned(one: Rights, other: Rights) -> tuple[Rights, Rights]:
    """Both sets of rights, so that what both give stands at the same places in both.

    Where one of them says by a wider place what the other says, they differ only by what is more there.
    """
    return joined(one, shared(other, one)), joined(other, shared(one, other))
