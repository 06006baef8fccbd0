"""What the answer of a function means."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from migrator.aws.lambda_ import Invocation
from migrator.commands.assessment import Assessment
from migrator.core.ref import ResourceRef
from migrator.deploy.checks.functions import CHECK, completed_by, judged, missing, patient
from migrator.deploy.checks.interface import Outcome, Status
from migrator.engine.context import Context, Options
from migrator.gen1.project import discover
from tests.projects import ROOT

PRESS = ROOT / "sample_projects" / "press" / "gen1"
LAYER, LEDGER, JOBS = (
    ResourceRef(*one) for one in (("function", "typesetting"), ("function", "ledger"), ("storage", "jobs"))
)


@pytest.fixture(scope="module")
def whole() -> Context:
    return Assessment(discover(PRESS, "main").apps[0]).context


def _without(context: Context, *left: ResourceRef) -> Context:
    return replace(context, selection=context.selection - set(left))


def test_a_function_misses_what_comes_with_later_features(whole: Context) -> None:
    assert missing(_without(whole, LAYER, LEDGER, JOBS), "quote") == (LEDGER, LAYER, JOBS)
    assert missing(whole, "quote") == ()


def test_what_is_kept_from_gen_1_is_not_missed(whole: Context) -> None:
    kept = replace(_without(whole, JOBS), options=Options(reuse=frozenset({"storage"})))
    assert missing(kept, "quote") == ()


def test_a_function_is_called_again_after_the_last_feature_that_it_uses(whole: Context) -> None:
    assert completed_by("function", "quote", whole)
    assert not completed_by("storage", "quote", _without(whole, LAYER, LEDGER))
    assert not completed_by("custom", "quote", whole)


def test_a_failed_call_says_nothing_while_something_is_missing() -> None:
    failed = Outcome(CHECK, "function quote", Status.FAILED, "it does not load")
    told = patient(failed, (LAYER,))
    assert (told.status, "function/typesetting" in told.reason) == (Status.SKIPPED, True)
    assert patient(failed, ()).status is Status.FAILED


def test_a_call_that_succeeds_counts_even_so() -> None:
    answered = Outcome(CHECK, "function quote", Status.PASSED)
    assert patient(answered, (LAYER,)) == answered


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
        _thrown("RuntimeError", "Worker init failed: No module named 'measures'"),
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
