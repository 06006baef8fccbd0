"""The plan: which slices are deployed onto what is there, what that does to every resource, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from migrator.core.errors import DeployError, UsageError
from migrator.deploy.changes import Action, Change, changes
from migrator.deploy.operations import CheckFeature, DeploySlice, KeepState, Operation, WriteOutputs
from migrator.deploy.staying import Staying
from migrator.deploy.synthesis import Synthesized
from migrator.deploy.targets.interface import Slice, TargetName
from migrator.deploy.trees import Tree, synthesized
from migrator.verify.assembly import Assembly

OUTPUTS = "amplify_outputs.json"


class Current(Struct, frozen=True):
    """What is deployed, as far as it is known."""

    features: tuple[str, ...] = ()
    tree: Tree = Tree({})
    physical: Mapping[str, str] = {}
    status: str = ""
    """CloudFormation's status; empty when AWS was not asked, or there is no stack."""
    asked: bool = False
    """Whether AWS was asked: without, it is what this project remembers."""
    way: str = ""
    """What has to happen to the stack first."""


class Wanted(Struct, frozen=True):
    """What the user asked for."""

    features: tuple[str, ...] = ()
    """To be deployed; none means all that the project has."""
    remove: tuple[str, ...] = ()
    allow: frozenset[str] = frozenset()
    """Names of resources with data that may be replaced or deleted."""


class PlannedSlice(Struct, frozen=True):
    """One slice, and what it does."""

    slice_: Slice
    changes: tuple[Change, ...]
    cached: bool = False
    seconds: float = 0.0
    """What the synth took."""


class Plan(Struct, frozen=True):
    """Everything that will happen."""

    target: TargetName
    stack: str
    current: Current
    slices: tuple[PlannedSlice, ...]
    operations: tuple[Operation, ...]
    refused: tuple[Change, ...]
    """Changes that take data and were not allowed by name, and those that AWS would refuse."""
    allowed: tuple[Change, ...]
    """Changes that take data, and were."""
    staying: tuple[Staying, ...] = ()
    """Live resources of Gen 1 that Gen 2 makes anew: what is in them stays there."""

    @property
    def empty(self) -> bool:
        """Whether no resource changes."""
        return not any(one.changes for one in self.slices)


def steps_of(order: Sequence[str], current: Sequence[str], wanted: Wanted) -> tuple[tuple[str, ...], ...]:
    """The features of each slice, from the first that is deployed on.

    What is deployed stays: the first slice holds all of it, but what is to be removed. Raises UsageError when a
    deployed feature is not in the project any more and nobody said to remove it, or when nothing would be left.
    """
    held = set(current) - set(wanted.remove)
    lost = [feature for feature in current if feature in held and feature not in order]
    if lost:
        raise UsageError(
            f"{' and '.join(lost)} {'is' if len(lost) == 1 else 'are'} deployed, and not in the project any more",
            hint=f"remove it from the stack by name: {' '.join(f'--remove {one}' for one in lost)}",
        )
    unknown = [feature for feature in wanted.features if feature not in order]
    if unknown:
        raise UsageError(
            f"the project has no {' and no '.join(unknown)}", hint=f"it has {', '.join(order) or 'no features'}"
        )
    asked = (set(wanted.features) or set(order)) | held
    asked -= set(wanted.remove)
    if not asked:
        raise UsageError("nothing would be left to deploy", hint="`migrate deploy --destroy` removes the whole stack")
    chosen = [feature for feature in order if feature in asked]
    base = [feature for feature in chosen if feature in held]
    rest = [feature for feature in chosen if feature not in held]
    found = [tuple(base)] if base else []
    for feature in rest:
        last = set(found[-1] if found else ()) | {feature}
        found.append(tuple(one for one in chosen if one in last))
    return tuple(found)


def make_plan(
    target: TargetName, stack: str, current: Current, made: Sequence[Synthesized], wanted: Wanted, folder: Path
) -> Plan:
    """The plan for slices that were synthesized, onto what is deployed."""
    planned: list[PlannedSlice] = []
    operations: list[Operation] = []
    before_tree = current.tree
    before: tuple[Slice, Assembly] | None = None
    for one in made:
        if one.assembly is None:
            continue
        after = synthesized(one.assembly)
        found = changes(before_tree, after, current.physical)
        planned.append(PlannedSlice(one.slice_, found, one.cached, one.seconds))
        way = current.way if not operations else ""
        operations += _operations(target, one, one.assembly, found, before, folder, way)
        before_tree, before = after, (one.slice_, one.assembly)
    taking = [change for one in planned for change in one.changes if change.takes_data]
    refused = [change for change in taking if not change.named(wanted.allow)]
    refused += [change for one in planned for change in one.changes if change.action is Action.REFUSE]
    allowed = tuple(change for change in taking if change.named(wanted.allow))
    return Plan(target, stack, current, tuple(planned), tuple(operations), tuple(refused), allowed)


def _operations(
    target: TargetName,
    one: Synthesized,
    assembly: Assembly,
    found: tuple[Change, ...],
    before: tuple[Slice, Assembly] | None,
    folder: Path,
    way: str,
) -> list[Operation]:
    slice_, digest = one.slice_, one.digest
    operations: list[Operation] = [
        DeploySlice(slice_, assembly, digest, found, before, way),
        WriteOutputs(slice_, assembly, digest, folder / OUTPUTS),
    ]
    operations += [CheckFeature(slice_, assembly, digest, feature) for feature in slice_.adds or slice_.features]
    if target is TargetName.LOCAL:
        operations.append(KeepState(slice_, digest))
    return operations


def refusal(plan: Plan) -> DeployError:
    """Why a plan is not carried out."""
    first = plan.refused[0]
    more = f" (and {len(plan.refused) - 1} more)" if len(plan.refused) > 1 else ""
    if not first.takes_data:
        return DeployError(f"AWS would refuse to change {first.label}: {first.reason}{more}", hint="take that back")
    names = " ".join(f"--allow-replace {change.label}" for change in plan.refused if change.takes_data)
    return DeployError(
        f"{first.label} holds {first.holds} and would be {_FATE.get(first.action, 'replaced')}"
        f"{f': {first.reason}' if first.reason else ''}{more}",
        hint=f"back up what is in it, then say that it may go: {names}",
    )


_FATE = {"delete": "deleted", "replace": "replaced", "may-replace": "replaced, as far as can be told"}
