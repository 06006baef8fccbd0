"""The account of every setting."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrator.core.ref import ResourceRef
from migrator.documents.document import Pointer
from migrator.documents.traced import Source
from migrator.engine.ledger import accounts
from migrator.engine.match import Matches
from migrator.engine.rule import DropClause, Outcome, Rule
from migrator.gen1.graph import Evidence, Fact, Resource
from tests.engine.made import REF, Door, account, document, fact, rule, rules

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=20,
)
CLAIMS = """
- {id: AUTH011, name: a, title: A, node: Door, support: native, map: [{from: color, to: define.name}]}
- {id: AUTH012, name: b, title: B, node: Door, support: none, report: [{severity: gap, claims: [wide], message: M.}]}
- {id: AUTH013, name: c, title: C, node: Door, drop: [{from: panels, reason: Why not.}]}
"""


def counted(value: Any) -> int:
    """The leaves of a JSON value, written without the program's own counter."""
    if isinstance(value, dict):
        return sum(map(counted, value.values())) or 1
    if isinstance(value, list):
        return sum(map(counted, value)) or 1
    return 1


def pointers(value: Any, at: Pointer = ()) -> list[Pointer]:
    """Every place of a JSON value, leaf or not."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(p for key, item in items for p in pointers(item, (*at, key)))]


def counts(folder: Path, text: str, root: Any, **sources: Pointer) -> dict[str, int]:
    """The outcomes that occur."""
    evidence = document(root)
    door = fact(Door(), "front", **{path: (evidence, pointer) for path, pointer in sources.items()})
    found = account(folder, rules(folder, text) if text else (), root, door, at=evidence)
    return {str(outcome): number for outcome, number in found.counts.items() if number}


def drops(*places: str, service: str = "Door") -> tuple[Rule, ...]:
    clauses = tuple(DropClause("Left out.", at=place) for place in places)
    return (Rule("AUTH001", "left-out", "Left out", service=service, drop=clauses),)


@given(JSON)
def test_without_any_fact_every_leaf_is_a_gap(root: Any) -> None:
    resource = Resource(REF, "Door", Evidence.SOURCE, documents=(("door.json", document(root)),))
    (found,) = accounts((resource,), Matches((), (), ()), ())
    assert found.counts == {**dict.fromkeys(Outcome, 0), Outcome.GAP: counted(root)}
    assert len(found.unread) == counted(root)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_leaf_has_exactly_one_outcome(data: st.DataObject, tmp_path: Path) -> None:
    root = data.draw(JSON)
    read = data.draw(st.lists(st.sampled_from(pointers(root)), max_size=4))
    evidence = document(root)
    paths = ("color", "wide", "panels", "spare")
    sources = {path: (Source(evidence, pointer),) for path, pointer in zip(paths, read, strict=False)}
    found = account(tmp_path, rules(tmp_path, CLAIMS), root, Fact(REF, "front", Door(), sources), at=evidence)
    assert found.total == sum(found.counts.values()) == counted(root)


@pytest.mark.parametrize("root", [{}, [], None, "x", 0, False])
def test_an_empty_document_is_one_setting(root: Any, tmp_path: Path) -> None:
    assert account(tmp_path, (), root).total == 1


def test_a_leaf_ends_as_the_attribute_it_decided(tmp_path: Path) -> None:
    assert counts(tmp_path, CLAIMS, {"a": 1, "b": 2}, color=("a",), wide=("b",)) == {"native": 1, "gap": 1}


def test_a_place_stands_for_everything_below_it(tmp_path: Path) -> None:
    assert counts(tmp_path, CLAIMS, {"a": {"b": [1, 2], "c": {}}}, color=("a",)) == {"native": 3}


def test_a_name_that_looks_like_an_index_is_no_index(tmp_path: Path) -> None:
    assert counts(tmp_path, CLAIMS, {"0": "x"}, color=(0,)) == {"gap": 1}


def test_the_worst_is_said_of_a_leaf_that_decided_two_attributes(tmp_path: Path) -> None:
    assert counts(tmp_path, CLAIMS, {"a": 1}, color=("a",), wide=("a",)) == {"gap": 1}


def test_a_dropped_attribute_does_not_hide_a_written_one(tmp_path: Path) -> None:
    assert counts(tmp_path, CLAIMS, {"a": 1}, color=("a",), panels=("a",)) == {"native": 1}


@pytest.mark.parametrize(("around", "inside"), [("wide", "color"), ("color", "wide")])
def test_the_worst_is_said_of_a_leaf_that_was_read_alone_and_with_its_surroundings(
    around: str, inside: str, tmp_path: Path
) -> None:
    found = counts(tmp_path, CLAIMS, {"a": {"b": 1}}, **{around: ("a",), inside: ("a", "b")})
    assert found == {"gap": 1}


def test_an_attribute_claimed_twice_has_the_worse_outcome(tmp_path: Path) -> None:
    again = "- {id: AUTH014, name: d, title: D, node: Door, drop: [{from: wide, reason: No.}]}"
    assert counts(tmp_path, f"{CLAIMS.strip()}\n{again}", {"a": 1}, wide=("a",)) == {"gap": 1}


def row(folder: Path, door: Door, path: str) -> tuple[str, str]:
    found = account(folder, (), {}, fact(door))
    return next((str(r.outcome), r.rule) for r in found.rows if r.path == path)


def test_an_unclaimed_attribute_with_the_default_of_both_generations_is_no_gap(tmp_path: Path) -> None:
    assert row(tmp_path, Door(wide=False), "wide") == ("default", "")


def test_an_unclaimed_attribute_with_another_value_is_a_gap(tmp_path: Path) -> None:
    assert row(tmp_path, Door(wide=True), "wide") == ("gap", "GEN002")


def test_an_unclaimed_attribute_with_the_gen_1_default_is_a_gap_where_gen_2_has_another(tmp_path: Path) -> None:
    assert row(tmp_path, Door(color="white"), "color") == ("gap", "GEN002")


def test_an_unclaimed_attribute_that_equals_the_default_of_gen_2_only_is_no_gap(tmp_path: Path) -> None:
    assert row(tmp_path, Door(color="black"), "color") == ("default", "")


def test_an_unclaimed_attribute_is_found_where_it_was_read(tmp_path: Path) -> None:
    evidence = document({"width": True})
    door = fact(Door(wide=True, color="black"), wide=(evidence, ("width",)))
    (finding,) = account(tmp_path, (), {}, door, at=evidence).findings
    assert (finding.rule, finding.location and finding.location.pointer) == ("GEN002", "/width")
    assert "wide (front)" in finding.message


def test_unread_settings_are_one_finding_with_their_number(tmp_path: Path) -> None:
    (finding,) = account(tmp_path, (), {"a": 1, "b": [2, 3]}).findings
    assert finding.rule == "GEN001"
    assert finding.message == "3 settings were not read: door.json (/a) and 2 more."


def test_unread_settings_are_listed_by_place(tmp_path: Path) -> None:
    assert account(tmp_path, (), {"a/b": 1}).unread == (("door.json", "/a~1b"),)


@pytest.mark.parametrize(
    ("place", "dropped"),
    [
        ("door.json#/a/b", {"/a/b"}),
        ("door.json#/a", set()),
        ("door.json#/a/*", {"/a/b", "/a/bb"}),
        ("door.json#/a/b*", {"/a/b", "/a/bb"}),
        ("door.json#/*", {"/e"}),
        ("door.json#/**", {"/a/b", "/a/bb", "/a/c/d", "/e"}),
        ("door.json#/**/d", {"/a/c/d"}),
        ("door.json#/a/**", {"/a/b", "/a/bb", "/a/c/d"}),
        ("*#/e", {"/e"}),
        ("window.json#/**", set()),
        ("door?json#/e", set()),
        ("doorXjson#/e", set()),
    ],
)
def test_places_are_dropped_by_pattern(place: str, dropped: set[str], tmp_path: Path) -> None:
    found = account(tmp_path, drops(place), {"a": {"b": 1, "bb": 2, "c": {"d": 3}}, "e": 4})
    assert {one.pointer for one in found.dropped} == dropped
    assert found.counts[Outcome.DROPPED] == len(dropped)


def test_a_name_with_a_line_break_is_dropped_too(tmp_path: Path) -> None:
    assert account(tmp_path, drops("door.json#/**"), {"a\nb": 1}).counts[Outcome.DROPPED] == 1


def test_places_are_dropped_for_the_service_of_the_rule_only(tmp_path: Path) -> None:
    assert account(tmp_path, drops("door.json#/a", service="Window"), {"a": 1}).counts[Outcome.GAP] == 1


def test_a_rule_may_drop_places_of_every_service(tmp_path: Path) -> None:
    assert account(tmp_path, drops("door.json#/a", service="*"), {"a": 1}).counts[Outcome.DROPPED] == 1


def test_a_dropped_place_never_hides_a_read_one(tmp_path: Path) -> None:
    evidence = document({"a": 1})
    door = fact(Door(wide=True), wide=(evidence, ("a",)))
    assert account(tmp_path, drops("door.json#/**"), {}, door, at=evidence).counts[Outcome.GAP] == 1


def test_a_dropped_place_says_which_rule_and_why(tmp_path: Path) -> None:
    (dropped,) = account(tmp_path, drops("door.json#/b", "door.json#/a"), {"a": 1}).dropped
    assert (dropped.rule, dropped.reason) == ("AUTH001", "Left out.")


def test_a_dropped_attribute_has_its_reason(tmp_path: Path) -> None:
    found = account(tmp_path, rule(tmp_path, "drop:\n- {from: wide, reason: Too wide.}"), {}, fact())
    assert next(r.reason for r in found.rows if r.path == "wide") == "Too wide."


def test_an_attribute_of_one_resource_accounts_for_a_file_of_another(tmp_path: Path) -> None:
    evidence, other = document({"a": 1}), ResourceRef("auth", "other")
    door = fact(Door(color="black"), color=(evidence, ("a",)))
    listed = (
        Resource(REF, "Door", Evidence.SOURCE, (door,)),
        Resource(other, "Door", Evidence.SOURCE, documents=(("door.json", evidence),)),
    )
    first, second = accounts(listed, Matches((), ((door, ()),), ()), ())
    assert (first.total, second.counts[Outcome.DEFAULT]) == (0, 1)


def test_a_value_read_from_another_document_leaves_this_one_unread(tmp_path: Path) -> None:
    door = fact(Door(color="black"), color=(document({"a": 1}), ("a",)))
    assert account(tmp_path, (), {"a": 1}, door).counts[Outcome.GAP] == 1


def test_one_document_under_two_resources_is_counted_in_each(tmp_path: Path) -> None:
    shared = (("door.json", document({"a": 1, "b": 2})),)
    listed = tuple(Resource(ResourceRef("auth", n), "Door", Evidence.SOURCE, documents=shared) for n in ("a", "b"))
    assert Counter(one.total for one in accounts(listed, Matches((), (), ()), ())) == {2: 2}
