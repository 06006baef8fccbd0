"""Templates of a stack and of all below it, in a form that can be compared.

Two templates of one backend differ in many words that mean nothing: CDK puts hashes into the names of parameters and
outputs by which nested stacks hand values to each other. Here every value is followed to the resource that it comes
from, so that a property differs only where CloudFormation would find another value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from migrator.aws.stacks import NESTED, LiveStack
from migrator.verify.assembly import Assembly

_SUBSTITUTION = re.compile(r"\$\{([^!${}][^${}]*)\}")
ROOT = ""


class Resource(Struct, frozen=True):
    """A resource with its values followed. `stack` is its stack's place: logical ids, such as `data1234/Todo5678`."""

    stack: str
    logical_id: str
    type: str
    properties: dict[str, Any]
    deletion: str
    """The DeletionPolicy; `Delete` where none is written."""
    replacement: str
    """The UpdateReplacePolicy."""
    path: str
    """Construct path below the root stack; empty when unknown."""

    @property
    def key(self) -> str:
        """Names the resource in the tree."""
        return f"{self.stack}#{self.logical_id}"

    @property
    def label(self) -> str:
        """What people know it by."""
        return self.path or f"{self.stack}/{self.logical_id}".strip("/")


class Tree:
    """The templates by place; the root's place is empty."""

    def __init__(self, templates: Mapping[str, Mapping[str, Any]]) -> None:
        self._templates = templates
        self._outputs: dict[tuple[str, str], Any] = {}
        self._open: set[tuple[str, str]] = set()
        self.resources: dict[str, Resource] = {one.key: one for one in self._read()}

    def _read(self) -> Iterator[Resource]:
        for stack in self._templates:
            for logical_id, body in self._bodies(stack).items():
                properties = body.get("Properties")
                yield Resource(
                    stack,
                    logical_id,
                    str(body.get("Type", "")),
                    self._followed(properties, stack) if isinstance(properties, dict) else {},
                    str(body.get("DeletionPolicy", "Delete")),
                    str(body.get("UpdateReplacePolicy", "Delete")),
                    _construct_path(body),
                )

    def _bodies(self, stack: str) -> dict[str, Any]:
        found = self._templates[stack].get("Resources")
        return {k: v for k, v in found.items() if isinstance(v, dict)} if isinstance(found, dict) else {}

    def _followed(self, value: Any, stack: str) -> Any:
        match value:
            case {"Ref": str(name)} if len(value) == 1:
                return self._ref(name, stack)
            case {"Fn::GetAtt": str(text)} if len(value) == 1:
                name, _, attribute = text.partition(".")
                return self._attribute(name, attribute, stack)
            case {"Fn::GetAtt": [str(name), str(attribute)]} if len(value) == 1:
                return self._attribute(name, attribute, stack)
            case {"Fn::Sub": str(text)} if len(value) == 1:
                return self._substituted(text, {}, stack)
            case {"Fn::Sub": [str(text), dict(variables)]} if len(value) == 1:
                return self._substituted(text, variables, stack)
            case dict():
                return {key: self._followed(item, stack) for key, item in value.items()}
            case list():
                return [self._followed(item, stack) for item in value]
        return value

    def _ref(self, name: str, stack: str) -> Any:
        if name in self._bodies(stack):
            return {"Ref": f"{stack}#{name}"}
        parameters = self._templates[stack].get("Parameters")
        if not isinstance(parameters, dict) or name not in parameters:
            return {"Ref": name}
        parent, _, logical_id = stack.rpartition("/")
        if stack != ROOT:
            handed = self._bodies(parent).get(logical_id, {}).get("Properties", {}).get("Parameters", {})
            if isinstance(handed, dict) and name in handed:
                return self._followed(handed[name], parent)
        return {"Parameter": parameters[name].get("Default", name) if isinstance(parameters[name], dict) else name}

    def _attribute(self, name: str, attribute: str, stack: str) -> Any:
        child = f"{stack}/{name}".strip("/")
        if attribute.startswith("Outputs.") and child in self._templates:
            return self._output(child, attribute.removeprefix("Outputs."))
        return {"GetAtt": f"{stack}#{name}.{attribute}"}

    def _output(self, stack: str, name: str) -> Any:
        key = (stack, name)
        if key in self._open:
            return {"Output": f"{stack}#{name}"}  # templates that need each other are refused elsewhere
        if key not in self._outputs:
            self._open.add(key)
            output = self._templates[stack].get("Outputs", {}).get(name, {})
            self._outputs[key] = self._followed(output.get("Value"), stack) if isinstance(output, dict) else None
            self._open.discard(key)
        return self._outputs[key]

    def _substituted(self, text: str, variables: Mapping[str, Any], stack: str) -> Any:
        values = {}
        for name in _SUBSTITUTION.findall(text):
            if name in variables:
                values[name] = self._followed(variables[name], stack)
            elif "." in name:
                resource, _, attribute = name.partition(".")
                values[name] = self._attribute(resource, attribute, stack)
            else:
                values[name] = self._ref(name, stack)
        return {"Sub": text, "with": values} if values else text


def _construct_path(body: Mapping[str, Any]) -> str:
    metadata = body.get("Metadata")
    path = metadata.get("aws:cdk:path") if isinstance(metadata, dict) else None
    if not isinstance(path, str):
        return ""
    parts = [part for part in path.split("/")[1:] if not part.endswith((".NestedStack", ".NestedStackResource"))]
    if len(parts) > 1 and parts[-1] in ("Resource", "Default"):
        parts.pop()
    return "/".join(parts)


def mentions(value: Any) -> Iterator[str]:
    """The keys of the resources that a followed value comes from."""
    match value:
        case {"Ref": str(key)} if "#" in key:
            yield key
        case {"GetAtt": str(text)}:
            yield text.rpartition("#")[0] + "#" + text.rpartition("#")[2].split(".")[0]
        case dict():
            for inner in value.values():
                yield from mentions(inner)
        case list():
            for inner in value:
                yield from mentions(inner)


def synthesized(assembly: Assembly) -> Tree:
    """The tree that the assembly's first root stack would deploy."""
    return Tree(assembly_templates(assembly))


def assembly_templates(assembly: Assembly) -> dict[str, dict[str, Any]]:
    """The templates of the assembly's first root stack, by place."""
    places: dict[str, str] = {}
    templates: dict[str, dict[str, Any]] = {}
    for stack in assembly.stacks:
        if not stack.parent and templates:
            break
        place = f"{places[stack.parent]}/{stack.logical_id}".strip("/") if stack.parent else ROOT
        places[stack.file] = place
        templates[place] = stack.template
    return templates


def deployed(live: LiveStack | None) -> Tree:
    """The tree that is deployed."""
    return Tree({place: stack.template for place, stack in live.walk()} if live else {})


def is_stack(resource: Resource) -> bool:
    """Whether the resource is a nested stack, which is compared by what is in it."""
    return resource.type == NESTED
