"""Statements of policies in one form."""

from __future__ import annotations

from migrator.deploy.checks.policies import statements

_DENY = {"Effect": "Deny", "Action": "s3:*", "Principal": {"AWS": "*"}, "Resource": ["b/*", "b"]}


def test_order_and_ids_of_a_statement_mean_nothing() -> None:
    other = {"Sid": "x", "Effect": "Deny", "Action": ["s3:*"], "Principal": "*", "Resource": ["b", "b/*"]}
    assert set(statements({"Statement": [_DENY]})) == set(statements({"Statement": [other]}))


def test_one_statement_may_stand_alone() -> None:
    assert set(statements({"Statement": _DENY})) == set(statements({"Statement": [_DENY]}))


def test_a_wider_resource_is_another_statement() -> None:
    wider = {**_DENY, "Resource": "*"}
    assert set(statements({"Statement": [wider]})) != set(statements({"Statement": [_DENY]}))
