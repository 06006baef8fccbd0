"""What rules claim and report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.core.finding import Severity
from migrator.engine.catalog import Catalog
from migrator.engine.category import Category
from migrator.engine.context import Options
from migrator.engine.match import fill, match
from migrator.gen1.graph import Fact, Node
from tests.engine.made import (
    CATEGORY,
    REF,
    Door,
    Kind,
    Lock,
    claims,
    context,
    document,
    fact,
    matched,
    read,
    rule,
    rules,
)

REUSE = Options(reuse=frozenset({"auth"}))
MAP = "support: native\nmap:\n- {from: color, to: define.name"


def test_a_map_claims_the_attribute_it_writes(tmp_path: Path) -> None:
    assert claims(tmp_path, rule(tmp_path, f"{MAP}}}")) == {"color": "native"}


def test_a_rule_that_does_not_hold_claims_nothing(tmp_path: Path) -> None:
    assert claims(tmp_path, rule(tmp_path, f"when: {{wide: true}}\n{MAP}}}")) == {}


def test_a_clause_that_does_not_hold_claims_nothing(tmp_path: Path) -> None:
    assert claims(tmp_path, rule(tmp_path, f"{MAP}, when: {{wide: true}}}}")) == {}


def test_a_condition_claims_nothing(tmp_path: Path) -> None:
    assert set(claims(tmp_path, rule(tmp_path, f"when: {{wide: false}}\n{MAP}, when: {{panels: []}}}}"))) == {"color"}


def test_a_builder_claims_what_it_lists(tmp_path: Path) -> None:
    found = rule(tmp_path, "support: cdk\nbuild:\n- {name: add_task, claims: [color, lock.keys]}")
    assert claims(tmp_path, found) == {"color": "cdk", "lock.keys": "cdk"}


def test_a_star_claims_every_attribute(tmp_path: Path) -> None:
    found = rule(tmp_path, "support: cdk\nbuild:\n- {name: add_task, claims: ['*']}")
    assert set(claims(tmp_path, found)) == {"lock.kind", "lock.keys", "color", "panels", "wide", "spare"}


def test_a_drop_is_dropped_whatever_the_rule_supports(tmp_path: Path) -> None:
    assert claims(tmp_path, rule(tmp_path, "support: cdk\ndrop:\n- {from: wide, reason: No.}")) == {"wide": "dropped"}


def test_a_drop_of_a_place_claims_no_attribute(tmp_path: Path) -> None:
    assert claims(tmp_path, rule(tmp_path, "drop:\n- {at: 'door.json#/x', reason: No.}")) == {}


@pytest.mark.parametrize(
    ("support", "outcome"), [("manual", "manual"), ("none", "gap"), ("cdk", "cdk"), ("native", "native")]
)
def test_a_report_claims_with_the_support_of_the_rule(support: str, outcome: str, tmp_path: Path) -> None:
    found = rule(tmp_path, f"support: {support}\nreport:\n- {{severity: gap, claims: [color], message: No paint.}}")
    assert claims(tmp_path, found) == {"color": outcome}


def test_a_report_without_claims_claims_nothing(tmp_path: Path) -> None:
    assert claims(tmp_path, rule(tmp_path, "report:\n- {severity: info, message: A door.}")) == {}


def test_rules_are_for_new_resources_unless_they_say_otherwise(tmp_path: Path) -> None:
    assert claims(tmp_path, rule(tmp_path, f"{MAP}}}"), options=REUSE) == {}


def test_rules_for_live_resources_leave_new_ones_alone(tmp_path: Path) -> None:
    assert claims(tmp_path, rule(tmp_path, f"applies: reused\n{MAP}}}")) == {}


def test_rules_for_live_resources_match_reused_ones(tmp_path: Path) -> None:
    assert claims(tmp_path, rule(tmp_path, f"applies: reused\n{MAP}}}"), options=REUSE) == {"color": "native"}


def test_an_imported_resource_is_a_live_one(tmp_path: Path) -> None:
    found = rule(tmp_path, f"applies: reused\n{MAP}}}")
    assert claims(tmp_path, found, imported=True) == {"color": "native"}


@pytest.mark.parametrize("options", [Options(), REUSE])
def test_rules_for_any_resource_match_both(options: Options, tmp_path: Path) -> None:
    found = rule(tmp_path, f"applies: any\n{MAP}}}")
    assert claims(tmp_path, found, options=options) == {"color": "native"}


def test_a_condition_that_throws_is_a_finding(tmp_path: Path) -> None:
    found = rule(tmp_path, f"when: {{check: fails}}\n{MAP}}}")
    (finding,) = matched(tmp_path, found, fact()).findings
    assert (finding.rule, finding.severity, finding.resource) == ("GEN004", Severity.BLOCKER, REF)
    assert "AUTH010" in finding.message
    assert "check fell over" in finding.message


def test_a_rule_that_throws_takes_no_other_down(tmp_path: Path) -> None:
    text = "\n".join(
        (
            "- {id: AUTH011, name: a, title: A, node: Door, when: {check: fails}, drop: [{from: wide, reason: No.}]}",
            "- {id: AUTH012, name: b, title: B, node: Door, drop: [{from: color, reason: No.}]}",
        )
    )
    assert claims(tmp_path, rules(tmp_path, text)) == {"color": "dropped"}


class Other(Node, frozen=True):
    color: str = "grey"


def test_a_node_type_of_the_same_name_in_another_category_has_its_own_rules(tmp_path: Path) -> None:
    same = type("Door", (Other,), {}, frozen=True)
    found = rule(tmp_path, "drop:\n- {from: color, reason: No.}")
    another: Fact[Any] = fact(same())
    categories = {"auth": CATEGORY, "storage": Category(name="storage", nodes=(same,), read=read)}
    matches = match(context(tmp_path, another), Catalog(found), categories)
    assert matches.claims == ((another, ()),)


def test_a_check_of_the_same_name_in_another_category_is_not_asked(tmp_path: Path) -> None:
    def is_front(fact: Fact[Any], context: object) -> bool:
        return False

    found = rule(tmp_path, "when: {check: is_front}\ndrop:\n- {from: color, reason: No.}")
    categories = {"auth": CATEGORY, "storage": Category(name="storage", nodes=(), read=read, checks=(is_front,))}
    assert match(context(tmp_path, fact()), Catalog(found), categories).matches


def test_a_finding_stands_where_the_claimed_attribute_does(tmp_path: Path) -> None:
    found = rule(tmp_path, "support: none\nreport:\n- {severity: gap, claims: [color], message: No paint.}")
    (finding,) = matched(tmp_path, found, fact(color=(document({"paint": "red"}), ("paint",)))).findings
    assert finding.location is not None
    assert (finding.location.file, finding.location.pointer) == ("door.json", "/paint")


def test_a_finding_has_the_hint_of_its_clause_before_that_of_its_rule(tmp_path: Path) -> None:
    text = "instead: Paint it.\nreport:\n- {severity: info, message: A.}\n- {severity: info, message: B., hint: Look.}"
    assert [f.hint for f in matched(tmp_path, rule(tmp_path, text), fact()).findings] == ["Paint it.", "Look."]


def test_a_message_names_the_resource_the_fact_and_its_values() -> None:
    door = fact(Door(Lock(Kind.BOLT), panels=("oak", "glass")))
    text = fill("{resource} {key} {lock.kind} {panels} {unknown}", door)
    assert text == "auth/door front BOLT oak, glass {unknown}"
