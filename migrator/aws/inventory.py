"""The resources of deployed stacks by the names they got."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrator.aws.errors import asking
from migrator.aws.properties import pages
from migrator.aws.session import Session
from migrator.aws.stacks import NESTED, StackResource


def stack_resources(session: Session, stack: str) -> tuple[StackResource, ...]:
    """The resources of one stack, by its name or ARN; none of nested ones. Raises AwsError."""
    client = session.client("cloudformation")
    with asking(f"the resources of the stack {stack}"):
        listed = tuple(pages(client.list_stack_resources, "StackResourceSummaries", StackName=stack))
    return tuple(
        StackResource(
            one["LogicalResourceId"], one.get("PhysicalResourceId", ""), one["ResourceType"], one["ResourceStatus"]
        )
        for one in listed
    )


def tree_resources(session: Session, stack: str, path: tuple[str, ...] = ()) -> Iterator[tuple[str, StackResource]]:
    """The resources of a stack and of all that it nests, each with the path of its stack: logical ids, joined by `/`.

    Raises AwsError.
    """
    for one in stack_resources(session, stack):
        yield "/".join(path), one
        if one.type == NESTED and one.physical_id:
            yield from tree_resources(session, one.physical_id, (*path, one.logical_id))


def stack_outputs(session: Session, stack: str) -> Mapping[str, str]:
    """The outputs of one stack. Raises AwsError."""
    with asking(f"the stack {stack}"):
        found = session.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    return {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", ())}
