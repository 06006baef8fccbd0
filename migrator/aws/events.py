"""The events of a stack and of all stacks nested in it, each told once and in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from migrator.aws.errors import asking
from migrator.aws.session import Session
from migrator.aws.stacks import NESTED, ResourceFailure, StackEvent, StackResource

_FOLLOWERS = ("Resource creation cancelled", "Resource update cancelled", "Resource deletion cancelled")
"""Reasons of resources that only stopped because another one failed."""


class StackEvents:
    """Follows a tree of stacks from now on; `fresh` stacks from their first event.

    Nested stacks are asked for while they are being worked on, and once more when they have ended: a history is long,
    and most nested stacks have nothing to tell.
    """

    def __init__(self, session: Session, stack: str, *, fresh: bool = False) -> None:
        self._session = session
        self._root = stack
        self._known: set[str] = set()
        self._active: dict[str, str] = {}
        """Nested stacks that are being worked on, by id, with their places."""
        self.seen: list[StackEvent] = []
        last = None if fresh else next(self._page(stack), None)
        self._since: datetime | None = last["Timestamp"] if last else None
        """The last event before; AWS's clock counts."""

    def new(self) -> tuple[StackEvent, ...]:
        """What happened since the last call. Raises AwsError."""
        found: list[StackEvent] = []
        waiting = {self._root: "", **self._active}
        while waiting:
            stack, place = waiting.popitem()
            for event in self._fresh(stack, place):
                found.append(event)
                if event.type != NESTED or event.own or not event.physical_id.startswith("arn:"):
                    continue
                below = f"{place}/{event.logical_id}".strip("/")
                waiting[event.physical_id] = below
                if event.status.endswith("_IN_PROGRESS"):
                    self._active[event.physical_id] = below
                else:
                    self._active.pop(event.physical_id, None)
        found.sort(key=lambda event: event.time)
        self.seen += found
        return tuple(found)

    def _fresh(self, stack: str, place: str) -> Iterator[StackEvent]:
        events = []
        for event in self._page(stack):
            if event["EventId"] in self._known or (self._since and event["Timestamp"] <= self._since):
                break  # newest first: all older ones are known
            events.append(event)
        for event in reversed(events):
            self._known.add(event["EventId"])
            yield _event(event, place)

    def _page(self, stack: str) -> Iterator[dict[str, Any]]:
        from botocore.exceptions import ClientError

        pages = self._session.client("cloudformation").get_paginator("describe_stack_events")
        with asking("the events of the stack"):
            try:
                for page in pages.paginate(StackName=stack):
                    yield from page["StackEvents"]
            except ClientError as problem:
                if "does not exist" not in str(problem):  # it is not there yet, or not any more: no events then
                    raise


def stack_resources(session: Session, stack: str) -> Iterator[StackResource]:
    """The resources of a stack; none when there is no such stack. Raises AwsError."""
    from botocore.exceptions import ClientError

    pages = session.client("cloudformation").get_paginator("list_stack_resources")
    with asking("the resources of the stack"):
        try:
            for page in pages.paginate(StackName=stack):
                for one in page["StackResourceSummaries"]:
                    yield StackResource(
                        one["LogicalResourceId"],
                        one.get("PhysicalResourceId", ""),
                        one["ResourceType"],
                        one["ResourceStatus"],
                    )
        except ClientError as problem:
            if "does not exist" not in str(problem):
                raise


def _event(event: dict[str, Any], place: str) -> StackEvent:
    return StackEvent(
        event["EventId"],
        place,
        event["LogicalResourceId"],
        event.get("PhysicalResourceId", ""),
        event["ResourceType"],
        event["ResourceStatus"],
        event.get("ResourceStatusReason", ""),
        event["Timestamp"],
        event.get("PhysicalResourceId") == event["StackId"],
    )


def first_failures(events: Iterable[StackEvent]) -> tuple[ResourceFailure, ...]:
    """The resources that failed by themselves, in the order in which they did; stacks above them and resources that
    were stopped along with them are left out. Where nothing else failed, the stack's own reason."""
    failed = [event for event in events if event.failed]
    own = [e for e in failed if e.type != NESTED and not e.reason.startswith(_FOLLOWERS)]
    chosen = own or [e for e in failed if not e.reason.startswith(_FOLLOWERS)][:1]
    # What fails while CloudFormation cleans up comes after what began it.
    chosen.sort(key=lambda e: (e.status.startswith(("DELETE", "ROLLBACK", "UPDATE_ROLLBACK")), e.time))
    found = (ResourceFailure(e.stack, e.logical_id, e.type, e.status, e.reason) for e in chosen)
    return tuple(dict.fromkeys(found))
