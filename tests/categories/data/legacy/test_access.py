"""Callers of a model may do what they may do in transformer 1: its resolvers guard what a rule lists, nothing else."""

from __future__ import annotations

import pytest

from migrator.categories.data.legacy.kinds import ChangeKind
from migrator.categories.data.model import AuthMode
from tests.categories.data.legacy.conversion import after, changes

POOL = AuthMode.USER_POOL


def rules(said: str, mode: AuthMode = POOL) -> str:
    """What becomes of the rules of a model."""
    text = after(f"type Seed @model @auth(rules: [{said}]) {{ id: ID! }}", mode)
    return text.removeprefix("type Seed @model @auth(rules: [").removesuffix("]) { id: ID! }")


@pytest.mark.parametrize(
    ("mode", "rule"),
    [
        (AuthMode.API_KEY, "{ allow: public }"),
        (AuthMode.USER_POOL, "{ allow: private }"),
        (AuthMode.OIDC, "{ allow: private, provider: oidc }"),
        (AuthMode.LAMBDA, "{ allow: custom }"),
    ],
)
def test_a_model_without_rules_stays_open_to_the_default_mode(mode: AuthMode, rule: str) -> None:
    text = "type Seed @model { id: ID! }"
    expected = f"type Seed @model @auth(rules: [{rule}]) {{ id: ID! }}"
    assert after(text, mode).replace("@open", "@auth(rules: [{ allow: private }])") == expected
    assert [place for place, _ in changes(text, ChangeKind.OPEN_MODEL, mode)] == ["Seed"]


def test_with_iam_as_the_default_mode_policies_decide_in_both_generations() -> None:
    assert after("type Seed @model { id: ID! }", AuthMode.IAM) == "type Seed @model { id: ID! }"


def test_operations_that_no_rule_lists_stay_open() -> None:
    said = '{ allow: owner, identityClaim: "sub", operations: [create, update] }'
    assert rules(said) == f"{said}, {{ allow: private, operations: [delete, read] }}"


def test_rules_for_everything_need_nothing_more() -> None:
    assert rules('{ allow: groups, groups: ["Admin"] }') == '{ allow: groups, groups: ["Admin"] }'


def test_what_another_mode_alone_may_read_is_not_opened_to_the_default_mode() -> None:
    said = "{ allow: public, operations: [read] }"
    text = f"type Seed @model @auth(rules: [{said}]) {{ id: ID! }}"
    assert rules(said) == said
    assert changes(text, ChangeKind.CLOSED_OPERATIONS) == [("Seed", "create, update, delete: every signed-in user")]


def test_owners_are_known_by_the_claim_that_is_stored() -> None:
    assert rules("{ allow: owner }") == '{ allow: owner, identityClaim: "username" }'
    assert rules('{ allow: owner, identityClaim: "email" }') == '{ allow: owner, identityClaim: "email" }'


def test_the_old_name_of_the_claim_is_replaced() -> None:
    assert rules('{ allow: owner, identityField: "sub" }') == '{ allow: owner, identityClaim: "sub" }'


def test_groups_in_rows_are_in_the_field_of_that_name() -> None:
    assert rules("{ allow: groups }") == '{ allow: groups, groupsField: "groups" }'


def test_public_iam_is_for_signed_in_users_too() -> None:
    said = "{ allow: public, provider: iam, operations: [read] }"
    more = "{ allow: private, provider: iam, operations: [read] }"
    assert rules(said, AuthMode.IAM) == f"{said}, {more}"


def test_queries_and_mutations_become_operations() -> None:
    said = '{ allow: groups, groups: ["A"], queries: [get, list], mutations: [update] }'
    assert rules(said) == (
        '{ allow: groups, groups: ["A"], operations: [update, get, list] }, '
        "{ allow: private, operations: [create, delete, listen, sync, search] }"
    )


def test_a_rule_for_nothing_goes() -> None:
    text = 'type Seed @model @auth(rules: [{ allow: groups, groups: ["A"], operations: null }]) { id: ID! }'
    assert after(text) == "type Seed @model @open { id: ID! }"


def test_added_rules_stand_on_lines_like_the_others() -> None:
    text = """\
type Seed @model
  @auth(rules: [
    { allow: groups, groups: ["A"], operations: [create] } # gardeners
  ]) {
  id: ID!
}
"""
    assert after(text) == text.replace(
        "# gardeners", "# gardeners\n    { allow: private, operations: [update, delete, read] }"
    )


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("{ allow: owner }", ChangeKind.SUBSCRIPTIONS),
        ('{ allow: groups, groupsField: "team" }', ChangeKind.SUBSCRIPTIONS),
        ("{ allow: owner }", ChangeKind.OWNER_CLAIM),
        ("{ allow: owner }, { allow: private, operations: [create] }", ChangeKind.OWNER_FILLED),
        ("{ allow: public, provider: iam }", ChangeKind.SIGNED_IN_ROLE),
        ('{ allow: groups, groups: ["A"], queries: [list] }', ChangeKind.QUERY_RULES),
        ('{ allow: groups, groups: ["A"], operations: [update] }, { allow: public }', ChangeKind.NULLS),
        ("{ allow: owner, operations: [update] }", ChangeKind.EMPTY_UPDATES),
        ("{ allow: owner, operations: [update] }", ChangeKind.OPEN_OPERATIONS),
    ],
)
def test_every_difference_is_named(said: str, kind: ChangeKind) -> None:
    assert [p for p, _ in changes(f"type Seed @model @auth(rules: [{said}]) {{ id: ID! }}", kind)] == ["Seed"]
