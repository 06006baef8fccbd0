"""What the doctor says when it may ask AWS."""

from __future__ import annotations

from migrator.commands.doctor import BOOTSTRAP, CREDENTIALS, Probe, State
from migrator.commands.doctor_account import asked
from tests.aws.stubbed import Stubbed

PROBES = (Probe("Python", State.OK, "3"), Probe(CREDENTIALS, State.OK, "?"), Probe(BOOTSTRAP, State.NOTE, "?"))


class Session(Stubbed):
    region = "eu-west-1"


def states(aws: Session) -> list[tuple[str, State]]:
    return [(one.name, one.state) for one in asked(PROBES, "", "eu-west-1", aws)]  # type: ignore[arg-type]


def working() -> Session:
    aws = Session()
    aws.answers("sts", "get_caller_identity", {"Account": "123456789012", "Arn": "arn:aws:iam::123456789012:user/b"})
    return aws


def test_credentials_that_work_and_a_region_that_is_bootstrapped() -> None:
    aws = working()
    aws.answers("ssm", "get_parameter", {"Parameter": {"Value": "21"}})
    assert states(aws) == [("Python", State.OK), (CREDENTIALS, State.OK), (BOOTSTRAP, State.OK)]


def test_a_region_that_is_not_bootstrapped_is_missing() -> None:
    aws = working()
    aws.fails("ssm", "get_parameter", "ParameterNotFound")
    assert dict(states(aws))[BOOTSTRAP] is State.MISSING


def test_expired_credentials_are_missing_and_the_bootstrap_is_not_known() -> None:
    aws = Session()
    aws.fails("sts", "get_caller_identity", "ExpiredToken")
    assert states(aws)[1:] == [(CREDENTIALS, State.MISSING), (BOOTSTRAP, State.NOTE)]
