"""Lifecycle rules of buckets in the words of templates."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from migrator.aws.lifecycle import in_words_of, rule

NAMED = {"ID": "old", "Status": "Enabled"}
WORDED = {"Id": "old", "Status": "Enabled"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"Filter": {"Prefix": ""}}, {}),
        ({"Prefix": "logs/"}, {"Prefix": "logs/"}),
        ({"Filter": {"Tag": {"Key": "k", "Value": "v"}}}, {"TagFilters": [{"Key": "k", "Value": "v"}]}),
        (
            {"Filter": {"And": {"Prefix": "a/", "Tags": [{"Key": "k", "Value": "v"}], "ObjectSizeLessThan": 9}}},
            {"Prefix": "a/", "TagFilters": [{"Key": "k", "Value": "v"}], "ObjectSizeLessThan": 9},
        ),
        ({"Expiration": {"Days": 30, "ExpiredObjectDeleteMarker": False}}, {"ExpirationInDays": 30}),
        (
            {"Expiration": {"Date": datetime(2030, 1, 2, tzinfo=UTC)}},
            {"ExpirationDate": "2030-01-02T00:00:00Z"},
        ),
        (
            {"NoncurrentVersionTransitions": [{"NoncurrentDays": 5, "StorageClass": "GLACIER"}]},
            {"NoncurrentVersionTransitions": [{"TransitionInDays": 5, "StorageClass": "GLACIER"}]},
        ),
    ],
)
def test_a_rule_has_the_words_of_a_template(said: dict[str, object], expected: dict[str, object]) -> None:
    assert rule({**NAMED, **said}) == {**WORDED, **expected}


def test_a_template_with_older_words_is_met_in_them() -> None:
    declared = {"Id": "old", "NoncurrentVersionExpirationInDays": 90, "Transition": {"StorageClass": "GLACIER"}}
    found = [
        {
            **WORDED,
            "NoncurrentVersionExpiration": {"NoncurrentDays": 90},
            "Transitions": [{"StorageClass": "GLACIER", "TransitionInDays": 1}],
        }
    ]
    moved = {"StorageClass": "GLACIER", "TransitionInDays": 1}
    expected = {**WORDED, "NoncurrentVersionExpirationInDays": 90, "Transition": moved}
    assert in_words_of({"Rules": [declared]}, found) == [expected]


def test_an_id_that_no_template_says_is_left_out() -> None:
    assert in_words_of({"Rules": [{"Status": "Enabled"}]}, [WORDED]) == [{"Status": "Enabled"}]


def test_a_rule_that_no_template_says_stays() -> None:
    assert in_words_of(None, [WORDED]) == [WORDED]
