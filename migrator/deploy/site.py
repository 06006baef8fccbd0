"""Where the steps of a deployment are carried out, and how one of them fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from migrator.core.errors import DeployError
from migrator.deploy.checks.interface import Deployed
from migrator.deploy.steps import Step
from migrator.deploy.targets.interface import Progress, Slice, Target


class Site(Struct, frozen=True):
    """Where a plan is carried out."""

    target: Target
    folder: Path
    """`.migrate/deploy/<target>` of the project."""
    describe: Callable[[Deployed, Slice], Deployed]
    """Adds what the checks compare with: what Gen 1 has, and whom it lets do what."""
    consent: bool = False
    """Whether the project's functions may run on this machine."""
    progress: Progress = lambda line: None


class Failed(DeployError):
    """A step that failed; `step` says more."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.reason, hint=step.hint)
        self.step = step
