"""The event of a nested stack that fails names the stack, so that its own events can be found."""

from __future__ import annotations

from typing import Any

from ..settings import Settings

DEFECT = (
    "When a nested stack cannot be created or updated, the event in its parent has no PhysicalResourceId: nobody can "
    "ask for the events of the nested stack, where the resource that failed is. CloudFormation gives the stack's id."
)
_STACKS = "ministack.services.cloudformation.stacks"
REPLACES = {
    f"{_STACKS}:_add_event": (
        "stack_id, stack_name, logical_id, resource_type, status, reason, physical_id, detailed_status"
    )
}
_TYPE = "AWS::CloudFormation::Stack"


def apply(settings: Settings) -> None:
    """Looks the nested stack up by its parent and its logical id, which begin its name."""
    from ministack.services.cloudformation import _stacks, stacks

    add = stacks._add_event

    def add_named(
        stack_id: str,
        stack_name: str,
        logical_id: str,
        resource_type: str,
        status: str,
        reason: str = "",
        physical_id: str = "",
        detailed_status: str = "",
    ) -> Any:
        if resource_type == _TYPE and status.endswith("_FAILED") and not physical_id and logical_id != stack_name:
            physical_id = _nested(dict(_stacks), stack_name, logical_id)
        return add(stack_id, stack_name, logical_id, resource_type, status, reason, physical_id, detailed_status)

    stacks._add_event = add_named


def _nested(known: dict[str, dict[str, Any]], parent: str, logical_id: str) -> str:
    """The id of the nested stack that was made last under that name."""
    found = [
        str(stack.get("StackId", ""))
        for name, stack in known.items()
        if stack.get("_parent_stack_name") == parent and name.startswith(f"{parent}-{logical_id}-")
    ]
    return found[-1] if found else ""
