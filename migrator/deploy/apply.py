"""Steps are done, and then it is looked at whether they were."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from pathlib import Path
from typing import Any

import msgspec

from migrator.aws.stacks import StackOutcome, StackResult
from migrator.core.errors import DeployError
from migrator.deploy.backend_names import stack_name
from migrator.deploy.changes import Action
from migrator.deploy.checks.interface import Deployed, Outcome, Status, checks_for, run
from migrator.deploy.operations import CheckFeature, DeploySlice, KeepState, WriteOutputs
from migrator.deploy.record import about_to, is_deployed, read_record
from migrator.deploy.site import Failed, Site
from migrator.deploy.steps import Step, StepStatus


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
    if not outcomes:
        count = "it has nothing of its own in the stack"
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
        together=operation.slice_.adds or operation.slice_.features,
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
