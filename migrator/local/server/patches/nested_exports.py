"""Exports of nested stacks can be imported."""

from __future__ import annotations

import copy
from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, handlers, replace

DEFECT = (
    "The exports of a nested stack are registered nowhere, so Fn::ImportValue of another stack fails. Gen 1 writes "
    "such templates: each @model stack exports the ARN of its table's stream."
)
REPLACES = {
    HANDLERS: "",
    "ministack.services.cloudformation:_exports": "",
    "ministack.services.cloudformation.provisioners:_nested_stack_lookup_name": "physical_id_or_arn",
    "ministack.services.cloudformation.engine:_resolve_refs": (
        "value, resources, params, conditions, mappings, stack_name, stack_id"
    ),
}
_TYPE = "AWS::CloudFormation::Stack"


def apply(settings: Settings) -> None:
    """Registers them once the nested stack is there."""
    known = handlers(_TYPE)

    def create(logical_id: str, properties: dict[str, Any], stack_name: str) -> Any:
        made = known["create"](logical_id, properties, stack_name)
        _register(made[0])
        return made

    def update(physical_id: str, old: dict[str, Any], new: dict[str, Any], stack_name: str) -> Any:
        made = known["update"](physical_id, old, new, stack_name)
        _register(made[0])
        return made

    replace(_TYPE, create=create, update=update)


def _register(stack_id: str) -> None:
    from ministack.services.cloudformation import _exports, _stacks, provisioners

    stack = _stacks.get(provisioners._nested_stack_lookup_name(stack_id))
    if not stack:
        return
    template = stack.get("_template") or {}
    given = {output["OutputKey"]: output for output in stack.get("Outputs", [])}
    wanted: dict[str, str] = {}
    for key, output in (template.get("Outputs") or {}).items():
        if output.get("Export") and key in given:
            name = _name(output["Export"]["Name"], template, stack)
            given[key]["ExportName"] = name
            wanted[name] = given[key]["OutputValue"]
    for name in [name for name, export in _exports.items() if export["StackId"] == stack["StackId"]]:
        if name not in wanted:
            del _exports[name]
    for name, value in wanted.items():
        if name in _exports and _exports[name]["StackId"] != stack["StackId"]:
            raise ValueError(f"Export with name {name} is already exported by stack {_exports[name]['StackId']}")
        _exports[name] = {"StackId": stack["StackId"], "Name": name, "Value": value}


def _name(written: Any, template: dict[str, Any], stack: dict[str, Any]) -> str:
    from ministack.services.cloudformation.engine import _resolve_refs

    return str(
        _resolve_refs(
            copy.deepcopy(written),
            stack["_resources"],
            stack["_resolved_params"],
            stack["_conditions"],
            template.get("Mappings", {}),
            stack["StackName"],
            stack["StackId"],
        )
    )
