"""Carries a plan out: every step is looked at first, then each is applied and verified, and one that fails is undone.

check   before anything happens, for all steps
apply   does it
verify  looks whether it was done
undo    after a failure, where that is possible
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import singledispatch
from typing import Any

from msgspec.structs import replace

from migrator.core.errors import DeployError, MigratorError
from migrator.deploy.apply import apply, verify
from migrator.deploy.changes import Action
from migrator.deploy.journal import Journal
from migrator.deploy.operations import CheckFeature, DeploySlice, Operation, WriteOutputs
from migrator.deploy.record import read_record
from migrator.deploy.site import Failed, Site
from migrator.deploy.steps import Step, StepStatus


def execute(
    operations: Sequence[Operation], site: Site, journal: Journal, done: Mapping[str, str] = {}
) -> tuple[Step, ...]:
    """Carries the operations out, those in `done` (name and digest) aside, and stops at the first failure; the checks
    of the local AWS are all carried out. Raises DeployError when a step may not be begun at all, or the journal cannot
    be written."""
    for operation in operations:
        for problem in check(operation, site):
            raise problem
    steps: list[Step] = []
    for operation in operations:
        if _stops(steps, site):
            steps.append(Step(operation.name))
        elif _was_done(operation, done, site):
            steps.append(Step(operation.name, StepStatus.SKIPPED, reason="done before"))
        else:
            steps.append(_carried_out(operation, site, journal))
    broken = next((step for step in steps if step.status is StepStatus.FAILED), None)
    journal.ended(f"{broken.name}: {broken.reason}" if broken else "")
    return tuple(steps)


def _was_done(operation: Operation, done: Mapping[str, str], site: Site) -> bool:
    """Whether the run that is taken up again did it: with the same input, whatever the slice was called then."""
    if isinstance(operation, CheckFeature):
        return operation.name in done
    if isinstance(operation, WriteOutputs):
        return False  # checks read them in the slice's folder, which every run makes anew
    if isinstance(operation, DeploySlice) and (
        operation.changes or read_record(site.folder).deployed.features != operation.slice_.features
    ):
        return False
    verb = operation.name.split()[0]
    return any(name.split()[0] == verb and digest == operation.digest for name, digest in done.items())


def _stops(steps: Sequence[Step], site: Site) -> bool:
    """Whether a failure ends the run. On the local AWS nothing is at stake, so a failed check does not."""
    broken = [step for step in steps if step.status is StepStatus.FAILED]
    return any(not step.outcomes or site.target.local is None for step in broken)


def _carried_out(operation: Operation, site: Site, journal: Journal) -> Step:
    start = time.monotonic()
    journal.started(operation.name)
    site.progress(f"{operation.name} ...")
    try:
        step = verify(operation, site, apply(operation, site))
    except Failed as problem:
        step = problem.step
    except MigratorError as problem:
        step = Step(operation.name, StepStatus.FAILED, reason=str(problem), hint=problem.hint)
    step = replace(step, seconds=time.monotonic() - start)
    if step.status is not StepStatus.FAILED:
        journal.done(operation.name, step.seconds, operation.digest)
        return step
    journal.failed(operation.name, step.reason)
    told = undo(operation, site, step)
    if told:
        journal.undone(operation.name)
    return replace(step, undone=told)


# ---- check


@singledispatch
def check(operation: Any, site: Site) -> Iterator[DeployError]:
    """What keeps the step from being begun."""
    yield from ()


@check.register
def _(operation: DeploySlice, site: Site) -> Iterator[DeployError]:
    if not (operation.assembly.folder / "manifest.json").is_file():
        yield DeployError(f"the assembly of {operation.slice_.feature} is gone", hint="run the command again")
    for change in operation.changes:
        if change.action is Action.REFUSE:
            yield DeployError(f"AWS would refuse to change {change.label}: {change.reason}", hint="take it back")


@check.register
def _(operation: WriteOutputs, site: Site) -> Iterator[DeployError]:
    if operation.file.is_dir():
        yield DeployError(f"{operation.file} is a folder", hint="remove it")


# ---- undo


@singledispatch
def undo(operation: Any, site: Site, step: Step) -> str:
    """Brings things back after a failure; what was done, in words, empty for nothing."""
    return ""


@undo.register
def _(operation: DeploySlice, site: Site, step: Step) -> str:
    if step.undone or operation.before is None:
        return step.undone  # CloudFormation has rolled the stack back by itself
    if not step.failures:
        return ""  # it was deployed, or never begun: nothing is half done
    try:
        outcome = site.target.undo(operation.before, site.progress)
    except MigratorError as problem:
        return f"it could not be brought back: {problem}"
    return f"brought back to {operation.before[0].feature}: {outcome.status or outcome.result}"
