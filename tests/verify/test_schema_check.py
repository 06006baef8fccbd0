"""How a proof of a schema becomes the result of the check."""

from __future__ import annotations

import pytest

from migrator.engine.proof import Contrast, Outcome, Proof
from migrator.report.verify_text import verify_text
from migrator.verify.results import CheckResult, Detail, Status, Summary, Tools, Verdict, VerifyReport
from migrator.verify.schema_check import SchemaSubject, schema_result

SUBJECT = SchemaSubject("api/shop", "amplify/data/resource.ts")
LOST = Contrast("Post.title", "String!", "String")
MEANT = Contrast("Post.comments", "", "[Comment]", "DATA403", "only the client's types know it")


def result(proof: Proof) -> CheckResult:
    return schema_result(SUBJECT, proof)


def report(proof: Proof) -> VerifyReport:
    return VerifyReport((result(proof),), Tools(False, {}))


@pytest.mark.parametrize(
    ("outcome", "status"),
    [(Outcome.EQUAL, Status.PASSED), (Outcome.DIFFERENT, Status.FAILED), (Outcome.NOT_RUN, Status.SKIPPED)],
)
def test_the_status_follows_the_proof(outcome: Outcome, status: Status) -> None:
    assert result(Proof(outcome)).status is status


def test_a_difference_is_an_error_with_both_sides() -> None:
    (detail,) = result(Proof(Outcome.DIFFERENT, differences=(LOST,))).details
    assert detail == Detail(
        "error", "the deployed schema is not Gen 1's", subject="Post.title", gen1="String!", gen2="String"
    )


def test_an_accepted_difference_of_the_client_names_its_rule() -> None:
    (detail,) = result(Proof(Outcome.EQUAL, client=(MEANT,))).details
    assert (detail.severity, detail.message, detail.rule) == ("info", "only the client's types know it", "DATA403")


def test_differences_are_told_to_scripts_with_their_verdicts() -> None:
    found = report(Proof(Outcome.DIFFERENT, differences=(LOST,), client=(MEANT,))).differences
    assert [(one.resource, one.attribute, one.verdict, one.rule) for one in found] == [
        ("api/shop", "Post.title", Verdict.UNEXPLAINED, ""),
        ("api/shop", "Post.comments", Verdict.ACCEPTED, "DATA403"),
    ]


def test_the_summary_counts_what_was_compared() -> None:
    found = report(Proof(Outcome.DIFFERENT, differences=(LOST,), client=(MEANT,), compared=10))
    assert found.summary == Summary(compared=10, equal=8, accepted=1, unexplained=1)


def test_the_text_shows_both_sides_one_above_the_other() -> None:
    text = verify_text(report(Proof(Outcome.DIFFERENT, differences=(LOST,))))
    assert "          Gen 1  String!\n          Gen 2  String\n" in text


def test_the_text_says_what_is_missing_on_one_side() -> None:
    text = verify_text(report(Proof(Outcome.EQUAL, client=(MEANT,))), verbose=True)
    assert "Post.comments: only the client's types know it (DATA403)\n          Gen 1  (nothing)" in text


def test_when_everything_was_skipped_nothing_is_called_proven() -> None:
    assert verify_text(report(Proof(Outcome.NOT_RUN))).endswith("Nothing was checked: see above.")
