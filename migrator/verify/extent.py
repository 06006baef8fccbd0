"""How much of both generations is compared."""

from __future__ import annotations

from functools import cached_property

from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.observed import Declared, Observed
from migrator.verify.gen1_stacks import without_template
from migrator.verify.subject import DeployedSubject

_REST = "rest-api"
"""The feature whose name has a hyphen, as stacks of single resources have."""


class Extent:
    """What is compared: by what is converted, kept as it is, asked for, or waits for another conversion."""

    def __init__(self, subject: DeployedSubject, context: Context) -> None:
        self._subject = subject
        self._context = context

    def holds(self, feature: str, one: Observed) -> bool:
        """Whether something is compared; what belongs to no feature is told with the whole."""
        owner = owner_of(one)
        return self.asks_for(owner) if owner else self.is_compared(feature)

    def asks_for(self, owner: ResourceRef) -> bool:
        """The same for a resource of Gen 1; one of a feature that waits may have come along with another."""
        of = self._context.features.get(owner, "")
        came = of in self._subject.waiting and self._context.converted(owner)
        return self.is_compared(of) or (came and not self._subject.features)

    def is_compared(self, feature: str) -> bool:
        """Whether a feature is compared as a whole."""
        asked = self._subject.features
        return not feature or (feature not in self._subject.waiting and (not asked or feature in asked))

    def is_ours(self, one: Observed) -> bool:
        """Whether something of Gen 1 is compared with what Gen 2 makes."""
        owner = owner_of(one)
        return owner is None or (self.is_new(owner) and self.asks_for(owner))

    def is_new(self, ref: ResourceRef) -> bool:
        """Whether Gen 2 makes the resource anew."""
        return self._context.converted(ref) and not self.stays(ref)

    def stays(self, ref: ResourceRef) -> bool:
        """Whether the live resource is kept as a whole."""
        return self._context.reused(ref) and self._context.features.get(ref) not in self.made_again

    def is_waiting(self, ref: ResourceRef) -> bool:
        """Whether a resource is of a feature that waits, and did not come along with another."""
        return self._context.features.get(ref) in self._subject.waiting and not self._context.converted(ref)

    def is_kept_whole(self, feature: str) -> bool:
        """Whether nothing of a feature is made anew."""
        members = [ref for ref, of in self._context.features.items() if of == feature]
        return bool(feature and members) and not any(self.is_new(ref) for ref in members)

    def is_unseen(self, declared: Declared) -> bool:
        """Whether a resource of Gen 2 stands in the stack of a feature that is not compared."""
        feature = _feature_of(declared)
        return feature in self._blind or not self.is_compared(feature)

    def is_blind(self, feature: str, one: Observed) -> bool:
        """Whether something of Gen 2 belongs to a feature of which Gen 1 has a resource without a template."""
        stack = _feature_of(one.of[0]) if one.of else ""
        return feature in self._blind or stack in self._blind

    @cached_property
    def made_again(self) -> frozenset[str]:
        """Features of which `--reuse` keeps only what the resources hold, so that these are compared."""
        return frozenset(watch.feature for watch in self._subject.watches if watch.observer.made_again)

    @cached_property
    def _blind(self) -> frozenset[str]:
        unseen = (entry.ref for entry in without_template(self._context.app) if self.is_new(entry.ref))
        return frozenset(self._context.features.get(ref, "") for ref in unseen)


def owner_of(one: Observed) -> ResourceRef | None:
    """The Gen 1 resource whose template declares something; None where it is of no resource, or of Gen 2."""
    return one.of[0].owner if one.of else None


def _feature_of(declared: Declared) -> str:
    """The feature whose stack a resource of Gen 2 stands in; a stack of its own is called `storage-points`."""
    stack = declared.stack.partition("/")[0]
    return _REST if stack.startswith(f"{_REST}-") else stack.partition("-")[0]
