"""`migrate deploy --destroy` and `--sandboxes`: a whole backend that goes, and those that nobody uses."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from msgspec import Struct

from migrator.aws.configured import configured_region
from migrator.aws.reading import Reading
from migrator.aws.session import Session
from migrator.aws.stacks import StackOutcome
from migrator.commands.deploy_request import Request, project_of
from migrator.commands.deploy_target import OpenedTarget, target_of
from migrator.commands.verify import converted_branch
from migrator.core.errors import MigratorError, UsageError
from migrator.deploy.destruction import Destruction, look
from migrator.deploy.journal import Journal
from migrator.deploy.lock import deploying
from migrator.deploy.record import nothing_is_deployed
from migrator.deploy.sandboxes import Sandbox, sandboxes
from migrator.deploy.targets.interface import Progress, TargetName
from migrator.node.toolchain import find_toolchain
from migrator.output.paths import STATE_FOLDER


class Doomed:
    """A backend that can be deleted, while its project is locked and its target is reached."""

    def __init__(self, target: OpenedTarget, folder: Path, progress: Progress) -> None:
        self._target = target
        self._folder = folder
        self._progress = progress

    def look(self) -> Destruction | None:
        """What deleting it takes; None when nothing is deployed. Raises DeployError when live tables are in it."""
        live = self._target.current()
        return look(live, Reading(self._target.session)) if live is not None else None

    def destroy(self) -> StackOutcome:
        """Deletes the stack. Raises MigratorError."""
        journal = Journal(self._folder)
        start = time.monotonic()
        journal.begin({"destroy": True})
        journal.started("destroy")
        try:
            outcome = self._target.undo(None, self._progress)
        except MigratorError as problem:
            journal.failed("destroy", problem.message)
            journal.ended(problem.message)
            raise
        if outcome.succeeded:
            nothing_is_deployed(self._folder)
            journal.done("destroy", time.monotonic() - start)
            journal.ended()
        else:
            reason = str(outcome.failures[0]) if outcome.failures else outcome.status
            journal.failed("destroy", reason)
            journal.ended(reason)
        return outcome


@contextmanager
def doomed(request: Request, progress: Progress) -> Iterator[Doomed]:
    """The backend of the local AWS or of a sandbox. Raises UsageError for a branch, else as `deployment` does."""
    if request.target is TargetName.BRANCH:
        raise UsageError(
            "the backend of a branch is not deleted from here",
            hint="Delete the branch in the Amplify console, after you have read what it holds.",
        )
    gen2 = project_of(request)
    folder = gen2 / STATE_FOLDER / "deploy" / request.target
    with ExitStack() as stack:
        stack.enter_context(deploying(folder))
        target = target_of(request, gen2, converted_branch(gen2), progress)
        if request.target is TargetName.LOCAL:
            target.use(find_toolchain(gen2, install=request.install, progress=progress))
        stack.enter_context(target.opened(progress))
        yield Doomed(target, folder, progress)


class Listing(Struct, frozen=True):
    """The sandboxes of one region."""

    region: str
    profile: str
    found: tuple[Sandbox, ...]


def listing(profile: str, region: str) -> Listing:
    """All sandboxes that the account has in a region. Raises UsageError without a region, AwsError."""
    where = region or configured_region(profile)
    if not where:
        raise UsageError("no region is chosen", hint="Name it with --region.")
    return Listing(where, profile, sandboxes(Reading(Session(where, profile))))
