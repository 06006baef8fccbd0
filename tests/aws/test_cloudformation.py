"""What CloudFormation answers decides what happens to a stack; what goes wrong says what to do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from migrator.aws.cloudformation import deploy_stack, read_stack, settle, stack_status, way_on
from migrator.aws.session import Session
from migrator.aws.stacks import StackResult
from migrator.core.errors import AwsError
from tests.aws.stubbed import Stubbed

CF = "cloudformation"
ID = "arn:aws:cloudformation:eu-west-1:000000000000:stack/app/1"
CHILD = "arn:aws:cloudformation:eu-west-1:000000000000:stack/app-data/2"
NONE_THERE = "Stack with id app does not exist"


def _session(stubbed: Stubbed) -> Session:
    return cast("Session", stubbed)


def _stack(status: str, id_: str = ID, name: str = "app") -> dict[str, Any]:
    return {"Stacks": [{"StackName": name, "StackId": id_, "StackStatus": status, "CreationTime": _time(0)}]}


def _time(second: int) -> datetime:
    return datetime(2026, 1, 1, 0, 0, second, tzinfo=UTC)


def _event(number: int, name: str, status: str, reason: str = "", **more: str) -> dict[str, Any]:
    return {
        "StackId": ID,
        "EventId": str(number),
        "StackName": "app",
        "LogicalResourceId": name,
        "PhysicalResourceId": "x",
        "ResourceType": "AWS::S3::Bucket",
        "Timestamp": _time(number),
        "ResourceStatus": status,
        "ResourceStatusReason": reason,
    } | more


def _events(*newest_first: dict[str, Any]) -> dict[str, Any]:
    return {"StackEvents": list(newest_first)}


def _resources(*ids: tuple[str, str, str]) -> dict[str, Any]:
    return {
        "StackResourceSummaries": [
            {
                "LogicalResourceId": logical,
                "PhysicalResourceId": physical,
                "ResourceType": type_,
                "ResourceStatus": "CREATE_COMPLETE",
                "LastUpdatedTimestamp": _time(0),
            }
            for logical, physical, type_ in ids
        ]
    }


def _absent(stubbed: Stubbed) -> Stubbed:
    return stubbed.fails(CF, "describe_stacks", "ValidationError", NONE_THERE)


def test_a_stack_that_is_not_there_has_no_status() -> None:
    assert stack_status(_session(_absent(Stubbed())), "app") is None


def test_a_stack_that_is_not_there_is_created() -> None:
    stubbed = _absent(Stubbed()).answers(CF, "create_stack", {"StackId": ID})
    stubbed.answers(CF, "describe_stacks", _stack("CREATE_COMPLETE")).answers(CF, "describe_stack_events", _events())
    outcome = deploy_stack(_session(stubbed), "app", "https://x", pause=0)
    assert (outcome.result, outcome.status) == (StackResult.CREATED, "CREATE_COMPLETE")


def _updated(status: str, *events: dict[str, Any]) -> Stubbed:
    stubbed = Stubbed().answers(CF, "describe_stacks", _stack("CREATE_COMPLETE"))
    stubbed.answers(CF, "describe_stack_events", _events())
    stubbed.answers(CF, "update_stack", {"StackId": ID}).answers(CF, "describe_stacks", _stack(status))
    return stubbed.answers(CF, "describe_stack_events", _events(*events))


def test_a_stack_that_is_there_is_updated() -> None:
    outcome = deploy_stack(_session(_updated("UPDATE_COMPLETE")), "app", "https://x", pause=0)
    assert outcome.result is StackResult.UPDATED


def test_nothing_to_update_is_no_error() -> None:
    stubbed = Stubbed().answers(CF, "describe_stacks", _stack("CREATE_COMPLETE"))
    stubbed.answers(CF, "describe_stack_events", _events())
    stubbed.fails(CF, "update_stack", "ValidationError", "No updates are to be performed.")
    assert deploy_stack(_session(stubbed), "app", "https://x", pause=0).result is StackResult.UNCHANGED


def _retried(code: str, message: str, attempts: int) -> Stubbed:
    stubbed = Stubbed().answers(CF, "describe_stacks", _stack("CREATE_COMPLETE"))
    stubbed.answers(CF, "describe_stack_events", _events())
    stubbed.fails(CF, "update_stack", code, message, RetryAttempts=attempts)
    stubbed.answers(CF, "describe_stacks", _stack("UPDATE_COMPLETE"))
    return stubbed.answers(CF, "describe_stack_events", _events())


BUSY = "Stack:app is in UPDATE_IN_PROGRESS state and can not be updated."


def test_a_request_that_was_heard_before_its_answer_came_too_late_is_followed() -> None:
    outcome = deploy_stack(_session(_retried("ValidationError", BUSY, 1)), "app", "https://x", pause=0)
    assert outcome.result is StackResult.UPDATED


def test_a_stack_that_somebody_else_updates_meanwhile_is_not_taken_for_ours() -> None:
    with pytest.raises(AwsError, match="can not be updated"):
        deploy_stack(_session(_retried("ValidationError", BUSY, 0)), "app", "https://x", pause=0)


def test_the_resource_that_failed_first_comes_first() -> None:
    stubbed = _updated(
        "UPDATE_ROLLBACK_COMPLETE",
        _event(4, "Late", "DELETE_FAILED", "it is not empty"),
        _event(3, "Other", "CREATE_FAILED", "Resource creation cancelled"),
        _event(2, "Bad", "CREATE_FAILED", "the name is taken"),
    )
    outcome = deploy_stack(_session(stubbed), "app", "https://x", pause=0)
    assert outcome.result is StackResult.ROLLED_BACK
    assert [failure.logical_id for failure in outcome.failures] == ["Bad", "Late"]


def test_a_failure_is_found_in_the_stack_where_it_happened() -> None:
    nested = {"ResourceType": "AWS::CloudFormation::Stack", "PhysicalResourceId": CHILD}
    stubbed = _updated(
        "UPDATE_ROLLBACK_COMPLETE", _event(5, "data", "CREATE_FAILED", "Embedded stack was not created", **nested)
    )
    stubbed.answers(CF, "describe_stack_events", _events(_event(3, "Bad", "CREATE_FAILED", "no", StackId=CHILD)))
    outcome = deploy_stack(_session(stubbed), "app", "https://x", pause=0)
    assert [(one.stack, one.logical_id) for one in outcome.failures] == [("data", "Bad")]


def test_a_stack_that_is_worked_on_is_waited_for() -> None:
    stubbed = Stubbed().answers(CF, "describe_stacks", _stack("UPDATE_IN_PROGRESS"))
    stubbed.answers(CF, "describe_stack_events", _events())
    stubbed.answers(CF, "describe_stacks", _stack("UPDATE_COMPLETE")).answers(CF, "describe_stack_events", _events())
    stubbed.answers(CF, "describe_stacks", _stack("UPDATE_COMPLETE"))
    assert settle(_session(stubbed), "app", pause=0) == "UPDATE_COMPLETE"


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "CREATE_FAILED", "REVIEW_IN_PROGRESS", "DELETE_FAILED"])
def test_a_stack_that_never_was_is_deleted(status: str) -> None:
    stubbed = Stubbed().answers(CF, "describe_stacks", _stack(status)).answers(CF, "describe_stacks", _stack(status))
    stubbed.answers(CF, "describe_stack_events", _events())
    stubbed.answers(CF, "delete_stack", {})
    stubbed.answers(CF, "describe_stacks", _stack("DELETE_COMPLETE")).answers(CF, "describe_stack_events", _events())
    assert settle(_session(stubbed), "app", pause=0) is None


def _stuck(end: str, *events: dict[str, Any]) -> Stubbed:
    stubbed = Stubbed().answers(CF, "describe_stacks", _stack("UPDATE_ROLLBACK_FAILED"))
    stubbed.answers(CF, "describe_stack_events", _events())
    stubbed.answers(CF, "continue_update_rollback", {}).answers(CF, "describe_stacks", _stack(end))
    return stubbed.answers(CF, "describe_stack_events", _events(*events))


def test_a_rollback_that_failed_is_tried_again() -> None:
    assert settle(_session(_stuck("UPDATE_ROLLBACK_COMPLETE")), "app", pause=0) == "UPDATE_ROLLBACK_COMPLETE"


def test_a_rollback_that_fails_again_names_the_resource_and_the_way_on() -> None:
    stubbed = _stuck("UPDATE_ROLLBACK_FAILED", _event(2, "Bad", "UPDATE_FAILED", "it is gone"))
    with pytest.raises(AwsError, match="it is gone") as caught:
        settle(_session(stubbed), "app", pause=0)
    assert "--resources-to-skip Bad" in caught.value.hint


def test_a_token_that_expires_midway_says_to_log_in_again() -> None:
    stubbed = _absent(Stubbed()).answers(CF, "create_stack", {"StackId": ID})
    stubbed.fails(CF, "describe_stacks", "ExpiredToken", "The security token included in the request is expired")
    with pytest.raises(AwsError, match="have expired") as caught:
        deploy_stack(_session(stubbed), "app", "https://x", pause=0)
    assert "log in again" in caught.value.hint


def test_throttling_says_to_wait() -> None:
    stubbed = Stubbed().fails(CF, "describe_stacks", "Throttling", "Rate exceeded")
    with pytest.raises(AwsError, match="asked too fast"):
        stack_status(_session(stubbed), "app")


def test_a_template_that_is_refused_says_why() -> None:
    stubbed = _absent(Stubbed()).fails(CF, "create_stack", "ValidationError", "Circular dependency between [a, b]")
    with pytest.raises(AwsError, match="Circular dependency"):
        deploy_stack(_session(stubbed), "app", "https://x", pause=0)


def test_a_stack_is_read_with_those_below_it() -> None:
    stubbed = Stubbed().answers(CF, "describe_stacks", _stack("CREATE_COMPLETE"))
    stubbed.answers(CF, "list_stack_resources", _resources(("data", CHILD, "AWS::CloudFormation::Stack")))
    stubbed.answers(CF, "describe_stacks", _stack("CREATE_COMPLETE", CHILD, "app-data"))
    stubbed.answers(CF, "list_stack_resources", _resources(("Rows", "rows-1", "AWS::DynamoDB::Table")))
    live = read_stack(_session(stubbed), "app", templates=False)
    assert live is not None
    assert [(place, [r.physical_id for r in s.resources]) for place, s in live.walk()] == [
        ("", [CHILD]),
        ("data", ["rows-1"]),
    ]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (None, ""),
        ("CREATE_COMPLETE", ""),
        ("UPDATE_ROLLBACK_COMPLETE", ""),
        ("ROLLBACK_COMPLETE", "deleted first"),
        ("REVIEW_IN_PROGRESS", "deleted first"),
        ("UPDATE_ROLLBACK_FAILED", "tried again"),
        ("UPDATE_IN_PROGRESS", "waited for"),
    ],
)
def test_every_state_has_a_way_on(status: str | None, words: str) -> None:
    step = way_on(status).step
    assert words in step
    assert bool(step) is bool(words)
