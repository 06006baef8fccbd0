"""The check `resources`: every resource of the feature's stacks is there, and CloudFormation is done with it.

It knows nothing of types, so it holds for every feature, and for stacks of the project's own. What the local AWS only
keeps a record of is told: nothing of it was tried.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from migrator.aws.inventory import tree_resources
from migrator.aws.stacks import StackResource
from migrator.core.features import feature_of_stack
from migrator.deploy.checks.interface import Deployed, Outcome, Status
from migrator.verify.assembly import Assembly, Stack

CHECK = "resources"
GOOD = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"})
_METADATA = "AWS::CDK::Metadata"
"""What CDK notes for statistics; not every target makes it."""
_SHOWN = 5


def resources(deployed: Deployed) -> Iterator[Outcome]:
    """The stacks of the feature, and those of no feature where something is wrong with them."""
    there: dict[str, dict[str, StackResource]] = {}
    for path, one in tree_resources(deployed.session, deployed.stack):
        there.setdefault(path, {})[one.logical_id] = one
    count, kinds = 0, Counter[str]()
    for path, head, stack in _stacks(deployed.assembly):
        feature = feature_of_stack(head)
        if feature not in (deployed.feature, ""):
            continue
        wrong = tuple(_wrong(stack, there.get(path, {})))
        if wrong:
            more = f"; and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
            yield Outcome(CHECK, f"stack {head or deployed.stack}", Status.FAILED, "; ".join(wrong[:_SHOWN]) + more)
        elif feature:
            count += len(stack.resources)
            kinds.update(str(one.get("Type")) for one in stack.resources.values())
    if count:
        yield Outcome(CHECK, deployed.feature, Status.PASSED, f"{count} resources are there")
    yield from _recorded(deployed, kinds)


def _stacks(assembly: Assembly) -> Iterator[tuple[str, str, Stack]]:
    """The stacks of the first tree: place by logical ids, the nested stack of the root that it is in, and itself."""
    by_file = {stack.file: stack for stack in assembly.stacks}
    for stack in assembly.stacks:
        chain = [stack]
        while above := by_file.get(chain[0].parent):
            chain.insert(0, above)
        if chain[0] is not assembly.stacks[0]:
            continue  # another root stack: it is not what is deployed
        head = (chain[1].path or chain[1].logical_id).partition("/")[0] if len(chain) > 1 else ""
        yield "/".join(one.logical_id for one in chain[1:]), head, stack


def _wrong(stack: Stack, there: dict[str, StackResource]) -> Iterator[str]:
    for logical_id, body in stack.resources.items():
        if body.get("Type") == _METADATA or "Condition" in body:
            continue  # a condition decides in the account
        found = there.get(logical_id)
        if found is None:
            yield f"{logical_id} ({body.get('Type')}) is not there"
        elif found.status not in GOOD:
            yield f"{logical_id} ({found.type}) is {found.status}"


def _recorded(deployed: Deployed, kinds: Counter[str]) -> Iterator[Outcome]:
    """Types of which the local AWS only keeps a record."""
    if deployed.local is None:
        return
    for type_ in sorted({one.type for one in deployed.local.recorded()} & kinds.keys()):
        reason = "the local AWS keeps a record of it and does not emulate it: nothing of it was tried"
        yield Outcome(CHECK, _counted(type_, kinds[type_]), Status.SKIPPED, reason)


def _counted(type_: str, count: int) -> str:
    return type_ if count == 1 else f"{type_} ({count})"
