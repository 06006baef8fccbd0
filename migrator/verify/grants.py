"""The check `grants`: what each principal may do on what, in both generations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from migrator.core.ref import ResourceRef
from migrator.engine.grants.given import ROLE, Given, given
from migrator.engine.grants.names import Names
from migrator.engine.grants.observing import observed
from migrator.engine.grants.rights import Rights, aligned, joined, shared, simplest, without
from migrator.engine.grants.statements import Effect, Place
from migrator.engine.observed import Declared, Generation, Observed, Observer, Value
from migrator.gen1.values import PLACEHOLDER
from migrator.verify.naming import live_ids

BOUNDARY = "PermissionsBoundary"
"""What takes rights away from a role."""
_REFUSALS = (Effect.DENY, Effect.DISTRUST)
_TRUST = (Effect.TRUST, Effect.DISTRUST)
Principal = tuple[str, str]
"""Kind and key."""


class Scope(Struct, frozen=True):
    """What of Gen 1 is compared, and what becomes of it."""

    asked: Callable[[ResourceRef], bool]
    """Whether a resource belongs to what is compared."""
    converted: Callable[[ResourceRef], bool]
    stays: Callable[[ResourceRef], bool]
    """Whether the live resource is kept as a whole."""
    kept: Callable[[Declared], bool]
    """Whether a principal of Gen 1 is kept: users' roles are, with the pool."""
    waits: Callable[[ResourceRef], bool]
    """Whether a resource is not converted yet: rights on it come with it."""
    unseen: Callable[[Declared], bool]
    """Whether something of Gen 2 belongs to what nothing of Gen 1 is known of, or to what is not compared."""


class Grants:
    """The rights of both generations by principal."""

    def __init__(self, gen1: Generation, gen2: Generation, observers: Iterable[Observer], scope: Scope) -> None:
        listed = tuple(observers)
        self._scope = scope
        kept = live_ids(gen1.context, listed, scope.stays)
        self._gen1 = _by_principal(gen1, listed, kept)
        self._gen2 = _by_principal(gen2, listed, kept)
        self._waiting = frozenset(one.name for one in gen1.resources if one.owner and scope.waits(one.owner))

    @cached_property
    def sides(self) -> tuple[tuple[Observed, ...], tuple[Observed, ...]]:
        """What Gen 1 gives and what Gen 2 gives, as far as they are compared."""
        left: list[Observed] = []
        right: list[Observed] = []
        for principal in dict.fromkeys((*self._gen1, *self._gen2)):
            one, other = self._sides(principal)
            left += [one] if one else []
            right += [other] if other else []
        return tuple(left), tuple(right)

    def _sides(self, principal: Principal) -> tuple[Observed | None, Observed | None]:
        ours, theirs = self._gen1.get(principal, []), self._gen2.get(principal, [])
        if not ours:
            seen = [one for one in theirs if not self._scope.unseen(one.by)]
            return None, _observed(principal, _rights(seen), seen) if seen else None
        owner = _holder(ours).owner
        if owner and not self._scope.asked(owner):
            return None, None
        if owner and not self._scope.converted(owner):
            return self._made_by_hand(principal, ours, theirs)
        theirs = [self._as_far_as_known(one, ours) for one in theirs]
        if not any(one.holder for one in ours):
            theirs = [_without_trust(one) for one in theirs]
        stays = not any(one.holder for one in theirs) and self._scope.kept(_holder(ours))
        compared = [one for one in ours if self._is_compared(one, stays)]
        if not compared and (stays or not theirs):
            return None, None
        left, right = self._aligned(ours, compared, theirs)
        made = [one for one in theirs if one.holder] or theirs
        return _observed(principal, left, compared or ours[:1]), _observed(principal, right, made) if theirs else None

    def _as_far_as_known(self, one: Given, ours: list[Given]) -> Given:
        """What is given to a principal; by what nothing of Gen 1 is known of, only what Gen 1 is known to give."""
        if one.holder or not self._scope.unseen(one.by):
            return one
        return replace(one, rights=tuple(shared(_rights((one,)), _rights(ours)).items()))

    def _made_by_hand(
        self, principal: Principal, ours: list[Given], theirs: list[Given]
    ) -> tuple[Observed | None, Observed | None]:
        """A principal of what is not converted, which the user has made in Gen 2: it may have less than in Gen 1, which
        the gap is about, but no more."""
        if not any(one.holder for one in theirs):
            return None, None
        left, right = _no_more(_rights(ours), _rights(theirs))
        kept = {key for one in theirs for key in one.settings} | {BOUNDARY}
        told = [replace(one, settings=_only(one.settings, kept)) for one in ours]
        return _observed(principal, left, told), _observed(principal, right, theirs)

    def _is_compared(self, one: Given, stays: bool) -> bool:
        """Whether Gen 2 has to give what this gives in Gen 1. A principal that stays keeps what stays."""
        owner = one.by.owner
        if owner is None:
            return not (stays and one.holder)
        if stays and (self._scope.stays(owner) or one.holder):
            return False
        return self._scope.converted(owner) and self._scope.asked(owner)

    def _aligned(self, ours: list[Given], compared: list[Given], theirs: list[Given]) -> tuple[Rights, Rights]:
        """The rights on both sides; what Gen 1 gives, but is not compared, is left out on both."""
        left, right = _rights(compared), _rights(theirs)
        late = {place: actions for place, actions in left.items() if self._is_late(place)}
        left = {place: actions for place, actions in left.items() if place not in late}
        others = joined(late, _rights(one for one in ours if one not in compared))
        if others:
            right = simplest(joined(without(right, others), shared(right, left)).items())
        return aligned(left, right)

    def _is_late(self, place: Place) -> bool:
        """Whether a right is on something that is not converted yet."""
        return any(
            mention in self._waiting or mention.rpartition(".")[0] in self._waiting
            for mention in PLACEHOLDER.findall(place.resource.pattern)
        )


