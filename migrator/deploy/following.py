"""The stack while another program deploys it: its events as they happen, and what became of it."""

from __future__ import annotations

from migrator.aws.cloudformation import GOOD, UNDONE
from migrator.aws.events import StackEvents
from migrator.aws.stacks import NESTED, StackEvent, StackResult
from migrator.core.errors import AwsError
from migrator.core.secrets import without_secrets
from migrator.deploy.targets.interface import Progress


class Following:
    """The stack's events, as far as they can be asked for."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.events: StackEvents | None = None
        self.seen = 0
        self._told: set[str] = set()

    @property
    def failed(self) -> bool:
        return any(event.failed for event in (self.events.seen if self.events else ()))

    def look(self, *, quietly: bool) -> None:
        """Tells what is new. What keeps AWS from answering does not stop the deployment: it is told once."""
        if self.events is None:
            return
        try:
            new = self.events.new()
        except AwsError as problem:
            if not quietly:
                raise
            if problem.code not in self._told:
                self._told.add(problem.code)
                self._progress(f"  the stack's events are not known: {problem.message}")
            return
        for event in new:
            self.tell(event)

    def tell(self, event: StackEvent) -> None:
        self.seen += 1
        place = f"{event.stack}/{event.logical_id}".strip("/")
        own = not event.logical_id.startswith("amplify-")  # a stack tells of its end by its full name as well
        if event.failed:
            reason = without_secrets(event.reason.strip()).partition("\n")[0]
            self._progress(f"  {place} {event.status}: {reason}")
        elif event.type == NESTED and event.status.endswith("_COMPLETE") and (own or not event.stack):
            self._progress(f"  {place} {event.status}")


def result_of(code: int | None, before: str | None, after: str | None, seen: int, *, deleting: bool) -> StackResult:
    """What became of the stack, by its status before and after; the program's exit code (None: stopped) decides only
    where the stack does not."""
    if deleting:
        return StackResult.DELETED if after is None and code == 0 else StackResult.FAILED
    if after in UNDONE or after == "ROLLBACK_COMPLETE" or (after is None and code != 0):
        return StackResult.ROLLED_BACK
    if code != 0 or after not in GOOD:
        return StackResult.FAILED
    if before is None:
        return StackResult.CREATED
    return StackResult.UPDATED if seen else StackResult.UNCHANGED
