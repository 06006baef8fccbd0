"""What the answer of a function means."""

from __future__ import annotations

import pytest

from migrator.aws.lambda_ import Invocation
from migrator.deploy.checks.functions import judged
from migrator.deploy.checks.interface import Status


def _thrown(kind: str, message: str) -> Invocation:
    return Invocation({"errorType": kind, "errorMessage": message}, "Unhandled")


def _status(said: Invocation) -> Status:
    return judged("function f", said, "to an empty event").status


def test_an_answer_is_fine() -> None:
    assert _status(Invocation({"statusCode": 500})) is Status.PASSED


@pytest.mark.parametrize(
    "said",
    [
        _thrown("ReferenceError", "exports is not defined in ES module scope"),
        _thrown("Runtime.ImportModuleError", "Error: Cannot find module 'sharp'"),
        _thrown("Runtime.HandlerNotFound", "index.handler is undefined or not exported"),
        _thrown("Error", "Module not found in bundle: ./email-filter"),
    ],
)
def test_a_function_that_does_not_load_fails(said: Invocation) -> None:
    assert _status(said) is Status.FAILED


def test_want_of_the_network_is_no_pass_and_no_failure() -> None:
    outcome = judged("function f", _thrown("Error", "getaddrinfo ENOTFOUND api.example.com"), "to an empty event")
    assert outcome.status is Status.SKIPPED
    assert "cannot be reached from here" in outcome.reason


def test_what_is_thrown_at_an_event_that_is_no_real_one_says_nothing() -> None:
    outcome = judged("function f", _thrown("TypeError", "Cannot read properties of undefined"), "to an empty event")
    assert outcome.status is Status.SKIPPED
    assert "throws to an empty event" in outcome.reason
