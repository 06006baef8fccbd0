"""Which differences are meant."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from migrator.core.ref import ResourceRef
from migrator.engine.acceptance import Knowledge, Verdict, explains, judge, names_of
from migrator.engine.comparison import Mismatch
from migrator.engine.observed import Declared, Observed
from migrator.engine.rule import AcceptClause, Rule

POOL = "AWS::Cognito::UserPool"
REF = ResourceRef("auth", "club")
CLAUSE = AcceptClause(POOL, "Name", {"present": True}, {"present": False})
RULE = Rule("AUTH800", "names", "Names", accept=(CLAUSE,), why="They are made.")


def mismatch(attribute: str = "Name", gen1: Any = "club", gen2: Any = None, **beside: Any) -> Mismatch:
    declared = (Declared("auth/club#UserPool", POOL, owner=REF),)
    one, other = Observed(POOL, "user pool", beside, declared), Observed(POOL, "user pool", {}, ())
    return Mismatch(POOL, "user pool", attribute, gen1, gen2, one, other)


def verdict(rule: Rule, difference: Mismatch, **known: Any) -> tuple[Verdict, str]:
    (judged,) = judge((difference,), Knowledge((rule,), **known))
    return judged.verdict, judged.rule.id if judged.rule else ""


def test_a_rule_that_fits_accepts() -> None:
    assert verdict(RULE, mismatch()) == (Verdict.ACCEPTED, "AUTH800")


@pytest.mark.parametrize(
    "difference",
    [
        mismatch(attribute="Names"),
        mismatch(gen2="other"),
        mismatch(gen1=None, gen2="x"),
        replace(mismatch(), kind="AWS::S3::Bucket"),
    ],
)
def test_a_near_miss_stays_unexplained(difference: Mismatch) -> None:
    assert verdict(RULE, difference) == (Verdict.UNEXPLAINED, "")


def test_a_clause_may_name_the_resource() -> None:
    named = replace(CLAUSE, key={"matches": "^user"})
    assert explains(named, mismatch())
    assert not explains(replace(CLAUSE, key="identity pool"), mismatch())


def test_a_clause_may_ask_for_what_stands_beside() -> None:
    beside = replace(CLAUSE, beside={"gen1": {"Mfa": {"in": ["OFF", None]}}})
    assert explains(beside, mismatch())
    assert explains(beside, mismatch(Mfa="OFF"))
    assert not explains(beside, mismatch(Mfa="ON"))


def test_an_attribute_may_leave_the_element_open() -> None:
    clause = replace(CLAUSE, attribute="Variables[*]")
    assert explains(clause, mismatch(attribute="Variables[KEY]"))
    assert not explains(clause, mismatch(attribute="Variables[KEY].Name"))


def test_an_attribute_without_a_wildcard_is_one_element() -> None:
    clause = replace(CLAUSE, attribute="Variables[KEY]")
    assert not explains(clause, mismatch(attribute="Variables[OTHER]"))


def test_a_rule_about_facts_explains_only_what_it_holds_for() -> None:
    about = replace(RULE, node="UserPool")
    assert verdict(about, mismatch()) == (Verdict.UNEXPLAINED, "")
    assert verdict(about, mismatch(), matched={REF: {"AUTH800"}}) == (Verdict.ACCEPTED, "AUTH800")
    assert verdict(about, mismatch(), matched={ResourceRef("auth", "other"): {"AUTH800"}})[0] is Verdict.UNEXPLAINED


def test_what_no_resource_of_the_project_declares_belongs_to_those_that_add_to_it() -> None:
    """The roles of users are the root stack's; a rule about the API may say what becomes of rights on it."""
    about = replace(RULE, node="UserPool")
    root, policy = Declared("root#AuthRole", "AWS::IAM::Role"), Declared("auth/club#Policy", "a", owner=REF)
    shared = replace(mismatch(), one=Observed(POOL, "user pool", {}, (root, policy)))
    assert verdict(about, shared, matched={REF: {"AUTH800"}}) == (Verdict.ACCEPTED, "AUTH800")
    assert verdict(about, shared, matched={ResourceRef("auth", "other"): {"AUTH800"}})[0] is Verdict.UNEXPLAINED
    other = replace(root, id="auth/other#Role", owner=ResourceRef("auth", "other"))
    owned = replace(shared, one=Observed(POOL, "user pool", {}, (other, policy)))
    assert verdict(about, owned, matched={REF: {"AUTH800"}})[0] is Verdict.UNEXPLAINED


def test_a_rule_about_facts_explains_what_only_gen_2_has_where_it_holds_for_anything() -> None:
    about = replace(RULE, node="IdentityPool", accept=(AcceptClause(POOL, "", {"present": False}, "present"),))
    added = Mismatch(POOL, "user pool", "", None, "present", None, Observed(POOL, "user pool", {}, ()))
    assert verdict(about, added) == (Verdict.UNEXPLAINED, "")
    assert verdict(about, added, matched={REF: {"AUTH801"}}) == (Verdict.UNEXPLAINED, "")
    assert verdict(about, added, matched={REF: {"AUTH800"}}) == (Verdict.ACCEPTED, "AUTH800")


def test_what_is_to_be_acknowledged_fails_until_it_is() -> None:
    asking = replace(RULE, acknowledge=True)
    assert verdict(asking, mismatch()) == (Verdict.UNEXPLAINED, "AUTH800")
    assert verdict(asking, mismatch(), acknowledged=frozenset({"AUTH800"})) == (Verdict.ACKNOWLEDGED, "AUTH800")


def test_an_acknowledgement_is_for_one_rule() -> None:
    asking = replace(RULE, acknowledge=True)
    assert verdict(asking, mismatch(), acknowledged=frozenset({"AUTH801"}))[0] is Verdict.UNEXPLAINED


def test_a_clause_may_be_for_the_fact_that_the_difference_names() -> None:
    """A function with one secret among its variables may lose, or hide, no other variable for that reason."""
    lost = AcceptClause(POOL, "Variables[*]", {"present": True}, {"present": False}, fact=True)
    about = replace(RULE, node="Variable", accept=(lost,))
    known: dict[str, Any] = {"matched": {REF: {"AUTH800"}}, "facts": {(REF, "AUTH800"): {"TOKEN"}}}
    assert verdict(about, mismatch("Variables[TOKEN]"), **known) == (Verdict.ACCEPTED, "AUTH800")
    assert verdict(about, mismatch("Variables[STAGE]"), **known) == (Verdict.UNEXPLAINED, "")


@pytest.mark.parametrize(
    ("attribute", "key", "fact"),
    [
        ("LambdaConfig.PreSignUp", "user pool", "PreSignUp"),
        ("", "provider Google", "Google"),
        ("A", "web client", "web"),
    ],
)
def test_a_difference_names_its_fact_by_element_step_or_key(attribute: str, key: str, fact: str) -> None:
    assert fact in names_of(replace(mismatch(attribute), key=key))


def test_what_is_to_be_acknowledged_is_asked_only_where_its_rule_holds() -> None:
    asking = replace(RULE, node="UserPool", acknowledge=True)
    assert verdict(asking, mismatch(), acknowledged=frozenset({"AUTH800"})) == (Verdict.UNEXPLAINED, "")
    known: dict[str, Any] = {"matched": {REF: {"AUTH800"}}, "acknowledged": frozenset({"AUTH800"})}
    assert verdict(asking, mismatch(), **known) == (Verdict.ACKNOWLEDGED, "AUTH800")
