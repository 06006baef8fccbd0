"""Steps are looked at, applied, verified and undone; the journal says which."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from msgspec.structs import replace

from migrator.aws.session import Session
from migrator.aws.stacks import LiveStack, ResourceFailure, StackOutcome, StackResource, StackResult
from migrator.core.errors import AwsError, DeployError
from migrator.core.finding import Finding
from migrator.deploy.changes import Action, Change
from migrator.deploy.execute import execute
from migrator.deploy.journal import Journal
from migrator.deploy.operations import DeploySlice
from migrator.deploy.plan import Current, Wanted, make_plan
from migrator.deploy.record import read_record
from migrator.deploy.site import Site
from migrator.deploy.steps import Step, StepStatus
from migrator.deploy.targets.interface import BackendIdentity, Progress, Slice, Target, TargetName
from migrator.verify.assembly import Assembly
from tests.deploy.assemblies import FEATURES, IDENTITY, slices


class RememberedTarget:
    """An AWS that remembers what was deployed; `fails` says which feature does, and how."""

    name = TargetName.SANDBOX
    identity: BackendIdentity = IDENTITY
    session = Session("eu-west-1")
    local = None

    def __init__(self, **fails: StackOutcome | Exception) -> None:
        self.fails = fails
        self.live: LiveStack | None = None
        self.asked: list[str] = []
        self.number = 0

    def preflight(self, project: Path) -> tuple[Finding, ...]:
        return ()

    @contextmanager
    def opened(self, progress: Progress) -> Iterator[None]:
        yield

    def current(self) -> LiveStack | None:
        return self.live

    def apply(self, slice_: Slice, assembly: Assembly, progress: Progress) -> StackOutcome:
        self.asked.append(slice_.feature)
        failure = self.fails.get(slice_.feature)
        if isinstance(failure, Exception):
            raise failure
        if failure is not None:
            return failure
        self.live = self._made(assembly)
        return StackOutcome(StackResult.UPDATED, "app", "UPDATE_COMPLETE")

    def _made(self, assembly: Assembly) -> LiveStack:
        root, *children = assembly.stacks
        made = {
            stack.logical_id: LiveStack(stack.logical_id, "x", "COMPLETE", stack.template, self._resources(stack))
            for stack in children
        }
        return LiveStack("app", "id", "UPDATE_COMPLETE", root.template, (), made)

    def _resources(self, stack: Any) -> tuple[StackResource, ...]:
        return tuple(
            StackResource(name, f"{name}-{self.number}", body["Type"], "CREATE_COMPLETE")
            for name, body in stack.resources.items()
        )

    def outputs(self, slice_: Slice, assembly: Assembly) -> dict[str, Any]:
        return {"version": "1"}

    def undo(self, before: tuple[Slice, Assembly] | None, progress: Progress) -> StackOutcome:
        self.asked.append(f"undo to {before[0].feature if before else 'nothing'}")
        return StackOutcome(StackResult.UPDATED, "app", "UPDATE_COMPLETE")

    def save(self, label: str) -> None:
        self.asked.append("save")


BAD = (ResourceFailure("two", "Bad", "AWS::S3::Bucket", "CREATE_FAILED", "the name is taken"),)
ROLLED_BACK = StackOutcome(StackResult.ROLLED_BACK, "app", "UPDATE_ROLLBACK_COMPLETE", BAD)
STUCK = StackOutcome(StackResult.FAILED, "app", "UPDATE_ROLLBACK_FAILED", BAD)


def _deployed(folder: Path, target: RememberedTarget, *, resume: bool = False) -> tuple[Step, ...]:
    journal = Journal(folder)
    run = journal.last() if resume else None
    plan = make_plan(TargetName.SANDBOX, "app", Current(), slices(folder / "made"), Wanted(), folder)
    journal.resume(run) if run else journal.begin({})
    site = Site(cast("Target", target), folder, lambda deployed, slice_: deployed)
    return execute(plan.operations, site, journal, run.done if run else {})


def _statuses(steps: tuple[Step, ...]) -> dict[str, StepStatus]:
    return {step.name: step.status for step in steps if step.name.startswith("deploy")}


def test_all_steps_are_done_in_order(tmp_path: Path) -> None:
    target = RememberedTarget()
    steps = _deployed(tmp_path, target)
    assert target.asked == ["one", "two", "three"]
    assert {step.status for step in steps} == {StepStatus.DONE}


def test_a_failure_ends_the_run(tmp_path: Path) -> None:
    steps = _deployed(tmp_path, RememberedTarget(two=ROLLED_BACK))
    assert _statuses(steps) == {
        "deploy one": StepStatus.DONE,
        "deploy two": StepStatus.FAILED,
        "deploy three": StepStatus.PENDING,
    }


def test_the_resource_that_failed_and_its_reason_are_on_top(tmp_path: Path) -> None:
    step = next(s for s in _deployed(tmp_path, RememberedTarget(two=ROLLED_BACK)) if s.status is StepStatus.FAILED)
    assert step.reason == "two/Bad (AWS::S3::Bucket) CREATE_FAILED: the name is taken"


def test_what_cloudformation_rolled_back_is_not_undone_again(tmp_path: Path) -> None:
    target = RememberedTarget(two=ROLLED_BACK)
    steps = _deployed(tmp_path, target)
    assert target.asked == ["one", "two"]
    assert next(s for s in steps if s.failures).undone == "the stack is as it was before"


def test_a_stack_that_is_stuck_is_brought_back(tmp_path: Path) -> None:
    target = RememberedTarget(two=STUCK)
    _deployed(tmp_path, target)
    assert target.asked == ["one", "two", "undo to one"]


def test_an_error_that_comes_midway_is_in_the_journal(tmp_path: Path) -> None:
    _deployed(tmp_path, RememberedTarget(two=AwsError("the stack app: the credentials have expired", hint="log in")))
    run = Journal(tmp_path).last()
    assert run is not None
    assert (run.broken, run.finished) == ("deploy two", False)


def test_after_an_error_the_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    target = RememberedTarget(two=AwsError("the credentials have expired"))
    _deployed(tmp_path, target)
    target.fails, target.asked = {}, []
    steps = _deployed(tmp_path, target, resume=True)
    assert {step.status for step in steps} <= {StepStatus.DONE, StepStatus.SKIPPED}
    run = Journal(tmp_path).last()
    assert run is not None
    assert run.finished


def test_a_run_that_goes_on_writes_the_outputs_again(tmp_path: Path) -> None:
    target = RememberedTarget(two=AwsError("the credentials have expired"))
    _deployed(tmp_path, target)
    target.fails = {}
    copy = slices(tmp_path / "made")[0].slice_.project / "amplify_outputs.json"
    copy.unlink()  # the folders of slices are made anew
    _deployed(tmp_path, target, resume=True)
    assert copy.is_file()


def test_what_is_deployed_is_noted(tmp_path: Path) -> None:
    _deployed(tmp_path, RememberedTarget())
    assert read_record(tmp_path).deployed.features == tuple(FEATURES)


def test_what_holds_data_and_has_another_id_fails_the_step(tmp_path: Path) -> None:
    class Forgetful(RememberedTarget):
        def apply(self, slice_: Slice, assembly: Assembly, progress: Progress) -> StackOutcome:
            self.number += 1
            return super().apply(slice_, assembly, progress)

    steps = _deployed(tmp_path, Forgetful())
    failed = next(step for step in steps if step.status is StepStatus.FAILED)
    assert failed.name == "deploy two"
    assert "Users-1 did not keep its identity" in failed.reason


def test_nothing_is_begun_when_a_later_step_cannot_be(tmp_path: Path) -> None:
    target = RememberedTarget()
    plan = make_plan(TargetName.SANDBOX, "app", Current(), slices(tmp_path / "made"), Wanted(), tmp_path)
    refused = Change(Action.REFUSE, "", "Pool", "AWS::Cognito::UserPool", "auth/Pool", reason="no")
    operations = [
        replace(one, changes=(refused,)) if isinstance(one, DeploySlice) and one.slice_.feature == "three" else one
        for one in plan.operations
    ]
    site = Site(cast("Target", target), tmp_path, lambda deployed, slice_: deployed)
    journal = Journal(tmp_path)
    journal.begin({})
    with pytest.raises(DeployError, match="auth/Pool"):
        execute(operations, site, journal)
    assert target.asked == []


def test_a_journal_that_cannot_be_written_stops_before_the_step(tmp_path: Path) -> None:
    target = RememberedTarget()
    plan = make_plan(TargetName.SANDBOX, "app", Current(), slices(tmp_path / "made"), Wanted(), tmp_path)
    journal = Journal(tmp_path)
    journal.begin({})
    journal.path = tmp_path / "made"  # a folder: no line can be added
    site = Site(cast("Target", target), tmp_path, lambda deployed, slice_: deployed)
    with pytest.raises(DeployError, match="nothing is deployed without it"):
        execute(plan.operations, site, journal)
    assert target.asked == []
