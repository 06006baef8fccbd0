"""What statements say: the same rights compare equal however they are written, others do not."""

from __future__ import annotations

from typing import Any

import pytest

from migrator.engine.grants.actions import expanded
from migrator.engine.grants.rights import aligned, without
from tests.engine.grants.documents import FILES, allow, deny, lines, said

READS = sorted(expanded("dynamodb:Get*"))
SUB = "${cognito-identity.amazonaws.com:sub}"
LISTED = "arn:aws:s3:::${bucket media}"


def prefixes(*values: str, operator: str = "StringLike") -> dict[str, Any]:
    return {"Condition": {operator: {"s3:prefix": list(values)}}}


SAME = {
    "a wildcard and the actions it means": ([allow("dynamodb:Get*")], [allow(READS)]),
    "capital letters": ([allow("S3:getobject")], [allow("s3:GetObject")]),
    "one action and a list of one": ([allow("s3:GetObject")], [allow(["s3:GetObject"])]),
    "split and merged statements": (
        [allow("s3:GetObject", f"{FILES}/public/*"), allow("s3:PutObject", f"{FILES}/public/*")],
        [allow(["s3:PutObject", "s3:GetObject"], [f"{FILES}/public/*"])],
    ),
    "a part of what is allowed anyway": (
        [allow("s3:GetObject", f"{FILES}/*"), allow("s3:GetObject", f"{FILES}/private/{SUB}/*")],
        [allow("s3:GetObject", f"{FILES}/*")],
    ),
    "an index of a table with all its indexes": (
        [allow("dynamodb:Query", ["table", "table/*", "table/index/*"])],
        [allow("dynamodb:Query", ["table", "table/*"])],
    ),
    "a condition on what is allowed without": (
        [allow("s3:ListBucket", LISTED), allow("s3:ListBucket", LISTED, **prefixes("public/*"))],
        [allow("s3:ListBucket", LISTED)],
    ),
    "values of a condition in one statement and in two": (
        [allow("s3:ListBucket", LISTED, **prefixes("public/*", "protected/*"))],
        [
            allow("s3:ListBucket", LISTED, **prefixes("protected/*")),
            allow("s3:ListBucket", LISTED, **prefixes("public/*")),
        ],
    ),
    "a value that another one takes in": (
        [allow("s3:ListBucket", LISTED, **prefixes("public/", "public/*"))],
        [allow("s3:ListBucket", LISTED, **prefixes("public/*"))],
    ),
    "a pattern without a wildcard and a value": (
        [allow("s3:ListBucket", LISTED, **prefixes("public/"))],
        [allow("s3:ListBucket", LISTED, **prefixes("public/", operator="StringEquals"))],
    ),
    "a boolean and its text": (
        [deny("s3:*", Condition={"Bool": {"aws:SecureTransport": False}})],
        [deny("s3:*", Condition={"Bool": {"aws:SecureTransport": "false"}})],
    ),
    "everyone in two spellings": (
        [allow("s3:GetObject", FILES, Principal="*")],
        [allow("s3:GetObject", FILES, Principal={"AWS": "*"})],
    ),
    "an account and its root": (
        [allow("s3:GetObject", FILES, Principal={"AWS": "123456789012"})],
        [allow("s3:GetObject", FILES, Principal={"AWS": "arn:aws:iam::123456789012:root"})],
    ),
    "statements of other actions in NotAction": (
        [{"Effect": "Allow", "NotAction": ["iam:*", "iam:PassRole"], "Resource": "*"}],
        [{"Effect": "Allow", "NotAction": "IAM:*", "Resource": "*"}],
    ),
    "an action that NotAction leaves in": (
        [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, allow("s3:GetObject")],
        [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}],
    ),
    "a resource that NotResource leaves in": (
        [{"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "b/*"}, allow("s3:GetObject", "a/x")],
        [{"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "b/*"}],
    ),
}
"""Two ways to say the same."""

OTHER = {
    "an action more": ([allow("s3:GetObject", FILES)], [allow(["s3:GetObject", "s3:PutObject"], FILES)]),
    "a wildcard that is wider": ([allow("dynamodb:Get*")], [allow("dynamodb:*")]),
    "a wildcard of a service that is not known": ([allow("kendra:Get*")], [allow("kendra:*")]),
    "another part of a bucket": (
        [allow("s3:GetObject", f"{FILES}/private/{SUB}/*")],
        [allow("s3:GetObject", f"{FILES}/private/*")],
    ),
    "another bucket": ([allow("s3:GetObject", FILES)], [allow("s3:GetObject", "arn:aws:s3:::${bucket other}")]),
    "every region": (
        [allow("dynamodb:Scan", "arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${table a}")],
        [allow("dynamodb:Scan", "arn:aws:dynamodb:*:${AWS::AccountId}:table/${table a}")],
    ),
    "a condition that is lost": (
        [allow("s3:ListBucket", LISTED, **prefixes("public/*"))],
        [allow("s3:ListBucket", LISTED)],
    ),
    "a value more": (
        [allow("s3:ListBucket", LISTED, **prefixes("public/*"))],
        [allow("s3:ListBucket", LISTED, **prefixes("public/*", "private/*"))],
    ),
    "a value with a wildcard": (
        [allow("s3:ListBucket", LISTED, **prefixes("private/a"))],
        [allow("s3:ListBucket", LISTED, **prefixes("private/*"))],
    ),
    "a question that is asked of every value": (
        [allow("dynamodb:Query", **{"Condition": {"ForAllValues:StringEquals": {"dynamodb:Attributes": ["a", "b"]}}})],
        [allow("dynamodb:Query", **{"Condition": {"ForAllValues:StringEquals": {"dynamodb:Attributes": ["a"]}}})],
    ),
    "a negated question with a value less": (
        [allow("s3:GetObject", **{"Condition": {"StringNotEquals": {"aws:Referer": ["a", "b"]}}})],
        [allow("s3:GetObject", **{"Condition": {"StringNotEquals": {"aws:Referer": ["a"]}}})],
    ),
    "a refusal that is lost": ([allow("s3:*", FILES), deny("s3:DeleteObject", FILES)], [allow("s3:*", FILES)]),
    "NotAction with an exception less": (
        [{"Effect": "Allow", "NotAction": ["iam:*", "sts:*"], "Resource": "*"}],
        [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}],
    ),
    "everything in place of NotAction": (
        [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}],
        [allow("*")],
    ),
    "NotResource with another exception": (
        [{"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "a/*"}],
        [{"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "a/b/*"}],
    ),
    "other callers": (
        [allow("s3:GetObject", FILES, Principal={"AWS": "123456789012"})],
        [allow("s3:GetObject", FILES, Principal="*")],
    ),
}
"""Two statements of which the second allows more."""


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_what_says_the_same_is_the_same(one: list[Any], other: list[Any]) -> None:
    left, right = aligned(said(*one), said(*other))
    assert lines(left) == lines(right)


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=OTHER)
def test_what_allows_more_is_found(one: list[Any], other: list[Any]) -> None:
    left, right = aligned(said(*one), said(*other))
    assert lines(left) != lines(right)


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=OTHER)
def test_what_allows_less_is_found(one: list[Any], other: list[Any]) -> None:
    left, right = aligned(said(*other), said(*one))
    assert lines(left) != lines(right)


def test_what_a_wider_place_says_differs_only_by_what_is_more() -> None:
    left, right = aligned(said(allow("s3:GetObject", f"{FILES}/public/*")), said(allow("s3:*", f"{FILES}/*")))
    assert without(left, right) == {}
    assert lines(left)[f"Allow[{FILES}/public/*]"] == lines(right)[f"Allow[{FILES}/public/*]"]
    assert f"Allow[{FILES}/*]" not in lines(left)


def test_all_actions_of_a_service_are_shown_as_its_wildcard() -> None:
    from migrator.engine.grants.actions import shortened

    assert shortened(expanded("s3:*") | {"sns:Publish"}) == ("s3:*", "sns:Publish")


def test_a_document_may_be_text() -> None:
    from migrator.engine.grants.statements import rights

    text = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}}'
    assert [place.resource.pattern for place, _ in rights(text)] == ["*"]


def test_text_that_is_no_document_says_nothing() -> None:
    from migrator.engine.grants.statements import rights

    assert list(rights("${policy}")) == []


def test_in_an_older_version_policy_variables_are_text() -> None:
    statement = allow("s3:GetObject", f"{FILES}/private/{SUB}/*")
    assert lines(said(statement, version="2008-10-17")) != lines(said(statement))


def test_a_lost_amr_is_found_in_a_trust() -> None:
    def trust(**more: Any) -> dict[str, Any]:
        asked = {"StringEquals": {"cognito-identity.amazonaws.com:aud": "${identity pool}"}, **more}
        return {
            "Effect": "Allow",
            "Principal": {"Federated": "cognito-identity.amazonaws.com"},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": asked,
        }

    amr = {"ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"}}
    one, other = said(trust(**amr), trust=True), said(trust(), trust=True)
    assert list(lines(one)) == [
        "Trust[federated cognito-identity.amazonaws.com if any of cognito-identity.amazonaws.com:amr is authenticated "
        "and cognito-identity.amazonaws.com:aud is ${identity pool}]"
    ]
    assert lines(without(other, one)) != {}
