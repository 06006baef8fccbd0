"""The policy to paste names actions that exist, for the resources of this backend."""

from __future__ import annotations

import botocore.session

from migrator.aws.reading import permission
from migrator.deploy.permissions import _LOOKED_AT, policy
from migrator.deploy.targets.interface import BackendIdentity
from migrator.verify.workspace import Mode

SANDBOX = BackendIdentity(Mode.SANDBOX, "shop", "bob")
BRANCH = BackendIdentity(Mode.BRANCH, "d1a2b3c4", "main")
ALL = tuple(_LOOKED_AT)
VERBS = {"apigateway:GET"}
"""API Gateway's permissions are verbs of HTTP.
https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html"""


def _statements(identity: BackendIdentity, *features: str) -> dict[str, dict[str, object]]:
    found = policy(identity, features, "eu-west-1", "123456789012")
    return {one["Sid"]: one for one in found["Statement"]}


def test_every_action_is_one_of_its_service() -> None:
    services = botocore.session.get_session()
    wrong = []
    for identity in (SANDBOX, BRANCH):
        for statement in policy(identity, ALL, "eu-west-1")["Statement"]:
            for action in statement["Action"]:
                service = action.partition(":")[0]
                model = services.get_service_model(service)
                known = {permission(service, name) for name in model.operation_names} | VERBS
                wrong += [action] if action not in known else []
    assert wrong == []


def test_what_can_change_something_is_for_this_stack_only() -> None:
    for identity in (SANDBOX, BRANCH):
        found = _statements(identity, *ALL)
        assert str(found["MendTheStack"]["Resource"]).startswith("arn:aws:cloudformation:eu-west-1:123456789012:stack/")


def test_only_sandboxes_change_things_without_cloudformation() -> None:
    assert "ChangeQuickly" in _statements(SANDBOX)
    assert "ChangeQuickly" not in _statements(BRANCH)


def test_a_branch_cannot_write_secrets() -> None:
    assert "ssm:PutParameter" not in str(_statements(BRANCH)["Secrets"]["Action"])


def test_a_feature_adds_what_is_looked_at() -> None:
    assert "LookAtWhatWasDeployed" not in _statements(BRANCH)
    actions = _statements(BRANCH, "storage")["LookAtWhatWasDeployed"]["Action"]
    assert "s3:GetBucketVersioning" in str(actions)
    assert "cognito-idp" not in str(actions)
