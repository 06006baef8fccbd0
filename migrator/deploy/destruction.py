"""What deleting a whole backend takes, and what stays behind: looked at before anything is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from migrator.aws.reading import Reading
from migrator.aws.stacks import LiveStack
from migrator.core.errors import AwsError, DeployError
from migrator.deploy.replacement import HOLDERS

IMPORTED = "Custom::ImportedAmplifyDynamoDBTable"
_RETAINED = ("Retain", "RetainExceptOnCreate")
_BUCKET, _POOL = "AWS::S3::Bucket", "AWS::Cognito::UserPool"
_TABLES = ("AWS::DynamoDB::Table", "Custom::AmplifyDynamoDBTable")


class Held(Struct, frozen=True, order=True):
    """A resource that holds data."""

    type: str
    id: str
    place: str
    """Where in the tree of stacks."""
    holds: str
    """Such as `rows`."""
    amount: str = ""
    """How much, as far as AWS tells: `7 rows`; empty when it does not."""


class Destruction(Struct, frozen=True):
    """Everything that will happen."""

    stack: str
    status: str
    resources: int
    """How many resources will be gone."""
    lost: tuple[Held, ...]
    kept: tuple[Held, ...]
    """What is retained: it stays, outside of every stack."""

    @property
    def empty(self) -> bool:
        """Whether nothing that somebody put in is lost, as far as AWS tells."""
        return all(one.amount.startswith("no ") for one in self.lost)


def look(live: LiveStack, reading: Reading) -> Destruction:
    """What deleting the stack does. Raises DeployError when live Gen 1 tables were taken over into it."""
    taken = [one.physical_id for _, stack in live.walk() for one in stack.resources if one.type == IMPORTED]
    if taken:
        raise DeployError(
            f"the stack {live.name} has taken over live tables: {', '.join(sorted(taken))}",
            hint="It is not deleted from here. Read docs/preparation.md, then decide table by table.",
        )
    lost: list[Held] = []
    kept: list[Held] = []
    count = 0
    for held, retained in _resources(live):
        count += 0 if retained else 1
        if held is not None:
            (kept if retained else lost).append(_with_amount(held, reading))
    return Destruction(live.name, live.status, count, tuple(sorted(lost)), tuple(sorted(kept)))


def _resources(live: LiveStack) -> Iterator[tuple[Held | None, bool]]:
    for place, stack in live.walk():
        declared: dict[str, Any] = stack.template.get("Resources", {})
        for one in stack.resources:
            if not one.physical_id or one.status == "DELETE_COMPLETE":
                continue
            policy = declared.get(one.logical_id, {}).get("DeletionPolicy", "Delete")
            holds = HOLDERS.get(one.type, "")
            held = Held(one.type, one.physical_id, f"{place}/{one.logical_id}".strip("/"), holds) if holds else None
            yield held, policy in _RETAINED


def _with_amount(held: Held, reading: Reading) -> Held:
    try:
        amount = _amount(held, reading)
    except AwsError:
        return held  # it is named all the same
    return Held(held.type, held.id, held.place, held.holds, amount)


def _amount(held: Held, reading: Reading) -> str:
    if held.type in _TABLES:
        table = reading.ask("dynamodb", "DescribeTable", TableName=held.id).get("Table", {})
        return _counted(int(table.get("ItemCount", 0)), "row")
    if held.type == _POOL:
        pool = reading.ask("cognito-idp", "DescribeUserPool", UserPoolId=held.id).get("UserPool", {})
        return _counted(int(pool.get("EstimatedNumberOfUsers", 0)), "user")
    if held.type == _BUCKET:
        listed = reading.ask("s3", "ListObjectsV2", Bucket=held.id, MaxKeys=1000)
        count = int(listed.get("KeyCount", len(listed.get("Contents", ()))))
        return f"more than {count} files" if listed.get("IsTruncated") else _counted(count, "file")
    return ""


def _counted(count: int, word: str) -> str:
    return f"no {word}s" if count == 0 else f"{count} {word}{'' if count == 1 else 's'}"
