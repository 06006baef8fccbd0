"""A nested stack that cannot be created leaves nothing behind."""

from __future__ import annotations

from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, handlers, replace

DEFECT = (
    "A nested stack whose creation fails half-way keeps what it made: nobody removes its resources, and the next "
    "deployment finds buckets and tables of those names. CloudFormation rolls the nested stack back."
)
_PROVISIONERS = "ministack.services.cloudformation.provisioners"
REPLACES = {
    HANDLERS: "",
    f"{_PROVISIONERS}:_cfn_nested_stack_create": "logical_id, props, stack_name",
    f"{_PROVISIONERS}:_cfn_nested_stack_delete": "physical_id, props",
}
_TYPE = "AWS::CloudFormation::Stack"


def apply(settings: Settings) -> None:
    """Removes the nested stack, and keeps the reason in its record."""
    from ministack.services.cloudformation import _stacks, provisioners

    create = handlers(_TYPE)["create"]

    def create_or_nothing(logical_id: str, properties: dict[str, Any], stack_name: str) -> Any:
        before = set(_stacks.keys())
        try:
            return create(logical_id, properties, stack_name)
        except Exception:
            parent = _stacks.get(stack_name) or {}
            if not parent.get("DisableRollback") or parent.get("ParentId"):
                for name in set(_stacks.keys()) - before:
                    _remove(name, stack_name, properties)
            raise

    def _remove(name: str, parent: str, properties: dict[str, Any]) -> None:
        stack = _stacks.get(name) or {}
        if stack.get("StackStatus") == "CREATE_FAILED" and stack.get("_parent_stack_name") == parent:
            reason = stack.get("StackStatusReason")
            provisioners._cfn_nested_stack_delete(name, properties)
            stack["StackStatusReason"] = reason

    replace(_TYPE, create=create_or_nothing)
