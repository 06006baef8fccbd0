"""What holds data is listed before anything is deleted; live tables that were taken over keep a stack from going."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from migrator.aws.reading import Reading
from migrator.aws.stacks import LiveStack, StackResource
from migrator.commands.destroy import Listing
from migrator.core.errors import DeployError
from migrator.deploy.destruction import Destruction, look
from migrator.deploy.sandboxes import Sandbox, removal, sandboxes
from migrator.report.destroy_text import destruction_text, listing_document, listing_text
from tests.aws.stubbed import Stubbed

NOW = datetime(2026, 6, 1, tzinfo=UTC)
BOB = "amplify-shop-bob-sandbox-6e27809190"


def _stack(*resources: tuple[str, str, str], policies: dict[str, str] | None = None) -> LiveStack:
    template = {"Resources": {name: {"DeletionPolicy": policy} for name, policy in (policies or {}).items()}}
    made = tuple(StackResource(name, id, type_, "CREATE_COMPLETE") for name, id, type_ in resources)
    child = LiveStack("data", "arn", "CREATE_COMPLETE", template, made)
    return LiveStack(BOB, "arn", "UPDATE_COMPLETE", {}, (), {"data": child})


def _looked(stack: LiveStack, aws: Stubbed | None = None) -> Destruction:
    return look(stack, Reading(aws or Stubbed()))  # type: ignore[arg-type]


def test_rows_users_and_files_are_counted() -> None:
    aws = Stubbed().answers("dynamodb", "describe_table", {"Table": {"ItemCount": 7}})
    aws.answers("cognito-idp", "describe_user_pool", {"UserPool": {"EstimatedNumberOfUsers": 1}})
    aws.answers("s3", "list_objects_v2", {"KeyCount": 1000, "IsTruncated": True})
    found = _looked(
        _stack(
            ("Todo", "Todo-abc-main", "Custom::AmplifyDynamoDBTable"),
            ("Pool", "eu-west-1_a", "AWS::Cognito::UserPool"),
            ("Files", "files-1", "AWS::S3::Bucket"),
            ("Role", "role", "AWS::IAM::Role"),
        ),
        aws,
    )
    amounts = {one.id: one.amount for one in found.lost}
    assert amounts == {"Todo-abc-main": "7 rows", "eu-west-1_a": "1 user", "files-1": "more than 1000 files"}
    assert found.resources == 4


def test_what_is_retained_is_named_and_not_counted() -> None:
    aws = Stubbed().answers("s3", "list_objects_v2", {"KeyCount": 0})
    found = _looked(_stack(("Files", "files-1", "AWS::S3::Bucket"), policies={"Files": "Retain"}), aws)
    assert (found.lost, [one.id for one in found.kept], found.resources) == ((), ["files-1"], 0)


def test_what_cannot_be_counted_is_named_all_the_same() -> None:
    aws = Stubbed().fails("dynamodb", "describe_table", "AccessDeniedException")
    found = _looked(_stack(("Todo", "Todo-abc", "AWS::DynamoDB::Table")), aws)
    assert [(one.id, one.amount) for one in found.lost] == [("Todo-abc", "")]
    assert not found.empty


def test_a_stack_with_live_tables_is_not_deleted() -> None:
    with pytest.raises(DeployError, match="has taken over live tables: Todo-live-main"):
        _looked(_stack(("Todo", "Todo-live-main", "Custom::ImportedAmplifyDynamoDBTable")))


def test_what_holds_data_comes_first() -> None:
    aws = Stubbed().answers("dynamodb", "describe_table", {"Table": {"ItemCount": 0}})
    text = destruction_text(_looked(_stack(("Todo", "Todo-abc", "AWS::DynamoDB::Table")), aws))
    assert "Todo-abc" in text
    assert "no rows" in text


# ---- sandboxes


def _row(name: str, updated: datetime, status: str = "UPDATE_COMPLETE", **more: Any) -> dict[str, Any]:
    created = datetime(2026, 1, 1, tzinfo=UTC)
    return {"StackName": name, "CreationTime": created, "LastUpdatedTime": updated, "StackStatus": status, **more}


def _sandboxes(*rows: dict[str, Any]) -> tuple[Sandbox, ...]:
    aws = Stubbed().answers("cloudformation", "describe_stacks", {"Stacks": list(rows)})
    return sandboxes(Reading(aws), NOW)  # type: ignore[arg-type]


def test_a_sandbox_that_was_left_alone_is_unused() -> None:
    (one,) = _sandboxes(_row(BOB, datetime(2026, 5, 1, tzinfo=UTC)))
    assert (one.owner, one.project, one.age_days, one.idle_days, one.unused) == ("bob", "shop", 151, 31, True)


def test_a_sandbox_of_this_week_is_used() -> None:
    (one,) = _sandboxes(_row(BOB, datetime(2026, 5, 30, tzinfo=UTC)))
    assert not one.unused


def test_a_sandbox_that_never_came_to_be_is_unused() -> None:
    (one,) = _sandboxes(_row(BOB, datetime(2026, 5, 31, tzinfo=UTC), "ROLLBACK_COMPLETE"))
    assert one.unused


def test_branches_nested_stacks_and_strangers_are_no_sandboxes() -> None:
    time = datetime(2026, 1, 2, tzinfo=UTC)
    rows = (
        _row("amplify-d1a2-main-branch-cd70825dbf", time),
        _row(BOB, time, RootId="arn:aws:cloudformation:eu-west-1:1:stack/x/1"),
        _row("CDKToolkit", time),
        _row(BOB, time, "DELETE_IN_PROGRESS"),
    )
    assert _sandboxes(*rows) == ()


def test_a_sandbox_of_this_project_is_removed_with_amplifys_own_command() -> None:
    (one,) = _sandboxes(_row(BOB, datetime(2026, 1, 2, tzinfo=UTC)))
    assert removal(one, "eu-west-1", "work", "shop") == "npx ampx sandbox delete --identifier bob --profile work"


def test_a_sandbox_of_another_project_is_removed_by_its_stack() -> None:
    (one,) = _sandboxes(_row(BOB, datetime(2026, 1, 2, tzinfo=UTC)))
    command = f"aws cloudformation delete-stack --stack-name {BOB} --region eu-west-1"
    assert removal(one, "eu-west-1", "", "other") == command


def test_the_list_names_owner_and_command() -> None:
    found = Listing("eu-west-1", "", _sandboxes(_row(BOB, datetime(2026, 1, 2, tzinfo=UTC))))
    assert "npx ampx sandbox delete --identifier bob" in listing_text(found, "shop")
    assert listing_document(found, "shop")["sandboxes"][0]["owner"] == "bob"


def test_an_account_without_sandboxes_says_so() -> None:
    assert listing_text(Listing("eu-west-1", "", ())) == "There is no sandbox in eu-west-1.\n"
