"""The events of a stack and of all stacks nested in it, each told once and in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from migrator.aws.errors import asking
from migrator.aws.session import Session
from migrator.aws.stacks import NESTED, ResourceFailure, StackEvent, StackResource

_FOLLOWERS = ("Resource creation cancelled", "Resource update cancelled", "Resource deletion cancelled")
"""Reasons of resources that only stopped because another one failed."""


class StackEvents:
    """Follows a tree of stacks from now on; `fresh` stacks from their first event."""

    def __init__(self, session: Session, stack: str, *, fresh: bool = False) -> None:
        self._session = session
        self._known: set[str] = set()
        self._stacks: dict[str, str] = {stack: ""}
        """Stacks to look at, by id (the root by the name that was given), with their places."""
        self.seen: list[StackEvent] = []
        if not fresh:
            self._skip(stack)

    def new(self) -> tuple[StackEvent, ...]:
        """What happened since the last call. Raises AwsError."""
        found: list[StackEvent] = []
        waiting = list(self._stacks)
        while waiting:
            stack = waiting.pop(0)
            for event in self._fresh(stack):
                found.append(event)
                if self._is_nested(event) and event.physical_id not in self._stacks:
                    self._stacks[event.physical_id] = f"{event.stack}/{event.logical_id}".strip("/")
                    waiting.append(event.physical_id)
        found.sort(key=lambda event: event.time)
        self.seen += found
        return tuple(found)

    def _is_nested(self, event: StackEvent) -> bool:
        """Whether the event is about a stack below (a stack's own events have its own id as physical id)."""
        return event.type == NESTED and event.physical_id.startswith("arn:") and not event.own

    def _skip(self, stack: str) -> None:
        """Of stacks that are older than what is followed, only what happens from now on is told."""
        self._known.update(event["EventId"] for event in self._page(stack))
        for one in nested_stacks(self._session, stack):
            self._stacks[one.physical_id] = f"{self._stacks[stack]}/{one.logical_id}".strip("/")
            self._skip(one.physical_id)

    def _fresh(self, stack: str) -> Iterator[StackEvent]:
        place = self._stacks[stack]
        events = []
        for event in self._page(stack):
            if event["EventId"] in self._known:
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


def nested_stacks(session: Session, stack: str) -> tuple[StackResource, ...]:
    """The stacks that a stack holds; none when there is no such stack. Raises AwsError."""
    return tuple(one for one in stack_resources(session, stack) if one.type == NESTED and one.physical_id)


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
