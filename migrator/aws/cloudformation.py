"""Stacks: read with all that is nested in them, created, updated, deleted, and helped out of states that block.

Statuses: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from migrator.aws.errors import asking
from migrator.aws.events import StackEvents, first_failures, stack_resources
from migrator.aws.session import Session
from migrator.aws.stacks import (
    NESTED,
    LiveStack,
    ResourceFailure,
    StackEvent,
    StackOutcome,
    StackResult,
)
from migrator.core.errors import AwsError

CAPABILITIES = ("CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND")
LIMIT_SECONDS = 3600.0
"""How long a stack may take; CloudFormation itself gives up on most resources earlier."""
GOOD = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"})
UNDONE = frozenset({"UPDATE_ROLLBACK_COMPLETE", "IMPORT_ROLLBACK_COMPLETE"})
"""An update failed, and the stack is as it was: it can be updated again."""
DEAD = frozenset({"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED", "REVIEW_IN_PROGRESS"})
"""The stack never came to be, or only half went away: it can only be deleted."""
STUCK = "UPDATE_ROLLBACK_FAILED"
_WAITED_FOR = "it is being worked on; that is waited for"
_NOTHING_TO_DO = "No updates are to be performed"
_NOT_THERE = "does not exist"

Follow = Callable[[StackEvent], None]


class Way(Struct, frozen=True):
    """What has to happen to a stack in some status before it can be deployed to, in words; empty: nothing."""

    status: str
    step: str


def way_on(status: str | None) -> Way:
    """What `settle` will do with a stack in that status."""
    if status is None or status in GOOD | UNDONE or status in ("UPDATE_FAILED", "IMPORT_ROLLBACK_FAILED"):
        return Way(status or "", "")
    if status in DEAD:
        return Way(status, "it never was deployed whole: it is deleted first, and made anew")
    if status == STUCK:
        return Way(status, "its last rollback failed: the rollback is tried again first")
    return Way(status, _WAITED_FOR)


def stack_status(session: Session, name: str) -> str | None:
    """The status of a stack by name or id; None when there is none. Raises AwsError."""
    found = _described(session, name)
    return None if found is None or found["StackStatus"] == "DELETE_COMPLETE" else str(found["StackStatus"])


def read_stack(session: Session, name: str, *, templates: bool = True) -> LiveStack | None:
    """A deployed stack and all below it; None when there is none. Raises AwsError."""
    found = _described(session, name)
    if found is None or found["StackStatus"] == "DELETE_COMPLETE":
        return None
    return _read(session, found, templates)


def _read(session: Session, found: Mapping[str, Any], templates: bool) -> LiveStack:
    stack_id = str(found["StackId"])
    resources = tuple(stack_resources(session, stack_id))
    children: dict[str, LiveStack] = {}
    for one in resources:
        if one.type == NESTED and one.physical_id and one.status != "DELETE_COMPLETE":
            child = _described(session, one.physical_id)
            if child is not None:
                children[one.logical_id] = _read(session, child, templates)
    return LiveStack(
        str(found["StackName"]),
        stack_id,
        str(found["StackStatus"]),
        _template(session, stack_id) if templates else {},
        resources,
        children,
        {one["OutputKey"]: str(one["OutputValue"]) for one in found.get("Outputs", ())},
        str(found.get("StackStatusReason", "")),
        {one["Key"]: one["Value"] for one in found.get("Tags", ())},
    )


def _described(session: Session, name: str) -> dict[str, Any] | None:
    from botocore.exceptions import ClientError

    with asking(f"the stack {_short(name)}"):
        try:
            found: dict[str, Any] = session.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
        except ClientError as problem:
            if _NOT_THERE in str(problem):
                return None
            raise
    return found


def _template(session: Session, stack_id: str) -> dict[str, Any]:
    with asking(f"the template of the stack {_short(stack_id)}"):
        body = session.client("cloudformation").get_template(StackName=stack_id, TemplateStage="Original")
    content = body["TemplateBody"]  # botocore decodes JSON itself; other text is YAML, which CDK does not write
    if isinstance(content, str):
        try:
            content = msgspec.json.decode(content.encode())
        except msgspec.DecodeError:
            return {}
    return dict(content) if isinstance(content, dict) else {}


def deploy_stack(
    session: Session,
    name: str,
    template_url: str,
    *,
    tags: Mapping[str, str] = {},
    parameters: Mapping[str, str] = {},
    follow: Follow = lambda event: None,
    pause: float = 3.0,
) -> StackOutcome:
    """Creates the stack, or updates it, and waits; `pause` is the time between two looks, in seconds.

    Resources that fail are an outcome: CloudFormation brings the stack back by itself. Raises AwsError when it cannot
    be asked, refuses the template, or does not end within `LIMIT_SECONDS`.
    """
    start = time.monotonic()
    status = settle(session, name, follow=follow, pause=pause)
    events = StackEvents(session, name, fresh=status is None)
    asked = _asked(session, name, template_url, (tags, parameters), status)
    if not asked:
        return StackOutcome(StackResult.UNCHANGED, name, status or "", seconds=time.monotonic() - start)
    final = _wait(session, name, events, follow, pause)
    failures = first_failures(events.seen)
    return StackOutcome(_result(final, status), name, final, failures, time.monotonic() - start)


def _asked(
    session: Session, name: str, url: str, given: tuple[Mapping[str, str], Mapping[str, str]], status: str | None
) -> bool:
    """Whether CloudFormation has something to do; `given` are tags and parameters."""
    from botocore.exceptions import ClientError

    client = session.client("cloudformation")
    body = {
        "StackName": name,
        "TemplateURL": url,
        "Capabilities": list(CAPABILITIES),
        "Tags": [{"Key": key, "Value": value} for key, value in sorted(given[0].items())],
        "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in sorted(given[1].items())],
    }
    with asking(f"the stack {name}"):
        try:
            client.create_stack(**body) if status is None else client.update_stack(**body)
        except ClientError as problem:
            if _NOTHING_TO_DO in str(problem):
                return False
            if not _was_heard(problem):
                raise
    return True


def _was_heard(problem: Any) -> bool:
    """Whether a request that got no answer in time, and was sent again by botocore, had begun the operation."""
    if not problem.response.get("ResponseMetadata", {}).get("RetryAttempts"):
        return False
    error = problem.response.get("Error", {})
    return error.get("Code") == "AlreadyExistsException" or "_IN_PROGRESS state" in error.get("Message", "")


def _result(final: str, before: str | None) -> StackResult:
    if final in GOOD:
        return StackResult.CREATED if before is None else StackResult.UPDATED
    if final in UNDONE or final in ("ROLLBACK_COMPLETE", "DELETED"):
        return StackResult.ROLLED_BACK
    return StackResult.FAILED


def delete_stack(
    session: Session, name: str, *, follow: Follow = lambda event: None, pause: float = 3.0
) -> StackOutcome:
    """Deletes a stack; what has a Retain policy stays. Raises AwsError."""
    start = time.monotonic()
    found = _described(session, name)
    if found is None:
        return StackOutcome(StackResult.UNCHANGED, name, "")
    stack_id = str(found["StackId"])  # a deleted stack is only found by its id
    events = StackEvents(session, stack_id)
    with asking(f"the stack {name}"):
        session.client("cloudformation").delete_stack(StackName=stack_id)
    final = _wait(session, stack_id, events, follow, pause)
    gone = final in ("DELETED", "DELETE_COMPLETE")
    result = StackResult.DELETED if gone else StackResult.FAILED
    return StackOutcome(result, name, final, first_failures(events.seen), time.monotonic() - start)


def come_to_rest(session: Session, name: str, *, follow: Follow = lambda event: None, pause: float = 3.0) -> str | None:
    """Waits while a stack is being worked on, and returns its status then; None when there is none. Raises AwsError."""
    status = stack_status(session, name)
    if status is None or not status.endswith("_IN_PROGRESS") or status in DEAD:
        return status
    _wait(session, name, StackEvents(session, name), follow, pause)
    return stack_status(session, name)


def settle(session: Session, name: str, *, follow: Follow = lambda event: None, pause: float = 3.0) -> str | None:
    """Brings a stack to a status in which it can be updated, and returns that; None when there is no stack (any more).

    Raises AwsError when that cannot be done without the user.
    """
    status = come_to_rest(session, name, follow=follow, pause=pause)
    if status in DEAD:
        outcome = delete_stack(session, name, follow=follow, pause=pause)
        if outcome.result is not StackResult.DELETED:
            raise AwsError(
                f"the stack {name} is {status} and cannot be deleted: {_because(outcome.failures)}",
                hint=f"mend what the reason names, then `aws cloudformation delete-stack --stack-name {name}`",
                code=outcome.status,
            )
        return None
    if status == STUCK:
        return _rolled_back(session, name, follow, pause)
    return status


def _rolled_back(session: Session, name: str, follow: Follow, pause: float) -> str:
    events = StackEvents(session, name)
    with asking(f"the stack {name}"):
        session.client("cloudformation").continue_update_rollback(StackName=name)
    status = _wait(session, name, events, follow, pause)
    if status in UNDONE:
        return status
    failures = first_failures(events.seen)
    skipped = " ".join(f"{one.stack}.{one.logical_id}".strip(".") for one in failures)
    raise AwsError(
        f"the stack {name} is {status}: its rollback cannot be finished: {_because(failures)}",
        hint="mend what the reason names and deploy again, or leave the resource as it is: "
        f"`aws cloudformation continue-update-rollback --stack-name {name} --resources-to-skip {skipped}`",
        code=status,
    )


def _because(failures: tuple[ResourceFailure, ...]) -> str:
    return str(failures[0]) if failures else "CloudFormation gives no reason"


def _wait(session: Session, name: str, events: StackEvents, follow: Follow, pause: float) -> str:
    """The status at the end; `DELETED` when there is no such stack any more."""
    end = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < end:
        found = _described(session, name)
        for event in events.new():
            follow(event)
        if found is None:
            return "DELETED"
        status = str(found["StackStatus"])
        if not status.endswith("_IN_PROGRESS"):
            return status
        time.sleep(pause)
    raise AwsError(
        f"the stack {name} did not end within {LIMIT_SECONDS / 60:.0f} minutes",
        hint="CloudFormation goes on without us: look at its events, and run the command again with --resume",
        code="Timeout",
    )


def _short(name: str) -> str:
    """A stack's name out of its ARN."""
    return name.split("/")[1] if name.startswith("arn:") and "/" in name else name
