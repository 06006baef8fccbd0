"""What CloudFormation says about stacks, as values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct

NESTED = "AWS::CloudFormation::Stack"


class StackEvent(Struct, frozen=True):
    """One line of a stack's history."""

    id: str
    stack: str
    """Where in the tree: empty for the root stack, else logical ids as in `data/Todo`."""
    logical_id: str
    physical_id: str
    type: str
    status: str
    reason: str
    time: datetime
    own: bool = False
    """Whether it is about the stack itself, not one of its resources."""

    @property
    def failed(self) -> bool:
        return self.status.endswith("_FAILED")


class StackResource(Struct, frozen=True):
    """A resource of a deployed stack."""

    logical_id: str
    physical_id: str
    type: str
    status: str


class LiveStack(Struct, frozen=True):
    """A deployed stack with its template, and those nested in it."""

    name: str
    id: str
    status: str
    """Such as `UPDATE_COMPLETE`."""
    template: dict[str, Any]
    resources: tuple[StackResource, ...] = ()
    children: dict[str, LiveStack] = {}
    """Nested stacks by their logical ids."""
    outputs: dict[str, str] = {}
    reason: str = ""
    tags: dict[str, str] = {}

    def walk(self, path: str = "") -> Iterator[tuple[str, LiveStack]]:
        """This stack and all below, each with its place in the tree (logical ids; empty for this one)."""
        yield path, self
        for logical_id, child in self.children.items():
            yield from child.walk(f"{path}/{logical_id}".strip("/"))


class ResourceFailure(Struct, frozen=True):
    """A resource that could not be made, changed or removed, and why."""

    stack: str
    """Where in the tree: empty for the root stack, else logical ids as in `data/Todo`."""
    logical_id: str
    type: str
    status: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.stack}/{self.logical_id}".strip("/")
        return f"{place} ({self.type}) {self.status}: {self.reason or 'no reason given'}"


class StackResult(StrEnum):
    """What became of a stack."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    ROLLED_BACK = "rolled-back"
    """It failed, and the stack is as it was before."""
    FAILED = "failed"
    """It failed, and the stack needs help: see its status."""


class StackOutcome(Struct, frozen=True):
    """One deployment of a stack. `seconds` is wall time, `failures` those that began it first."""

    result: StackResult
    stack: str
    status: str = ""
    """CloudFormation's status at the end."""
    failures: tuple[ResourceFailure, ...] = ()
    seconds: float = 0.0
    published: int = 0
    """Assets that were uploaded."""
    notes: tuple[str, ...] = ()
    """What else the user should know of it."""

    @property
    def succeeded(self) -> bool:
        return self.result not in (StackResult.ROLLED_BACK, StackResult.FAILED)
