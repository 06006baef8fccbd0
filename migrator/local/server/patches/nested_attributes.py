"""Updates of nested stacks keep the attributes of what did not change."""

from __future__ import annotations

from typing import Any

from ..settings import Settings

DEFECT = (
    "An update of a nested stack calls _update_resource without the attributes of the resource. What did not change "
    "loses them, and every Fn::GetAtt on it fails the update: 'Requested attribute Arn does not exist in schema'."
)
_UPDATE = "resource_type, physical_id, old_props, new_props, stack_name, logical_id, old_attrs"
REPLACES = {"ministack.services.cloudformation.provisioners:_update_resource": _UPDATE}


def apply(settings: Settings) -> None:
    """Looks the attributes up in the stack's record where they are not given."""
    from ministack.services.cloudformation import _stacks, provisioners

    update = provisioners._update_resource

    def update_with_attributes(
        resource_type: str,
        physical_id: str,
        old_props: dict[str, Any],
        new_props: dict[str, Any],
        stack_name: str,
        logical_id: str | None = None,
        old_attrs: dict[str, Any] | None = None,
    ) -> Any:
        if old_attrs is None:
            resources = (_stacks.get(stack_name) or {}).get("_resources") or {}
            old_attrs = (resources.get(logical_id) or {}).get("Attributes")
        return update(resource_type, physical_id, old_props, new_props, stack_name, logical_id, old_attrs)

    provisioners._update_resource = update_with_attributes
