"""The sandboxes of an account, and which of them nobody uses."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec import Struct

from migrator.aws.reading import Reading
from migrator.deploy.backend_names import parsed_stack_name

UNUSED_DAYS = 14
"""A sandbox that was not deployed to for so long counts as unused: `ampx sandbox` deploys whenever a file changes."""
_GONE = ("DELETE_COMPLETE", "DELETE_IN_PROGRESS")


class Sandbox(Struct, frozen=True):
    """One sandbox: whose it is (the identifier, by default a user's name), of which project, how old."""

    stack: str
    project: str
    """The name in package.json, without characters other than letters and digits."""
    owner: str
    status: str
    created: datetime
    updated: datetime
    age_days: int
    idle_days: int
    """Days since the last deployment."""

    @property
    def unused(self) -> bool:
        """Whether nobody deployed to it for a while, or its last deployment never came to an end."""
        return self.idle_days >= UNUSED_DAYS or self.status in ("ROLLBACK_COMPLETE", "CREATE_FAILED", "DELETE_FAILED")


def sandboxes(reading: Reading, now: datetime | None = None) -> tuple[Sandbox, ...]:
    """All of the region, those that were left alone longest first. Raises AwsError."""
    at = now or datetime.now(UTC)
    found = []
    for row in reading.listed("cloudformation", "DescribeStacks", "Stacks"):
        name = parsed_stack_name(str(row.get("StackName", "")))
        if name is None or name.kind != "sandbox" or row.get("RootId") or row.get("StackStatus") in _GONE:
            continue
        created = _time(row.get("CreationTime"), at)
        updated = _time(row.get("LastUpdatedTime"), created)
        found.append(
            Sandbox(
                str(row["StackName"]),
                name.namespace,
                name.name,
                str(row.get("StackStatus", "")),
                created,
                updated,
                (at - created).days,
                (at - updated).days,
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.idle_days, one.stack)))


def removal(sandbox: Sandbox, region: str, profile: str, project: str = "") -> str:
    """The command that removes it: Amplify's own in the project that it is of, else CloudFormation's."""
    option = f" --profile {profile}" if profile else ""
    if project and sandbox.project == "".join(c for c in project if c.isascii() and c.isalnum()):
        return f"npx ampx sandbox delete --identifier {sandbox.owner}{option}"
    return f"aws cloudformation delete-stack --stack-name {sandbox.stack} --region {region}{option}"


def _time(value: object, other: datetime) -> datetime:
    if not isinstance(value, str):
        return other
    found = datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
