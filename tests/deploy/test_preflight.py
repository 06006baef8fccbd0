"""Everything that keeps a deployment from beginning is said at once, each with the command that mends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.aws.reading import Reading
from migrator.core.finding import Finding
from migrator.deploy.backend_names import secret_prefixes
from migrator.deploy.preflight import Deployer, account_findings, machine_findings
from migrator.deploy.targets.interface import BackendIdentity
from migrator.verify.workspace import Mode
from tests.aws.stubbed import Stubbed
from tests.projects import ROOT

CLUB = ROOT / "sample_projects" / "club" / "gen2"
SANDBOX = BackendIdentity(Mode.SANDBOX, "rowclub", "bob")
BRANCH = BackendIdentity(Mode.BRANCH, "d1a2b3c4", "main")
CALLER = {"Account": "123456789012", "Arn": "arn:aws:iam::123456789012:user/bob", "UserId": "x"}


def findings(
    aws: Stubbed, identity: BackendIdentity = SANDBOX, project: Path = CLUB, deployer: Deployer | None = None
) -> list[Finding]:
    return account_findings(
        Reading(aws),  # type: ignore[arg-type]
        deployer or Deployer("work", "eu-west-1"),
        identity,
        project,
    )


def known() -> Stubbed:
    return Stubbed().answers("sts", "get_caller_identity", CALLER)


def bootstrapped(version: str = "21") -> Stubbed:
    return known().answers("ssm", "get_parameter", {"Parameter": {"Name": "x", "Value": version}})


def storing(aws: Stubbed, *names: str, identity: BackendIdentity = SANDBOX) -> Stubbed:
    own, _ = secret_prefixes(identity)
    aws.answers("ssm", "get_parameters_by_path", {"Parameters": [{"Name": f"{own}/{name}"} for name in names]})
    return aws.answers("ssm", "get_parameters_by_path", {"Parameters": []})


def test_nothing_is_said_when_everything_is_there() -> None:
    assert findings(storing(bootstrapped(), "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET")) == []


def test_a_missing_secret_comes_with_its_command() -> None:
    found = findings(storing(bootstrapped(), "GOOGLE_CLIENT_ID"))
    assert [(f.rule, f.message, str(f.location)) for f in found] == [
        ("AWS015", "The secret GOOGLE_CLIENT_SECRET has no value.", "amplify/auth/resource.ts:25")
    ]
    assert "`npx ampx sandbox secret set GOOGLE_CLIENT_SECRET --identifier bob --profile work`" in found[0].hint


def test_a_missing_secret_of_a_branch_names_the_console_and_the_parameter() -> None:
    found = findings(storing(bootstrapped(), "GOOGLE_CLIENT_ID", identity=BRANCH), BRANCH)
    assert "console.aws.amazon.com/amplify/apps/d1a2b3c4/secrets" in found[0].hint
    assert "/amplify/d1a2b3c4/main-branch-cd70825dbf/GOOGLE_CLIENT_SECRET" in found[0].hint


def test_a_secret_that_the_app_shares_counts() -> None:
    aws = bootstrapped().answers("ssm", "get_parameters_by_path", {"Parameters": []})
    shared = [{"Name": f"/amplify/shared/rowclub/{n}"} for n in ("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET")]
    assert findings(aws.answers("ssm", "get_parameters_by_path", {"Parameters": shared})) == []


def test_secrets_that_may_not_be_listed_are_said() -> None:
    found = findings(bootstrapped().fails("ssm", "get_parameters_by_path", "AccessDeniedException"))
    assert [(f.rule, f.hint) for f in found] == [
        ("AWS019", "Allow `ssm:GetParametersByPath` to the user or role of the credentials.")
    ]


def test_a_region_without_bootstrap_comes_with_the_command_and_secrets_are_looked_at_too() -> None:
    aws = storing(known().fails("ssm", "get_parameter", "ParameterNotFound"))
    found = findings(aws)
    assert [f.rule for f in found] == ["AWS012", "AWS015", "AWS015"]
    assert "`npx aws-cdk@2 bootstrap aws://123456789012/eu-west-1 --profile work`" in found[0].hint


def test_an_old_bootstrap_is_said() -> None:
    found = findings(storing(bootstrapped("5"), "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"))
    assert [f.message for f in found] == ["eu-west-1 was bootstrapped with version 5; `ampx` needs 6."]


def test_the_stack_tells_of_the_bootstrap_when_the_parameter_may_not_be_read(tmp_path: Path) -> None:
    aws = known().fails("ssm", "get_parameter", "AccessDeniedException")
    stack = {"StackName": "CDKToolkit", "StackStatus": "UPDATE_COMPLETE", "CreationTime": 0}
    assert findings(aws.answers("cloudformation", "describe_stacks", {"Stacks": [stack]}), project=tmp_path) == []


def test_a_bootstrap_that_cannot_be_seen_is_no_blocker(tmp_path: Path) -> None:
    aws = known().fails("ssm", "get_parameter", "AccessDeniedException")
    found = findings(aws.fails("cloudformation", "describe_stacks", "AccessDenied"), project=tmp_path)
    assert [f.rule for f in found] == ["AWS019"]


@pytest.mark.parametrize("code", ["ExpiredToken", "ExpiredTokenException", "RequestExpired"])
def test_an_expired_sso_login_is_said_plainly(code: str, tmp_path: Path) -> None:
    aws = Stubbed().fails("sts", "get_caller_identity", code)
    found = findings(aws, project=tmp_path, deployer=Deployer("work", "eu-west-1", sso=True))
    assert found[0].message == "The SSO login of the profile work has expired."
    assert found[0].hint == "Run `aws sso login --profile work`, then this command again."


def test_keys_that_aws_does_not_know_are_said(tmp_path: Path) -> None:
    found = findings(Stubbed().fails("sts", "get_caller_identity", "InvalidClientTokenId"), project=tmp_path)
    assert found[0].rule == "AWS010"
    assert "does not know the credentials" in found[0].message


def test_what_could_not_be_asked_without_credentials_is_named() -> None:
    found = findings(Stubbed().fails("sts", "get_caller_identity", "ExpiredToken"))
    assert [f.rule for f in found] == ["AWS010", "AWS019"]
    assert "GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET" in found[1].message


def test_without_a_region_nobody_is_asked() -> None:
    assert [f.rule for f in findings(Stubbed(), deployer=Deployer())] == ["AWS011"]


def test_a_project_that_was_not_installed_is_said_with_the_command(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "pnpm-lock.yaml").touch()
    found = [f for f in machine_findings(tmp_path) if "ampx" in f.message]
    assert [f.hint for f in found] == ["Run `pnpm install` there."]


def test_a_missing_lock_file_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert "AWS014" in {f.rule for f in machine_findings(tmp_path)}


def test_the_lock_file_of_the_workspace_counts(tmp_path: Path) -> None:
    (tmp_path / "package-lock.json").touch()
    project = tmp_path / "packages" / "app"
    project.mkdir(parents=True)
    assert "AWS014" not in {f.rule for f in machine_findings(project)}
