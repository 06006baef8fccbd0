"""What a deployment would do to every resource, told before anything happens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from migrator.deploy.replacement import HOLDERS, Effect, Reason, effect_of
from migrator.deploy.trees import Resource, Tree, is_stack, mentions

_KEPT = frozenset({"Retain", "RetainExceptOnCreate", "Snapshot"})
"""Policies under which CloudFormation leaves the resource, or a snapshot of it, behind."""


class Action(StrEnum):
    """What becomes of a resource."""

    CREATE = "create"
    CHANGE = "change"
    REPLACE = "replace"
    """A new one takes its place."""
    MAY_REPLACE = "may-replace"
    """It is not known before; of what holds data, taken for a replacement."""
    DELETE = "delete"
    LEAVE = "leave"
    """It is no longer part of the stack, and stays where it is (`DeletionPolicy: Retain`)."""
    REFUSE = "refuse"
    """AWS would refuse the change."""


class Change(Struct, frozen=True):
    """What becomes of one resource."""

    action: Action
    stack: str
    logical_id: str
    type: str
    label: str
    """Construct path, or the logical id where there is none."""
    properties: tuple[str, ...] = ()
    """Those that differ."""
    reason: str = ""
    holds: str = ""
    """What users gave it (`users`, `rows`); empty for what a new one can stand in for."""
    kept: bool = False
    """Whether the old one stays behind when it is replaced or leaves the stack."""
    physical_id: str = ""

    @property
    def takes_data(self) -> bool:
        """Whether users lose what they gave it, or the backend does."""
        return bool(self.holds) and self.action in (Action.REPLACE, Action.MAY_REPLACE, Action.DELETE)

    def named(self, names: frozenset[str]) -> bool:
        """Whether it is one of those names: its label, logical id or physical id."""
        return bool(names & {self.label, self.logical_id, self.physical_id} - {""})


def changes(before: Tree, after: Tree, physical: Mapping[str, str] = {}) -> tuple[Change, ...]:
    """Everything that differs, sorted by stack and name; `physical` gives ids of deployed resources by their keys."""
    found = {key: change for key in before.resources.keys() & after.resources.keys() if (change := _changed(
        before.resources[key], after.resources[key], frozenset()))}  # fmt: skip
    _spread(found, before, after)
    made = [_made(one) for key, one in after.resources.items() if key not in before.resources and not is_stack(one)]
    gone = [
        _gone(one, before, after)
        for key, one in before.resources.items()
        if key not in after.resources and not is_stack(one)
    ]
    everything = [*made, *found.values(), *gone]
    filled = _filled(after) | _filled(before)
    told = (_with_data(one, filled, physical) for one in everything)
    return tuple(sorted(told, key=lambda one: (one.stack, one.label, one.logical_id)))


def _made(one: Resource) -> Change:
    return Change(Action.CREATE, one.stack, one.logical_id, one.type, one.label)


def _gone(one: Resource, before: Tree, after: Tree) -> Change:
    kept = one.deletion in _KEPT or any(stack.deletion in _KEPT for stack in _leaving(one, before, after))
    return Change(Action.LEAVE if kept else Action.DELETE, one.stack, one.logical_id, one.type, one.label, kept=kept)


def _leaving(one: Resource, before: Tree, after: Tree) -> Iterator[Resource]:
    """The nested stacks around a resource that leave together with it."""
    steps = one.stack.split("/") if one.stack else []
    for end in range(len(steps)):
        key = f"{'/'.join(steps[:end])}#{steps[end]}"
        if key in before.resources and key not in after.resources:
            yield before.resources[key]


def _changed(old: Resource, new: Resource, replaced: frozenset[str]) -> Change | None:
    """What becomes of a resource that is on both sides; `replaced` are those that get new ids."""
    if is_stack(new) and is_stack(old):
        return None
    kept = old.replacement in _KEPT and new.replacement in _KEPT
    base = Change(Action.CHANGE, new.stack, new.logical_id, new.type, new.label, kept=kept)
    if old.type != new.type:
        return replace(base, action=Action.REFUSE, reason=f"its type changes from {old.type}", properties=("Type",))
    names = tuple(_differing(old.properties, new.properties, replaced))
    policies = tuple(
        name
        for name, mine, other in (
            ("DeletionPolicy", old.deletion, new.deletion),
            ("UpdateReplacePolicy", old.replacement, new.replacement),
        )
        if mine != other
    )
    if not names and not policies:
        return None
    worst = max((_effect(old, new, name) for name in names), key=lambda r: r.effect, default=Reason(Effect.NONE))
    action = _ACTIONS[worst.effect]
    if action is Action.MAY_REPLACE and new.type not in HOLDERS:
        action = Action.CHANGE
    return replace(base, action=action, properties=names + policies, reason=worst.text)


_ACTIONS = {
    Effect.NONE: Action.CHANGE,
    Effect.MAYBE: Action.MAY_REPLACE,
    Effect.REPLACED: Action.REPLACE,
    Effect.REFUSED: Action.REFUSE,
}


def _differing(old: Mapping[str, Any], new: Mapping[str, Any], replaced: frozenset[str]) -> Iterator[str]:
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name) or (replaced and not replaced.isdisjoint(mentions(new.get(name)))):
            yield name


def _effect(old: Resource, new: Resource, name: str) -> Reason:
    return effect_of(new.type, name, old.properties.get(name), new.properties.get(name), new.properties)


def _spread(found: dict[str, Change], before: Tree, after: Tree) -> None:
    """What mentions a resource that is replaced gets its new id, and may be replaced by that in turn."""
    replaced: frozenset[str] = frozenset()
    while True:
        now = frozenset(key for key, change in found.items() if change.action in (Action.REPLACE, Action.MAY_REPLACE))
        if now == replaced:
            return
        replaced = now
        for key in before.resources.keys() & after.resources.keys():
            if not replaced.isdisjoint(mentions(after.resources[key].properties)):
                change = _changed(before.resources[key], after.resources[key], replaced)
                if change is not None:
                    found[key] = change


def _filled(tree: Tree) -> frozenset[str]:
    """Buckets that the deployment itself fills: what is in them comes from the project, not from users."""
    return frozenset(
        key
        for one in tree.resources.values()
        if one.type == "Custom::CDKBucketDeployment"
        for key in mentions(one.properties.get("DestinationBucketName"))
    )


def _with_data(change: Change, filled: frozenset[str], physical: Mapping[str, str]) -> Change:
    key = f"{change.stack}#{change.logical_id}"
    holds = "" if key in filled else HOLDERS.get(change.type, "")
    return replace(change, holds=holds, physical_id=physical.get(key, ""))
