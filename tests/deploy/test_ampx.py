"""Sandboxes and branches are deployed by the project's own `ampx`; what really happened is asked of CloudFormation."""

from __future__ import annotations

import json
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from migrator.aws.stacks import StackResult
from migrator.core.errors import DeployError, UsageError
from migrator.deploy import ampx_run
from migrator.deploy.ampx_run import Ended, environment_for, plain_line, run_ampx
from migrator.deploy.branches import branch_findings
from migrator.deploy.live_references import live_references, sandbox_findings
from migrator.deploy.preflight import Deployer
from migrator.deploy.targets.ampx import AmpxTarget
from migrator.deploy.targets.chosen import Account, ampx_target
from migrator.deploy.targets.interface import BackendIdentity, Slice, TargetName
from migrator.verify.workspace import Mode
from tests.aws.stubbed import Stubbed

SANDBOX = BackendIdentity(Mode.SANDBOX, "shop", "bob")
BRANCH = BackendIdentity(Mode.BRANCH, "d1a2b3c4", "main")
STACK = "amplify-shop-bob-sandbox-"


class Session(Stubbed):
    """The stubbed session of a profile."""

    profile, region, local = "work", "eu-west-1", False

    def environment(self) -> dict[str, str]:
        return {"AWS_PROFILE": "work", "AWS_REGION": "eu-west-1"}


def program(folder: Path, code: str) -> Path:
    """A Gen 2 project whose `ampx` is a few lines of Python."""
    (folder / "package.json").write_text('{"name": "shop"}')
    file = folder / "node_modules" / ".bin" / "ampx"
    file.parent.mkdir(parents=True)
    file.write_text(f"#!{sys.executable}\nimport os, sys, json, time\n{code}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return folder


def stack(status: str) -> dict[str, Any]:
    row = {"StackName": STACK, "StackId": f"arn:aws:cloudformation:eu-west-1:1:stack/{STACK}/1", "StackStatus": status}
    return {"Stacks": [{**row, "CreationTime": datetime(2026, 1, 1, tzinfo=UTC)}]}


def missing(aws: Session) -> Session:
    aws.fails("cloudformation", "describe_stacks", "ValidationError", "Stack with id x does not exist")
    return aws


def event(logical: str, status: str, reason: str = "") -> dict[str, Any]:
    return {
        "StackId": f"arn:aws:cloudformation:eu-west-1:1:stack/{STACK}/1",
        "EventId": f"{logical}-{status}",
        "StackName": STACK,
        "LogicalResourceId": logical,
        "PhysicalResourceId": "x",
        "ResourceType": "AWS::S3::Bucket",
        "ResourceStatus": status,
        "ResourceStatusReason": reason,
        "Timestamp": datetime(2026, 1, 1, tzinfo=UTC),
    }


def events(aws: Session, *found: dict[str, Any]) -> Session:
    aws.answers("cloudformation", "describe_stack_events", {"StackEvents": list(found)})
    return aws


def slice_of(project: Path) -> Slice:
    return Slice("auth", ("auth",), project)


def deployed(project: Path, aws: Session, identity: BackendIdentity = SANDBOX) -> Any:
    told: list[str] = []
    outcome = AmpxTarget(project, identity, aws).apply(slice_of(project), None, told.append)  # type: ignore[arg-type]
    return outcome, told


def fresh(*found: dict[str, Any], after: str) -> Session:
    """An account without the stack, in which these events happen."""
    aws = events(missing(Session()))
    events(aws, *reversed(found))
    aws.answers("cloudformation", "describe_stacks", stack(after))
    return aws


@pytest.fixture(autouse=True)
def no_polling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ampx_run, "POLL_SECONDS", 60.0)


def test_a_sandbox_is_deployed_once_under_its_identifier(tmp_path: Path) -> None:
    project = program(tmp_path, "print(json.dumps(sys.argv[1:]))")
    outcome, told = deployed(project, fresh(event("bucket", "CREATE_COMPLETE"), after="CREATE_COMPLETE"))
    assert outcome.result is StackResult.CREATED
    assert json.loads(told[0]) == ["sandbox", "--once", "--identifier", "bob", "--profile", "work"]


def test_a_branch_is_deployed_as_its_pipeline_would(tmp_path: Path) -> None:
    project = program(tmp_path, "print(json.dumps([sys.argv[1:], [os.environ.get(n) for n in ('AWS_BRANCH', 'CI')]]))")
    _, told = deployed(project, fresh(event("bucket", "CREATE_COMPLETE"), after="CREATE_COMPLETE"), BRANCH)
    assert json.loads(told[0]) == [["pipeline-deploy", "--branch", "main", "--app-id", "d1a2b3c4"], ["main", "true"]]


def test_a_failed_deployment_is_one_although_ampx_ends_with_0(tmp_path: Path) -> None:
    failed = event("bucket", "CREATE_FAILED", "the name is taken\nmore")
    outcome, told = deployed(program(tmp_path, ""), fresh(failed, after="ROLLBACK_COMPLETE"))
    assert outcome.result is StackResult.ROLLED_BACK
    assert [one.logical_id for one in outcome.failures] == ["bucket"]
    assert "  bucket CREATE_FAILED: the name is taken" in told


