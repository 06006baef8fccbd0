"""The checks on a small backend that runs on the local AWS: what is right passes, and what is wrong is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from migrator.aws.inventory import stack_outputs
from migrator.commands.deployed_subject import watches
from migrator.deploy.checks.files import files
from migrator.deploy.checks.functions import functions
from migrator.deploy.checks.interface import Deployed, FeatureCheck, Outcome, Status, run
from migrator.deploy.checks.outputs import outputs
from migrator.deploy.checks.policies import bucket_policies
from migrator.deploy.checks.requests import requests
from migrator.deploy.checks.settings import deployed_settings
from migrator.deploy.checks.sign_in import sign_in
from migrator.engine.access import Access, AccessRule, FileAccess, ModelAccess, Who
from migrator.local.packages import packages_installed
from migrator.local.process import LocalAws
from migrator.verify.assembly import Assembly
from migrator.verify.subject import DeployedSubject
from tests.deploy.checks import backend
from tests.verify.deployments import FUNCTION, project

pytestmark = [pytest.mark.local, pytest.mark.node]

Made = Callable[..., Deployed]
_RIGHTS = frozenset({"get", "write", "delete"})
_ACCESS = Access(
    models=(ModelAccess("Note", (AccessRule(Who.OWNER),)),),
    files=(FileAccess("media", "private", own=_RIGHTS),),
)
_NUMBERS = iter(range(1000))


@pytest.fixture(scope="module")
def local(local_tools: None, node_tools: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    if not packages_installed():
        pytest.skip("needs the Node packages of the local AWS: python -m migrator.local")
    with LocalAws.start(tmp_path_factory.mktemp("local"), install=False) as running:
        yield running


@pytest.fixture
def made(local: LocalAws, tmp_path: Path) -> Made:
    """Deploys features and gives what checks are given; `said` are features as the templates say them afterwards."""
    context = project(tmp_path / "gen1", {"resize": FUNCTION}).context
    subject = DeployedSubject(context=context, watches=tuple(watches()))

    def make(
        features: dict[str, Any], of: str, *, consent: bool = True, said: dict[str, Any] | None = None
    ) -> Deployed:
        stack = f"handmade-{next(_NUMBERS)}"
        assembly: Assembly = backend.assembly(tmp_path / "out", stack, features)
        backend.deploy(local, assembly)
        if said is not None:
            assembly = backend.assembly(tmp_path / "said", stack, said)
        access = _ACCESS
        return Deployed(
            local.session, stack, of, context, assembly, tmp_path, local, consent, subject=subject, access=access
        )

    return make


def _outcomes(check: FeatureCheck, deployed: Deployed, status: Status) -> list[Outcome]:
    return [one for one in run(check, deployed) if one.status is status]


def _failures(check: FeatureCheck, deployed: Deployed) -> str:
    found = list(run(check, deployed))
    assert found, "the check looked at nothing"
    return "; ".join(f"{one.subject}: {one.reason}" for one in found if one.status is Status.FAILED)


def _with_api(local: LocalAws, made: Made, *, leaks: bool) -> Deployed:
    """The pool is made first, since the API's stack names it."""
    first = made({"auth": backend.auth()}, "auth")
    pool = stack_outputs(local.session, first.stack)["userPoolId"]
    features = {"auth": backend.auth(), "data": backend.data(pool, leaks=leaks)}
    assembly = backend.assembly(first.assembly.folder, first.stack, features)
    backend.deploy(local, assembly)
    return msgspec.structs.replace(first, assembly=assembly, feature="data")


def test_a_pool_as_its_template_says_passes(made: Made) -> None:
    deployed = made({"auth": backend.auth()}, "auth")
    there = [one.subject for one in _outcomes(deployed_settings, deployed, Status.PASSED)]
    assert "auth/amplifyAuth/UserPool" in there


def test_a_pool_without_the_attribute_fails(made: Made) -> None:
    deployed = made({"auth": backend.auth(required=False)}, "auth", said={"auth": backend.auth()})
    assert "Schema[email]" in _failures(deployed_settings, deployed)


def test_a_policy_that_was_weakened_by_hand_fails(made: Made, local: LocalAws) -> None:
    deployed = made({"auth": backend.auth()}, "auth")
    pool = stack_outputs(local.session, deployed.stack)["userPoolId"]
    policy = {"PasswordPolicy": {"MinimumLength": 6, "RequireNumbers": True}}
    local.session.client("cognito-idp").update_user_pool(UserPoolId=pool, Policies=policy)
    assert "MinimumLength is `6`, the template says `10`" in _failures(deployed_settings, deployed)


