"""The cloud assembly that synth leaves: stacks with their templates, and assets.

Format: https://github.com/aws/aws-cdk/blob/main/design/cloud-assembly.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from migrator.core.errors import VerifyError

Template = dict[str, Any]
_ASSET_KEY = re.compile(r"\b([0-9a-f]{64}\.(?:json|zip))\b")
_STACK = "AWS::CloudFormation::Stack"


class Stack(Struct, frozen=True):
    """A stack of the assembly: its template's file and content; for a nested stack also who holds it."""

    file: str
    template: Template
    parent: str = ""
    """The template file of the stack that nests this one."""
    logical_id: str = ""
    """Its logical id there."""
    path: str = ""
    """Construct path below the root stack, such as `auth`; empty for the root stack."""

    @property
    def resources(self) -> dict[str, Template]:
        """Resources by logical id."""
        found = self.template.get("Resources")
        return {key: body for key, body in found.items() if isinstance(body, dict)} if isinstance(found, dict) else {}

    def construct_path(self, logical_id: str) -> str:
        """Where in the construct tree a resource was made, without the root stack's name; empty when unknown."""
        return construct_path(self.resources.get(logical_id, {}))


class Assembly(Struct, frozen=True):
    """What one synth left in `folder`."""

    folder: Path
    stacks: tuple[Stack, ...]
    assets: dict[str, Path]
    """File or folder of each asset by its object key, such as `<hash>.zip`."""
    tags: dict[str, str] = {}
    """What every stack and so every resource is tagged with."""
    made: float = 0.0
    """When it was synthesized, in seconds since 1970: templates hold moments that were counted from then."""

    def child(self, stack: Stack, logical_id: str) -> Stack | None:
        """The nested stack that a resource of `stack` is."""
        return next((s for s in self.stacks if s.parent == stack.file and s.logical_id == logical_id), None)


def construct_path(resource: Template) -> str:
    """The CDK's path metadata without the root stack's name and without the trailing `Resource`."""
    metadata = resource.get("Metadata")
    path = metadata.get("aws:cdk:path") if isinstance(metadata, dict) else None
    if not isinstance(path, str):
        return ""
    parts = path.split("/")[1:]
    if len(parts) > 1 and parts[-1] in ("Resource", "Default"):
        parts.pop()
    return "/".join(parts)


def read_assembly(folder: Path) -> Assembly:
    """Reads all stacks, root before nested. Raises VerifyError when a file is missing or is not what CDK writes.

    Without knowing better, it was made when CDK wrote its manifest.
    """
    manifest = _json(folder / "manifest.json")
    made = (folder / "manifest.json").stat().st_mtime
    artifacts = manifest.get("artifacts", {})
    properties = [
        artifact["properties"] for artifact in artifacts.values() if artifact.get("type") == "aws:cloudformation:stack"
    ]
    roots = [one["templateFile"] for one in properties]
    tags = {key: str(value) for one in properties for key, value in one.get("tags", {}).items()}
    assets = dict(_assets(folder))
    stacks: list[Stack] = []
    for file in roots:
        _collect(folder, Stack(file, _json(folder / file)), assets, stacks)
    return Assembly(folder, tuple(stacks), assets, tags, made)


def _collect(folder: Path, stack: Stack, assets: dict[str, Path], stacks: list[Stack]) -> None:
    stacks.append(stack)
    for logical_id, resource in stack.resources.items():
        if resource.get("Type") != _STACK:
            continue
        key = asset_key(resource.get("Properties", {}).get("TemplateURL"))
        path = assets.get(key)
        if path is None:
            raise VerifyError(f"{stack.file}: the template of the nested stack {logical_id} is not in the assembly")
        nested = construct_path(resource).removesuffix(".NestedStackResource").removesuffix("/")
        place = re.sub(r"(^|/)([^/]+)\.NestedStack/\2$", r"\1\2", nested)
        _collect(folder, Stack(path.name, _json(path), stack.file, logical_id, place), assets, stacks)


def _assets(folder: Path) -> Iterator[tuple[str, Path]]:
    for manifest in sorted(folder.glob("*.assets.json")):
        for entry in _json(manifest).get("files", {}).values():
            path = folder / entry.get("source", {}).get("path", "")
            for destination in entry.get("destinations", {}).values():
                yield destination["objectKey"], path


def asset_key(value: object) -> str:
    """The object key of the asset that an `S3Key` or `TemplateURL` mentions, however it is put together; else ''."""
    match = _ASSET_KEY.search(value if isinstance(value, str) else msgspec.json.encode(value).decode())
    return match[1] if match else ""


def _json(path: Path) -> Template:
    try:
        content = msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError) as problem:
        raise VerifyError(f"{path.name} of the synthesized assembly cannot be read: {problem}") from problem
    if not isinstance(content, dict):
        raise VerifyError(f"{path.name} of the synthesized assembly is no JSON object")
    return content