def test_an_error_before_the_deployment_says_what_ampx_said(tmp_path: Path) -> None:
    code = "print('[ERROR] [SyntaxError] no good'); print('Resolution: mend it'); sys.exit(1)"
    aws = events(events(missing(Session())))
    with pytest.raises(DeployError, match=r"ended with code 1: \[ERROR\] \[SyntaxError\] no good") as raised:
        deployed(program(tmp_path, code), missing(aws))
    assert raised.value.hint == "mend it"


def test_the_advice_to_remove_auth_is_contradicted(tmp_path: Path) -> None:
    code = "print('[ERROR] x'); print('Resolution: To change it, remove `defineAuth` from your backend'); sys.exit(1)"
    aws = events(events(missing(Session())))
    with pytest.raises(DeployError) as raised:
        deployed(program(tmp_path, code), missing(aws))
    assert "deletes the pool with all its users" in raised.value.hint


def test_a_missing_permission_is_named(tmp_path: Path) -> None:
    code = "print('[ERROR] User: x is not authorized to perform: sts:AssumeRole on resource: y'); sys.exit(1)"
    aws = events(events(missing(Session())))
    with pytest.raises(DeployError) as raised:
        deployed(program(tmp_path, code), missing(aws))
    assert raised.value.hint.startswith("Allow `sts:AssumeRole`; `migrate deploy --target sandbox --permissions`")


def test_a_token_that_expires_midway_does_not_stop_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ampx_run, "POLL_SECONDS", 0.0)
    aws = events(missing(Session()))
    for _ in range(60):
        aws.fails("cloudformation", "describe_stack_events", "ExpiredToken")
    with pytest.raises(Exception, match="expired"):
        deployed(program(tmp_path, "print('one'); time.sleep(1); print('two')"), aws)


def test_what_the_project_says_is_shown_without_colours_and_secrets() -> None:
    assert plain_line("\x1b[2K\x1b[36m⠋\x1b[39m one\r\x1b[32m✔\x1b[0m two password=hunter2222\n") == (
        "✔ two password=<redacted by migrate>"
    )


def test_a_sandbox_never_sees_a_branch_and_a_profile_wins_over_keys() -> None:
    given = {"PATH": "/bin", "AWS_BRANCH": "main", "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"}
    found = environment_for(given, {"AWS_PROFILE": "work"}, local=False)
    assert found == {"PATH": "/bin", "AWS_PROFILE": "work", "NO_COLOR": "1"}


def test_for_the_local_aws_nothing_of_the_users_account_is_left() -> None:
    given = {"PATH": "/bin", "AWS_PROFILE": "work", "AWS_SESSION_TOKEN": "t", "AWS_CONFIG_FILE": "c"}
    found = environment_for(given, {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, local=True)
    assert {name for name in found if name.startswith("AWS_")} == {"AWS_ENDPOINT_URL"}


def test_a_program_that_does_not_end_is_ended(tmp_path: Path) -> None:
    project = program(tmp_path, "print('begun', flush=True); time.sleep(60)")
    command = (str(project / "node_modules" / ".bin" / "ampx"),)
    ended = run_ampx(command, project, {"PATH": "/usr/bin:/bin"}, lambda line: None, limit=1.5)
    assert (ended.code, ended.lines) == (None, ("begun",))


def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DeployError, match="cannot be started"):
        run_ampx((str(tmp_path / "ampx"),), tmp_path, {}, lambda line: None)


def test_the_lines_that_say_what_went_wrong_are_found() -> None:
    ended = Ended(1, ("fine", "[ERROR] [X] broken", "  ∟ Caused by: y", "Resolution: do z"), 1.0)
    assert ended.errors == ("[ERROR] [X] broken", "∟ Caused by: y")
    assert ended.advice == "do z"


def test_a_working_copy_gets_the_packages_of_the_project(tmp_path: Path) -> None:
    gen2, copy = tmp_path / "gen2", tmp_path / "copy"
    gen2.mkdir()
    copy.mkdir()
    program(gen2, "print(os.path.exists('node_modules'), os.getcwd())")
    (gen2 / "package-lock.json").write_text("{}")
    told: list[str] = []
    aws = fresh(event("bucket", "CREATE_COMPLETE"), after="CREATE_COMPLETE")
    AmpxTarget(gen2, SANDBOX, aws).apply(slice_of(copy), None, told.append)  # type: ignore[arg-type]
    assert told[0] == f"True {copy}"
    assert (copy / "package-lock.json").is_symlink()


