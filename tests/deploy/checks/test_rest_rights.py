"""Requests to REST APIs of the local AWS by somebody whose role has some rights."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from migrator.aws.session import Session
from migrator.deploy.checks.interface import Status
from migrator.deploy.checks.rest_rights import Visitor, tried
from migrator.engine.access import CallAccess
from migrator.local.process import LocalAws
from tests.deploy.checks.test_rest_calls import _method
from tests.local.templates import deploy, resources

pytestmark = pytest.mark.local
VERBS = ("GET", "POST")
ANYBODY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
}


@pytest.fixture(scope="module")
def courier(local_tools: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, str]]:
    """Somebody who may get orders, and the API, while policies are enforced."""
    root = {"Fn::GetAtt": ["Api", "RootResourceId"]}
    arn = {"Fn::Sub": "arn:aws:execute-api:*:*:${Api}/main/GET/orders"}
    right = {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": arn}
    own = {"PolicyName": "get", "PolicyDocument": {"Version": "2012-10-17", "Statement": [right]}}
    template = resources(
        Api={"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "orders"}},
        Orders={
            "Type": "AWS::ApiGateway::Resource",
            "Properties": {"RestApiId": {"Ref": "Api"}, "ParentId": root, "PathPart": "orders"},
        },
        List=_method("GET", "AWS_IAM", "200"),
        Make=_method("POST", "AWS_IAM", "200"),
        Deployed={
            "Type": "AWS::ApiGateway::Deployment",
            "Properties": {"RestApiId": {"Ref": "Api"}, "StageName": "main"},
            "DependsOn": ["List", "Make"],
        },
        Role={
            "Type": "AWS::IAM::Role",
            "Properties": {"RoleName": "courier", "AssumeRolePolicyDocument": ANYBODY, "Policies": [own]},
        },
    )
    with LocalAws.start(tmp_path_factory.mktemp("rights"), node=False, install=False) as local:
        assert deploy(local, "rights", template) == "CREATE_COMPLETE"
        api = local.session.client("apigateway").get_rest_apis()["items"][0]["id"]
        role = local.session.client("iam").get_role(RoleName="courier")["Role"]["Arn"]
        keys = local.session.client("sts").assume_role(RoleArn=role, RoleSessionName="check")["Credentials"]
        local.restart(enforce_iam=True)
        here = local.session
        names = (keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
        yield Session(here.region, "", here.endpoint, *names), api


def call(*verbs: str) -> CallAccess:
    return CallAccess("orders", "/orders", VERBS, groups={"Couriers": frozenset(verbs)})


@pytest.mark.parametrize(
    ("allowed", "status", "reason"),
    [
        (("GET",), Status.PASSED, "may GET, as in Gen 1"),
        ((), Status.FAILED, "GET is allowed, and in Gen 1 refused"),
        (("POST",), Status.FAILED, "POST is refused, and in Gen 1 allowed; GET is allowed, and in Gen 1 refused"),
    ],
)
def test_what_a_member_may_do_is_compared_with_gen1(
    courier: tuple[Session, str], allowed: tuple[str, ...], status: Status, reason: str
) -> None:
    session, api = courier
    found = tried(Visitor("a member of Couriers", session, "Couriers"), call(*allowed), api, "main")
    assert (found.status, found.reason, found.subject) == (status, reason, "/orders of orders as a member of Couriers")


def test_guests_and_users_have_rights_of_their_own() -> None:
    one = CallAccess("orders", "/orders", VERBS, frozenset({"GET"}), frozenset({"POST"}), {})
    nobody = Session("eu-west-1")
    may = [Visitor("a guest", nobody, guest=True).may(one), Visitor("a user", nobody).may(one)]
    assert may == [{"GET"}, {"POST"}]


def test_members_of_a_group_have_its_rights_only() -> None:
    one = CallAccess("orders", "/orders", VERBS, signed_in=frozenset({"POST"}))
    assert Visitor("a member", Session("eu-west-1"), "Couriers").may(one) == frozenset()
