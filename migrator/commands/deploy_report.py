"""What came of a deployment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct

from migrator.core.errors import DeployError
from migrator.deploy.plan import Plan
from migrator.deploy.steps import Step, StepStatus
from migrator.deploy.synthesis import Synthesized, TypesOutcome
from migrator.deploy.targets.interface import TargetName


class DeployReport(Struct, frozen=True):
    """What came of it."""

    target: TargetName
    stack: str
    features: tuple[str, ...]
    steps: tuple[Step, ...]
    outputs: dict[str, Any] = {}
    outputs_file: str = ""
    plan: Plan | None = None

    @property
    def succeeded(self) -> bool:
        return not any(step.status in (StepStatus.FAILED, StepStatus.PENDING) for step in self.steps)


class NotSynthesized(DeployError):
    """The project has type errors or cannot be synthesized: nothing was deployed. `report` says the rest."""

    def __init__(self, problem: DeployError, report: DeployReport) -> None:
        super().__init__(problem.message, hint=problem.hint)
        self.report = report


def types_step(types: TypesOutcome) -> Step:
    """The type check as a step of the report."""
    if types.passed:
        return Step("types", StepStatus.DONE, types.seconds, "the same input passed before" if types.cached else "")
    return Step("types", StepStatus.FAILED, types.seconds, str(types.errors[0]))


def synth_step(one: Synthesized) -> Step:
    """The synth of a slice as a step of the report."""
    name = f"synth {one.slice_.feature}"
    if one.assembly is None:
        hint = one.errors[0].hint if one.errors else ""
        return Step(name, StepStatus.FAILED, one.seconds, one.reason, hint)
    return Step(name, StepStatus.DONE, one.seconds, "taken from the cache: the same input" if one.cached else "")


def shown(file: Path) -> str:
    """A file as the user names it: from the current folder, where it is below that."""
    try:
        return file.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(file)
