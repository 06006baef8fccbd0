"""Whom models let do what."""

from __future__ import annotations

from migrator.categories.data.access import _models
from migrator.categories.data.sdl import parse
from migrator.engine.access import ModelAccess, Operation, Who


def _only(text: str) -> ModelAccess:
    (found,) = _models(parse(text))
    return found


def test_an_owner_rule_names_the_field() -> None:
    (rule,) = _only('type A @model @auth(rules: [{allow: owner, ownerField: "maker"}]) { maker: String }').rules
    assert (rule.who, rule.owner_field, rule.several_owners) == (Who.OWNER, "maker", False)


def test_a_list_of_owners_is_known() -> None:
    (rule,) = _only('type A @model @auth(rules: [{allow: owner, ownerField: "all"}]) { all: [String] }').rules
    assert rule.several_owners


def test_read_is_get_and_list() -> None:
    (rule,) = _only("type A @model @auth(rules: [{allow: public, operations: [read]}]) { id: ID! }").rules
    assert (rule.who, rule.operations) == (Who.KEY, frozenset({Operation.GET, Operation.LIST}))


def test_the_provider_decides_who_is_meant() -> None:
    (rule,) = _only("type A @model @auth(rules: [{allow: public, provider: iam}]) { id: ID! }").rules
    assert rule.who is Who.GUEST


def test_fields_have_rules_of_their_own() -> None:
    found = _only("type A @model @auth(rules: [{allow: private}]) { id: ID! b: String @auth(rules: [{allow: owner}]) }")
    assert [rule.who for rule in found.fields["b"]] == [Who.OWNER]


def test_a_global_rule_opens_models_without_rules() -> None:
    text = "input AMPLIFY { globalAuthRule: AuthRule = { allow: public } } type A @model { id: ID! }"
    assert [rule.who for rule in _only(text).rules] == [Who.KEY]


def test_fields_that_hold_models_are_relations() -> None:
    first, _ = _models(parse("type A @model { id: ID! bs: [B] } type B @model { id: ID! }"))
    assert first.relations == {"bs"}
