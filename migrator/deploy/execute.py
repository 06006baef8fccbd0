"""Carries a plan out: every step is looked at first, then each is applied and verified, and one that fails is undone.

check   before anything happens, for all steps
apply   does it
verify  looks whether it was done
undo    after a failure, where that is possible
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import singledispatch
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from migrator.aws.stacks import StackOutcome, StackResult
from migrator.core.errors import DeployError, MigratorError
from migrator.deploy.backend_names import stack_name
from migrator.deploy.changes import Action
from migrator.deploy.checks.interface import Deployed, Outcome, Status, checks_for, run
from migrator.deploy.journal import Journal
from migrator.deploy.operations import CheckFeature, DeploySlice, KeepState, Operation, WriteOutputs
from migrator.deploy.record import about_to, is_deployed, read_record
from migrator.deploy.steps import Step, StepStatus
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


# ---- apply


@singledispatch
def apply(operation: Any, site: Site) -> Step:
    """Does it. Raises MigratorError."""
    raise TypeError(f"{type(operation).__name__} is no operation")


@apply.register
def _(operation: DeploySlice, site: Site) -> Step:
    about_to(site.folder, operation.slice_.features, operation.assembly.stacks[0].template)
    outcome = site.target.apply(operation.slice_, operation.assembly, site.progress)
    if not outcome.succeeded:
        raise Failed(_failed(operation, outcome))
    return Step(operation.name, StepStatus.DONE, reason=_told(outcome), notes=outcome.notes)


@apply.register
def _(operation: WriteOutputs, site: Site) -> Step:
    found = site.target.outputs(operation.slice_, operation.assembly)
    text = msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"
    copy = operation.slice_.project
    files = {operation.file, *([copy / operation.file.name] if copy.is_relative_to(site.folder) else [])}
    for file in sorted(files):  # never into the user's own project
        _written(file, text)
    return Step(operation.name, StepStatus.DONE, reason=", ".join(sorted(set(found) - {"version"})))


@apply.register
def _(operation: CheckFeature, site: Site) -> Step:
    deployed = site.describe(_deployed(operation, site), operation.slice_)
    outcomes: list[Outcome] = []
    for one in checks_for(operation.feature, site.target.local is not None):
        outcomes += run(one, deployed)
    failed = [one for one in outcomes if one.status is Status.FAILED]
    count = f"{len(outcomes) - len(failed)} of {len(outcomes)} checks did not fail"
    if not failed:
        return Step(operation.name, StepStatus.DONE, reason=count, outcomes=tuple(outcomes))
    reason = f"{failed[0].check} of {failed[0].subject}: {failed[0].reason}"
    step = Step(operation.name, StepStatus.FAILED, reason=reason, hint=failed[0].hint, outcomes=tuple(outcomes))
    raise Failed(step)


@apply.register
def _(operation: KeepState, site: Site) -> Step:
    site.target.save(operation.slice_.feature)
    return Step(operation.name, StepStatus.DONE)


def _deployed(operation: CheckFeature, site: Site) -> Deployed:
    return Deployed(
        site.target.session,
        stack_name(site.target.identity),
        operation.feature,
        None,
        operation.assembly,
        operation.slice_.project,
        site.target.local,
        site.consent,
    )


def _written(file: Path, text: bytes) -> None:
    part = file.with_name(f".{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(text)
        part.replace(file)
    except OSError as problem:
        raise DeployError(
            f"{file} cannot be written: {problem.strerror or problem}", hint="check the disk and who owns the folder"
        ) from problem


def _failed(operation: DeploySlice, outcome: StackOutcome) -> Step:
    first = outcome.failures[0] if outcome.failures else None
    reason = str(first) if first else f"the stack {outcome.stack} ended as {outcome.status}"
    back = "the stack is as it was before" if outcome.result is StackResult.ROLLED_BACK else ""
    hint = "mend that, then go on with `migrate deploy --resume`"
    return Step(
        operation.name,
        StepStatus.FAILED,
        reason=reason,
        hint=f"{back}: {hint}" if back else hint,
        failures=outcome.failures,
        undone=back,
        notes=outcome.notes,
    )


def _told(outcome: StackOutcome) -> str:
    published = f", {outcome.published} assets published" if outcome.published else ""
    return f"{outcome.result}{published}"


def _lost(operation: DeploySlice, before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """What has another id than before, or none, although the plan did not say so."""
    expected = {
        f"{change.stack}#{change.logical_id}"
        for change in operation.changes
        if change.action in (Action.REPLACE, Action.MAY_REPLACE, Action.DELETE, Action.LEAVE)
    }
    return {before[key] for key in before if key not in expected and after.get(key) != before[key]}


# ---- verify


@singledispatch
def verify(operation: Any, site: Site, step: Step) -> Step:
    """Looks whether it was done; the step with what was seen. Raises MigratorError."""
    return step


@verify.register
def _(operation: DeploySlice, site: Site, step: Step) -> Step:
    live = site.target.current()
    if live is None:
        raise DeployError("there is no stack after the deployment")
    before = read_record(site.folder).deployed.holders()
    is_deployed(site.folder, operation.slice_.features, live)
    lost = _lost(operation, before, read_record(site.folder).deployed.holders())
    if lost:
        raise DeployError(
            f"{', '.join(sorted(lost))} did not keep its identity",
            hint="its plan did not say so: look at it before you go on; the old one may still be there",
        )
    return step


@verify.register
def _(operation: WriteOutputs, site: Site, step: Step) -> Step:
    told = operation.assembly.stacks[0].template.get("Metadata", {})
    wanted = [section for key, section in _SECTIONS.items() if key in told]
    missing = [section for section in wanted if section not in step.reason.split(", ")]
    if missing:
        raise DeployError(
            f"amplify_outputs.json has nothing of {', '.join(missing)}", hint="look at the outputs of the stack"
        )
    return step


_SECTIONS = {"AWS::Amplify::Auth": "auth", "AWS::Amplify::GraphQL": "data", "AWS::Amplify::Storage": "storage"}
"""What Amplify's constructs note in the template, and the part of `amplify_outputs.json` that comes of it."""


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
