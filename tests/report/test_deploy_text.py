"""The plan and the outcome say what matters first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from migrator.aws.stacks import ResourceFailure
from migrator.commands.deploy_report import DeployReport
from migrator.deploy.changes import Action, Change
from migrator.deploy.checks.interface import Outcome, Status
from migrator.deploy.plan import Current, Plan, PlannedSlice, refusal
from migrator.deploy.staying import Staying
from migrator.deploy.steps import Step, StepStatus
from migrator.deploy.targets.interface import Slice, TargetName
from migrator.report.deploy_json import deploy_document, planned_document
from migrator.report.deploy_text import deploy_text, plan_text

EMPTY = Current()


def _change(action: Action, label: str = "data/Order", **more: object) -> Change:
    told = {"type": "AWS::DynamoDB::Table", "holds": "rows", **more}
    return Change(action, "data", label.rpartition("/")[2], label=label, **told)  # type: ignore[arg-type]


def _plan(*changes: Change, current: Current = EMPTY, allowed: tuple[Change, ...] = ()) -> Plan:
    refused = tuple(change for change in changes if change.takes_data and change not in allowed)
    one = PlannedSlice(Slice(("data",), ("auth", "data"), Path("x")), changes)
    return Plan(TargetName.LOCAL, "app", current, (one,), (), refused, allowed)


def test_what_holds_data_is_named() -> None:
    assert "holds rows" in plan_text(_plan(_change(Action.CREATE)))


def test_what_holds_none_is_counted() -> None:
    text = plan_text(_plan(_change(Action.CREATE, "data/Role", type="AWS::IAM::Role", holds="")))
    assert "1 to create" in text
    assert "data/Role" not in text


def test_everything_is_named_on_request() -> None:
    plan = _plan(_change(Action.CREATE, "data/Role", type="AWS::IAM::Role", holds=""))
    assert "data/Role" in plan_text(plan, verbose=True)


def test_what_is_refused_says_how_it_is_allowed() -> None:
    text = plan_text(_plan(_change(Action.DELETE)))
    assert "--allow-replace data/Order" in text


def test_what_stays_behind_says_how_it_comes_back() -> None:
    text = plan_text(_plan(_change(Action.LEAVE, physical_id="Order-abc")))
    assert "data/Order (Order-abc)" in text
    assert "makes a new, empty one" in text


POOL = Staying("auth", "user pool", "eu-west-1_a", "users")
STREAM = Staying("analytics", "stream", "clicks", "records")


@pytest.mark.parametrize(("staying", "words"), [
    ((POOL,), "`migrate convert --reuse auth` keeps them."),
    ((POOL, STREAM), "`migrate convert --reuse auth` keeps those of auth."),
])  # fmt: skip
def test_what_stays_in_gen1_says_what_keeps_it(staying: tuple[Staying, ...], words: str) -> None:
    assert words in plan_text(replace(_plan(), staying=staying))


def test_what_cannot_be_kept_has_no_word_that_keeps_it() -> None:
    text = plan_text(replace(_plan(), staying=(STREAM,)))
    assert "clicks" in text
    assert "--reuse" not in text


def test_a_plan_from_memory_says_so() -> None:
    assert "AWS was not asked" in plan_text(_plan(current=Current(("auth",))))


def test_a_plan_from_aws_says_so() -> None:
    assert "as it is now" in plan_text(_plan(current=Current(("auth",), asked=True)))


def test_a_state_that_blocks_is_told() -> None:
    current = Current(status="ROLLBACK_COMPLETE", asked=True, way="it is deleted first")
    assert "ROLLBACK_COMPLETE: it is deleted first" in plan_text(_plan(current=current))


@pytest.mark.parametrize(
    ("action", "fate"), [(Action.DELETE, "deleted"), (Action.REPLACE, "replaced"), (Action.MAY_REPLACE, "replaced, as")]
)
def test_a_refusal_says_what_would_happen(action: Action, fate: str) -> None:
    problem = refusal(_plan(_change(action)))
    assert f"would be {fate}" in problem.message
    assert "--allow-replace data/Order" in problem.hint


FAILURE = ResourceFailure("data", "Bad", "AWS::S3::Bucket", "CREATE_FAILED", "the name is taken")
BROKEN = Step(
    "deploy data", StepStatus.FAILED, reason=str(FAILURE), hint="mend that", failures=(FAILURE,), undone="as before"
)


def _report(*steps: Step) -> DeployReport:
    return DeployReport(TargetName.LOCAL, "app", ("auth", "data"), steps, {"version": "1"}, "amplify_outputs.json")


def test_the_reason_of_a_failure_is_on_top() -> None:
    lines = deploy_text(_report(Step("deploy auth", StepStatus.DONE), BROKEN)).splitlines()
    assert lines[2].startswith("deploy data failed: data/Bad (AWS::S3::Bucket) CREATE_FAILED: the name is taken")


def test_a_failure_says_how_to_go_on() -> None:
    text = deploy_text(_report(Step("deploy auth", StepStatus.DONE), BROKEN))
    assert "deploy auth done. Go on with `migrate deploy --resume`." in text


def test_a_project_that_cannot_be_synthesized_is_not_to_be_resumed() -> None:
    text = deploy_text(_report(Step("types", StepStatus.FAILED, reason="TS1: no")))
    assert text.endswith("Nothing was deployed. Mend that, and run the command again.")


CHECKED = Step(
    "check auth",
    StepStatus.FAILED,
    outcomes=(
        Outcome("sign-in", "right password", Status.PASSED),
        Outcome("sign-in", "wrong password", Status.FAILED, "is accepted"),
    ),
)


def test_checks_that_passed_are_counted_and_others_named() -> None:
    text = deploy_text(_report(CHECKED))
    assert "1 passed, 1 failed" in text
    assert "wrong password: is accepted" in text
    assert "right password" not in text


def test_every_check_is_named_on_request() -> None:
    assert "right password" in deploy_text(_report(CHECKED), verbose=True)


def test_a_report_without_failures_names_the_outputs() -> None:
    text = deploy_text(_report(Step("deploy auth", StepStatus.DONE)))
    assert text.endswith("auth, data deployed. Outputs: amplify_outputs.json")


def test_the_json_has_the_steps_with_their_status_and_seconds() -> None:
    document = json.loads(json.dumps(deploy_document(_report(BROKEN))))
    assert document["schema"] == "migrate/deploy/1"
    assert [(one["name"], one["status"], one["seconds"]) for one in document["steps"]] == [("deploy data", "failed", 0)]
    assert document["outputs"] == {"version": "1"}


def test_the_json_of_a_plan_has_every_change() -> None:
    document = json.loads(json.dumps(planned_document(_plan(_change(Action.DELETE)))))
    (change,) = document["plan"]["slices"][0]["changes"]
    assert (change["action"], change["label"], change["holds"]) == ("delete", "data/Order", "rows")
    assert document["plan"]["refused"] == [change]
