"""Rules of fields: in transformer 1 beside those of the model, in transformer 2 instead of them."""

from __future__ import annotations

from migrator.categories.data.legacy.kinds import ChangeKind
from migrator.categories.data.model import AuthMode
from tests.categories.data.legacy.conversion import after, changes


def field(model: str, own: str, type_: str = "Float", mode: AuthMode = AuthMode.USER_POOL) -> str:
    """What becomes of a field with rules in a model with rules."""
    text = after(f"type Seed @model @auth(rules: [{model}]) {{ price: {type_} @auth(rules: [{own}]) }}", mode)
    return text.split("{ price: ")[1].removesuffix(" }")


ALL = "{ allow: private }"
SHOP = '{ allow: groups, groups: ["Shop"] }'


def test_operations_that_the_field_does_not_list_follow_the_model() -> None:
    own = '{ allow: groups, groups: ["Shop"], operations: [update] }'
    assert field(ALL, own) == (
        "Float @auth(rules: [{ allow: private, operations: [create, delete, read] }, "
        '{ allow: groups, groups: ["Shop"], operations: [update] }])'
    )


def test_the_right_to_delete_a_row_stays_with_the_model() -> None:
    assert "{ allow: private, operations: [delete] }" in field(ALL, SHOP)


def test_a_rule_of_both_is_kept() -> None:
    assert field(SHOP, SHOP) == f"Float @auth(rules: [{SHOP}])"


def test_what_both_together_ask_for_is_closed_and_named() -> None:
    text = f"type Seed @model @auth(rules: [{{ allow: owner }}]) {{ price: Float @auth(rules: [{SHOP}]) }}"
    assert '@auth(rules: [{ allow: owner, identityClaim: "username", operations: [delete] }])' in after(text)
    assert changes(text, ChangeKind.CLOSED_FIELD) == [("Seed.price", "create, update, read")]


def test_modes_that_the_field_does_not_name_stay_while_its_rules_are_of_the_default_mode() -> None:
    kept = field(f"{ALL}, {{ allow: public }}", '{ allow: groups, groups: ["Shop"], operations: [read] }')
    assert "{ allow: public }" in kept


def test_rules_that_name_a_mode_only_guard_reading_alone() -> None:
    kept = field(f"{ALL}, {{ allow: public }}", "{ allow: public }")
    assert "{ allow: private, operations: [create, update, delete] }" in kept


def test_a_required_field_that_not_everybody_reads_is_no_longer_required() -> None:
    text = 'type Seed @model @open { price: Float! @auth(rules: [{ allow: groups, groups: ["Shop"] }]) }'
    assert "price: Float @auth" in after(text)
    assert changes(text, ChangeKind.NULLABLE_FIELD) == [("Seed.price", "")]


def test_outside_of_models_only_static_groups_count() -> None:
    query = "type Query {{ stock: Int @auth(rules: [{0}]) }}"
    assert after(query.format("{ allow: owner }")) == "type Query { stock: Int @open }"
    assert after(query.format(f"{SHOP}, {ALL}")) == query.format(SHOP)
    assert after(query.format(SHOP)) == query.format(SHOP)
    assert changes(query.format("{ allow: owner }"), ChangeKind.UNCHECKED_RULES) == [("Query.stock", "")]


def test_outside_of_models_public_iam_is_for_signed_in_users_too() -> None:
    text = "type Query { stock: Int @auth(rules: [{ allow: public, provider: iam }]) }"
    assert "{ allow: public, provider: iam }, { allow: private, provider: iam }" in after(text)