def _without_trust(one: Given) -> Given:
    """What a principal may do, where nothing of Gen 1 says who may become it: its template is not there (normalisation
    `undeclared-principals`)."""
    return replace(one, rights=tuple(right for right in one.rights if right[0].effect not in _TRUST), settings={})


def _no_more(gen1: Rights, gen2: Rights) -> tuple[Rights, Rights]:
    """Both sides without what only Gen 1 allows, and without what only Gen 2 refuses."""
    allowed, refused = _parted(gen2)
    given, held = _parted(gen1)
    return joined(shared(allowed, given), held), joined(allowed, shared(held, refused))


def _parted(rights: Rights) -> tuple[Rights, Rights]:
    """What is allowed, and what is refused."""
    refused = {place: actions for place, actions in rights.items() if place.effect in _REFUSALS}
    return {place: actions for place, actions in rights.items() if place not in refused}, refused


def _only(settings: Mapping[str, Value], names: Collection[str]) -> dict[str, Value]:
    return {key: value for key, value in settings.items() if key in names}


def _rights(listed: Iterable[Given]) -> Rights:
    return simplest(right for one in listed for right in one.rights)


def _holder(listed: list[Given]) -> Declared:
    """What a principal is declared by; else what gives it its first rights."""
    return next((one.holder for one in listed if one.holder), listed[0].by)


def _observed(principal: Principal, rights: Rights, listed: list[Given]) -> Observed:
    settings = {key: value for one in listed for key, value in one.settings.items()}
    by = {one.id: one for one in (_holder(listed), *(one.by for one in listed))}
    return observed(*principal, rights, settings, by.values())


def _by_principal(
    generation: Generation, observers: tuple[Observer, ...], kept: Mapping[str, str]
) -> Mapping[Principal, list[Given]]:
    known: defaultdict[str, dict[str, str]] = defaultdict(dict, {"": dict(kept)})
    for observer in observers:
        for principal, names in observer.spelt(generation).items():
            known[principal] |= names

    def said(declared: Declared, generation: Generation) -> Mapping[str, Any]:
        found = (one.rights(declared, generation) for one in observers)
        return next((properties for properties in found if properties is not None), declared.properties)

    found: defaultdict[Principal, list[Given]] = defaultdict(list)
    for one in given(generation, Names(generation, known), said):
        found[one.kind, one.key].append(one)
    return {who: listed for who, listed in found.items() if _is_somebody(listed)}


def _is_somebody(listed: list[Given]) -> bool:
    """Whether anybody may become a principal (normalisation `roles-of-nobody`): else its rights are nobody's."""
    holder = next((one for one in listed if one.holder), None)
    if holder is None or holder.kind != ROLE:
        return True
    return any(place.effect is Effect.TRUST for place, _ in holder.rights)