def test_a_working_copy_inside_the_project_keeps_to_its_lock_file(tmp_path: Path) -> None:
    copy = program(tmp_path, "") / ".migrate" / "deploy" / "sandbox" / "auth"
    copy.mkdir(parents=True)
    (tmp_path / "package-lock.json").write_text("{}")
    aws = fresh(event("bucket", "CREATE_COMPLETE"), after="CREATE_COMPLETE")
    AmpxTarget(tmp_path, SANDBOX, aws).apply(slice_of(copy), None, lambda line: None)  # type: ignore[arg-type]
    assert (copy / "node_modules").is_symlink()
    assert not (copy / "package-lock.json").exists()


def test_the_outputs_are_those_that_ampx_wrote(tmp_path: Path) -> None:
    (tmp_path / "amplify_outputs.json").write_text('{"version": "1.4"}')
    target = AmpxTarget(tmp_path, SANDBOX, Session())  # type: ignore[arg-type]
    assert target.outputs(slice_of(tmp_path), None) == {"version": "1.4"}  # type: ignore[arg-type]


def test_missing_outputs_come_with_the_command_that_makes_them(tmp_path: Path) -> None:
    with pytest.raises(DeployError) as raised:
        AmpxTarget(tmp_path, SANDBOX, Session()).outputs(slice_of(tmp_path), None)  # type: ignore[arg-type]
    assert "npx ampx generate outputs --stack amplify-shop-bob-sandbox-" in raised.value.hint


def test_the_backend_of_a_branch_is_never_deleted(tmp_path: Path) -> None:
    with pytest.raises(DeployError, match="not deleted from here"):
        AmpxTarget(tmp_path, BRANCH, Session()).destroy(lambda line: None)  # type: ignore[arg-type]


def test_a_sandbox_that_is_not_there_is_deleted_without_asking_ampx(tmp_path: Path) -> None:
    aws = missing(Session())
    outcome = AmpxTarget(tmp_path, SANDBOX, aws).destroy(lambda line: None)  # type: ignore[arg-type]
    assert outcome.result is StackResult.UNCHANGED


@pytest.mark.parametrize("identifier", ["sixteen-characters-and-more", "a_b", "a b"])
def test_an_identifier_that_ampx_refuses_is_refused(identifier: str, tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"name": "shop"}')
    with pytest.raises(UsageError, match="is no identifier"):
        ampx_target(TargetName.SANDBOX, tmp_path, Account(region="eu-west-1"), identifier=identifier)


def test_a_branch_needs_its_app(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--app-id"):
        ampx_target(TargetName.BRANCH, tmp_path, Account(region="eu-west-1"), branch="main")


def test_a_project_without_a_name_has_no_sandbox(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text("{}")
    with pytest.raises(UsageError, match="has no name"):
        ampx_target(TargetName.SANDBOX, tmp_path, Account(region="eu-west-1"))


# ---- what a sandbox would touch

LIVE = """
const values: Record<string, Record<string, string>> = {
  main: { AUTH_APP_USERPOOLID: 'eu-west-1_Live', STORAGE_MEDIA_BUCKETNAME: 'media-main', FUNCTION_F_NAME: 'f-main' },
  sandbox: { %s },
};
"""


def _project(folder: Path, entry: str) -> Path:
    (folder / "amplify").mkdir()
    (folder / "amplify" / "references.ts").write_text(LIVE % entry)
    return folder


def test_a_sandbox_on_a_live_pool_is_refused(tmp_path: Path) -> None:
    found = sandbox_findings(_project(tmp_path, "AUTH_APP_USERPOOLID: 'eu-west-1_Live'"))
    assert [(f.rule, f.severity) for f in found] == [("AWS018", "blocker")]
    assert "eu-west-1_Live" in found[0].message


def test_a_sandbox_on_another_pool_is_fine(tmp_path: Path) -> None:
    assert live_references(_project(tmp_path, "AUTH_APP_USERPOOLID: 'eu-west-1_Test'")) == ()


def test_a_sandbox_may_use_what_its_reference_says(tmp_path: Path) -> None:
    entry = "AUTH_APP_USERPOOLID: 'eu-west-1_Live', STORAGE_MEDIA_BUCKETNAME: 'media-main', MAY_USE_LIVE: 'auth'"
    assert [one.feature for one in live_references(_project(tmp_path, entry))] == ["storage"]


def test_functions_hold_no_data(tmp_path: Path) -> None:
    assert live_references(_project(tmp_path, "FUNCTION_F_NAME: 'f-main'")) == ()


def test_a_project_without_references_touches_nothing(tmp_path: Path) -> None:
    assert live_references(tmp_path) == ()


# ---- the branch


def _branch(aws: Stubbed) -> list[str]:
    from migrator.aws.reading import Reading

    found = branch_findings(Reading(aws), BRANCH, Deployer("work", "eu-west-1"))  # type: ignore[arg-type]
    return [f"{one.rule} {one.hint}" for one in found]


def test_a_branch_that_is_not_there_comes_with_the_command() -> None:
    found = _branch(Stubbed().fails("amplify", "get_branch", "NotFoundException"))
    command = "aws amplify create-branch --app-id d1a2b3c4 --branch-name main --region eu-west-1 --profile work"
    assert len(found) == 1
    assert command in found[0]