def test_a_pool_that_is_gone_fails(made: Made, local: LocalAws) -> None:
    deployed = made({"auth": backend.auth()}, "auth")
    pool = stack_outputs(local.session, deployed.stack)["userPoolId"]
    local.session.client("cognito-idp").delete_user_pool(UserPoolId=pool)
    assert "it is not there" in _failures(deployed_settings, deployed)


def test_a_user_signs_up_and_in_and_is_refused_with_a_wrong_password(made: Made) -> None:
    deployed = made({"auth": backend.auth()}, "auth")
    passed = {one.subject for one in _outcomes(sign_in, deployed, Status.PASSED)}
    assert {"sign-up", "sign-in", "a wrong password", "a password that is too weak", "credentials"} <= passed


def test_a_bucket_as_its_template_says_passes(made: Made) -> None:
    deployed = made({"storage": backend.storage()}, "storage")
    assert "storage/media/Bucket" in [one.subject for one in _outcomes(deployed_settings, deployed, Status.PASSED)]
    assert _failures(bucket_policies, deployed) == ""


def test_a_cors_rule_more_fails(made: Made, local: LocalAws) -> None:
    deployed = made({"storage": backend.storage()}, "storage")
    bucket = stack_outputs(local.session, deployed.stack)["bucketName"]
    rules = [
        {"AllowedMethods": ["GET"], "AllowedOrigins": ["https://example.com"], "AllowedHeaders": ["*"]},
        {"AllowedMethods": ["PUT"], "AllowedOrigins": ["*"]},
    ]
    local.session.client("s3").put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": rules})
    assert "CorsRules[1]" in _failures(deployed_settings, deployed)


def test_a_bucket_policy_that_is_too_wide_fails(made: Made, local: LocalAws) -> None:
    deployed = made({"storage": backend.storage()}, "storage")
    bucket = stack_outputs(local.session, deployed.stack)["bucketName"]
    statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}
    policy = msgspec.json.encode({"Version": "2012-10-17", "Statement": [statement]}).decode()
    local.session.client("s3").put_bucket_policy(Bucket=bucket, Policy=policy)
    assert "it also says" in _failures(bucket_policies, deployed)


def test_private_files_that_are_private_pass(made: Made) -> None:
    deployed = made({"auth": backend.auth(), "storage": backend.storage()}, "storage")
    assert _failures(files, deployed) == ""


def test_private_files_that_others_can_read_fail(made: Made) -> None:
    features = {"auth": backend.auth(files=backend.ALL_FILES), "storage": backend.storage()}
    told = _failures(files, made(features, "storage"))
    assert "private/ of media as another user: get is allowed, and in Gen 1 refused" in told


def test_policies_decide_only_while_files_are_tried(made: Made, local: LocalAws) -> None:
    list(run(files, made({"auth": backend.auth(), "storage": backend.storage()}, "storage")))
    assert not local.status().enforce_iam


def test_requests_are_answered_as_the_rules_say(made: Made, local: LocalAws) -> None:
    assert _failures(requests, _with_api(local, made, leaks=False)) == ""


def test_a_resolver_that_lets_another_user_read_fails(made: Made, local: LocalAws) -> None:
    told = _failures(requests, _with_api(local, made, leaks=True))
    assert "model Note as another user: get is allowed, and should be refused" in told


def test_a_function_that_answers_passes(made: Made) -> None:
    deployed = made({"function": backend.function("exports.handler = async () => 'ok';")}, "function")
    assert [one.subject for one in _outcomes(functions, deployed, Status.PASSED)] == ["function resize"]


def test_a_function_that_throws_on_load_fails(made: Made) -> None:
    deployed = made(
        {"function": backend.function("require('./not-there'); exports.handler = async () => 1;")}, "function"
    )
    assert "it does not load" in _failures(functions, deployed)


def test_no_function_runs_without_consent(made: Made) -> None:
    features = {"function": backend.function("exports.handler = async () => 'ok';")}
    (only,) = run(functions, made(features, "function", consent=False))
    assert (only.status, "may not run" in only.reason) == (Status.SKIPPED, True)


def test_outputs_without_the_pool_fail(made: Made, tmp_path: Path) -> None:
    deployed = made({"auth": backend.auth()}, "auth")
    (tmp_path / "amplify_outputs.json").write_text('{"auth": {"user_pool_id": "another"}}')
    assert "auth.user_pool_id is `another`" in _failures(outputs, deployed)
