"""A nested stack that goes leaves behind what its template says to retain."""

from __future__ import annotations

from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, handlers, replace

DEFECT = (
    "A nested stack that is removed from its parent deletes everything in it, whatever the DeletionPolicy of its "
    "resources: retained tables, buckets and user pools go with all that is in them. CloudFormation leaves them behind."
)
_PACKAGE = "ministack.services.cloudformation"
REPLACES = {
    HANDLERS: "",
    f"{_PACKAGE}.provisioners:_nested_stack_lookup_name": "physical_id_or_arn",
    f"{_PACKAGE}.stacks:_resource_policy": (
        "res_def, attribute, resources, params, conditions, mappings, stack_name, stack_id"
    ),
    f"{_PACKAGE}.provisioners:_RETAINING_POLICIES": "",
}
_TYPE = "AWS::CloudFormation::Stack"


def apply(settings: Settings) -> None:
    """Takes what is retained out of the stack before it is deleted."""
    from ministack.services.cloudformation import _stacks, provisioners

    delete = handlers(_TYPE)["delete"]

    def delete_the_rest(physical_id: str, properties: dict[str, Any]) -> Any:
        name = provisioners._nested_stack_lookup_name(physical_id)
        stack = _stacks.get(name)
        if stack:
            for logical_id in _retained(stack, name):
                stack["_resources"].pop(logical_id, None)
        return delete(physical_id, properties)

    replace(_TYPE, delete=delete_the_rest)


def _retained(stack: dict[str, Any], name: str) -> list[str]:
    from ministack.services.cloudformation import provisioners, stacks

    template = stack.get("_template") or {}
    resources = stack.get("_resources") or {}
    declared = template.get("Resources") or {}
    given = (stack.get("_resolved_params") or {}, stack.get("_conditions") or {}, template.get("Mappings") or {})

    def policy(logical_id: str) -> Any:
        about = (declared.get(logical_id), "DeletionPolicy", resources)
        return stacks._resource_policy(*about, *given, name, stack.get("StackId", ""))

    return [logical_id for logical_id in resources if policy(logical_id) in provisioners._RETAINING_POLICIES]
