"""What became of the steps."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from migrator.aws.stacks import ResourceFailure
from migrator.deploy.checks.interface import Outcome


class StepStatus(StrEnum):
    """How a step ended."""

    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"
    """It was done before, in the run that is taken up again."""
    PENDING = "pending"
    """It was not begun."""


class Step(Struct, frozen=True):
    """One step, after the run. `seconds` is wall time."""

    name: str
    status: StepStatus = StepStatus.PENDING
    seconds: float = 0.0
    reason: str = ""
    """Why it failed; of one that was done, what it did in a few words."""
    hint: str = ""
    failures: tuple[ResourceFailure, ...] = ()
    """Resources that failed, the first one first."""
    undone: str = ""
    """What was done to bring things back, and how that went."""
    notes: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    """Of the checks."""
