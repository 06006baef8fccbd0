"""What is wrong with a rule is said with its file and line before any project is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

import pytest

from migrator.core.errors import RuleError
from migrator.engine.checks import attribute_types, check_rules
from migrator.engine.context import Context
from migrator.gen1.graph import Fact, Node
from migrator.gen2.backend import Piece
from tests.engine.made import CATEGORIES, Door, Kind, checked, rules

EXAMPLE = "  examples:\n  - {gen1: {}}"
HEAD = f"- id: AUTH010\n  name: door\n  title: Door\n  node: Door\n{EXAMPLE}\n"
NODELESS = "- id: AUTH001\n  name: left-out\n  title: Left out\n"
MAP = "support: native\nmap:\n- {from: color, to: define.name"
REPORT = "support: none\nreport:\n- {severity: gap, message: M"


def problem(folder: Path, text: str) -> str:
    """What is said of rules, with the place."""
    with pytest.raises(RuleError) as error:
        checked(folder, text)
    return str(error.value)


def of_door(text: str) -> str:
    return HEAD + indent(text, "  ")


@pytest.mark.parametrize(
    "text",
    [
        of_door(f"{MAP}}}"),
        of_door("support: cdk\nmap:\n- {from: lock.keys, to: cfnUserPool.policies.passwordPolicy, via: counted}"),
        of_door('support: native\nmap:\n- {from: lock.kind, to: define.name, table: {"OFF": a, BOLT: b}}'),
        of_door("support: native\nmap:\n- {from: wide, to: define.name, table: {'true': a, 'false': b}}"),
        of_door("support: cdk\nbuild:\n- {name: add_task, claims: ['*']}"),
        of_door("drop:\n- {from: wide, reason: R}"),
        of_door(f"{REPORT}, claims: [color]}}"),
        of_door("report:\n- {severity: info, message: '{color} {key} {resource}'}"),
        of_door("when: {lock.kind: {in: [BOLT]}, panels: {some: oak}, color: {matches: '^a'}}\nsupport: native"),
        of_door("when: {all: [{any: [{not: {wide: true}}]}, {linked: {to: function, as: trigger}}]}"),
        of_door("when: {check: is_front, option: {schema: sdl}}"),
        of_door("when: {lock.keys: {at_least: 1, at_most: 2}, panels: [oak], spare: null}"),
        f"{NODELESS}  service: Cognito\n  drop:\n  - {{at: 'x#/y', reason: R}}",
    ],
)
def test_a_right_rule_passes(text: str, tmp_path: Path) -> None:
    assert len(checked(tmp_path, text)) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{MAP}, when: {{colour: red}}}}", "auth.yaml:12: AUTH010: Door has no attribute 'colour'; it has lock.kind"),
        ("support: native\nmap:\n- {from: lock, to: define.name}", "Door has no attribute 'lock'"),
        ("support: native\nmap:\n- {from: lock.colour, to: define.name}", "no attribute 'lock.colour'"),
        ("support: native\nmap:\n- {from: color, to: define.nam}", "defineAuth has no property 'nam'"),
        ("support: native\nmap:\n- {from: color, to: define}", "defineAuth has no property ''"),
        ("support: cdk\nmap:\n- {from: color, to: cfnUserPool.policiez}", "CfnUserPool has no property 'policiez'"),
        ("support: cdk\nmap:\n- {from: color, to: cfnBucket.tags}", "auth has no target 'cfnBucket'"),
        ("support: native\nmap:\n- {from: lock.kind, to: define.name, table: {BOLT: b}}", "the table misses OFF"),
        ("support: native\nmap:\n- {from: wide, to: define.name, table: {'true': b}}", "the table misses false"),
        ("support: native\nmap:\n- {from: lock.kind, to: define.name, table: {'OFF': a, BOLT: b, X: c}}", "X"),
        (f"{MAP}, const: a, template: b}}", "a map has one of"),
        (f"{MAP}, via: polished}}", "auth has no transform 'polished'"),
        (f"{MAP}, via: counted}}", "counted takes <class 'int'>, color is <class 'str'>"),
        ("map:\n- {from: color, to: define.name}", "has `support: native` or `cdk`"),
        ("support: none\nmap:\n- {from: color, to: define.name}", "has `support: native` or `cdk`"),
        ("support: cdk\nbuild:\n- {name: add_wings, claims: [color]}", "auth has no builder 'add_wings'"),
        ("support: cdk\nbuild:\n- {name: add_window, claims: [color]}", "add_window is about Window, not Door"),
        ("support: cdk\nbuild:\n- {name: add_task, claims: [colour]}", "no attribute 'colour'"),
        ("drop:\n- {from: colour, reason: R}", "no attribute 'colour'"),
        ("drop:\n- {from: color, reason: ' '}", "a drop needs a reason"),
        ("drop:\n- {reason: R}", "a drop has either `from` or `at`"),
        ("drop:\n- {from: color, at: 'x#/y', reason: R}", "a drop has either `from` or `at`"),
        ("drop:\n- {at: 'x#/y', reason: R}", "needs the rule's `service`"),
        ("support: none\nreport:\n- {severity: bad, message: M}", "unknown severity 'bad'"),
        ("support: none\nreport:\n- {severity: error, message: M}", "unknown severity 'error'"),
        (f"{REPORT}, claims: [colour]}}", "no attribute 'colour'"),
        ("report:\n- {severity: gap, message: M, claims: [color]}", "needs `support`"),
        ("report:\n- {severity: gap, message: 'A {colour} door'}", "no attribute 'colour'"),
        ("when: {all: [{not: {colour: red}}]}", "no attribute 'colour'"),
        ("when: {any: [{colour: red}]}", "no attribute 'colour'"),
        ("when: {color: {longer: 3}}", "unknown test 'longer'"),
        ("when: {color: {not: {longer: 3}}}", "unknown test 'longer'"),
        ("when: {panels: {some: {longer: 3}}}", "unknown test 'longer'"),
        ("when: {panels: {every: {longer: 3}}}", "unknown test 'longer'"),
        ("when: {lock.kind: LATCH}", "'LATCH' is none of BOLT, OFF"),
        ("when: {lock.kind: {in: [LATCH]}}", "'LATCH' is none of BOLT, OFF"),
        ("when: {lock.kind: {not: LATCH}}", "'LATCH' is none of BOLT, OFF"),
        ("when: {wide: 1}", "1 is none of false, true"),
        ("when: {panels: oak}", "is a list"),
        ("when: {color: {some: a}}", "is no list"),
        ("when: {color: {at_least: 1}}", "is no number"),
        ("when: {color: {in: red}}", "`in` needs a list"),
        ("when: {color: {present: maybe}}", "`present` needs true or false"),
        ("when: {color: {matches: '('}}", "no regular expression"),
        ("when: {color: {matches: 3}}", "no regular expression"),
        ("when: {check: is_back}", "auth has no check 'is_back'"),
        ("when: {linked: {to: function, as: friend}}", "unknown link kind 'friend'"),
        ("when: {linked: {as: trigger}}", "`linked` needs `to` or `from`"),
        ("when: {linked: {to: function, from: storage}}", "`linked` needs `to` or `from`"),
        ("when: {linked: {to: function, kind: trigger}}", "`linked` needs `to` or `from`"),
        ("when: {linked: function}", "`linked` needs `to` or `from`"),
        ("when: {option: {shema: sdl}}", "unknown option 'shema'"),
        ("when: {option: sdl}", "`option` needs"),
        ("when: {all: {color: red}}", "`all` needs a list of conditions"),
        ("when: {any: [color]}", "`any` needs a list of conditions"),
        ("when: {not: color}", "`not` needs a condition"),
    ],
)
def test_what_is_wrong_with_a_rule_is_said(text: str, message: str, tmp_path: Path) -> None:
    said = problem(tmp_path, of_door(text))
    assert message in said
    assert said.startswith("auth.yaml:")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD.replace("AUTH010", "STO010"), "the id must be AUTH and three digits"),
        (HEAD.replace("AUTH010", "AUTH10"), "the id must be AUTH and three digits"),
        (HEAD.replace("AUTH010", "auth010"), "the id must be AUTH and three digits"),
        (HEAD.replace("name: door", "name: The door"), "lower-case words with hyphens"),
        (HEAD.replace("node: Door", "node: Gate"), "unknown node 'Gate'; auth has Door, Window"),
        (HEAD.replace(EXAMPLE, ""), "a rule needs an example"),
        (HEAD.replace("- {gen1: {}}", "- {javascript: 'x'}"), "its examples have `gen1`"),
        (HEAD + HEAD.replace("name: door", "name: other"), "auth.yaml:4 has the same id or name"),
        (HEAD + HEAD.replace("AUTH010", "AUTH011"), "auth.yaml:4 has the same id or name"),
        (f"{NODELESS}  when: {{color: red}}", "needs a `node`"),
        (f"{NODELESS}  drop:\n  - {{from: color, reason: R}}", "needs the rule's `node`"),
    ],
)
def test_what_is_wrong_with_the_head_of_a_rule_is_said(text: str, message: str, tmp_path: Path) -> None:
    assert message in problem(tmp_path, text)


def test_a_rule_of_an_unknown_category_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="unknown category 'auth'; there are none"):
        check_rules(rules(tmp_path, HEAD), {}, {})


def test_a_problem_has_the_line_of_its_clause(tmp_path: Path) -> None:
    text = of_door("drop:\n- {from: color, reason: R}\n- {from: colour, reason: R}")
    assert problem(tmp_path, text).startswith("auth.yaml:12: ")


def test_nested_attributes_have_paths_and_types() -> None:
    assert attribute_types(Door)["lock.kind"] is Kind


def test_a_builder_for_any_fact_fits_every_node(tmp_path: Path) -> None:
    def any_fact(fact: Fact[Node], context: Context) -> Iterator[Piece]:
        yield from ()

    from msgspec.structs import replace

    category = replace(CATEGORIES["auth"], builders=(any_fact,))
    found = rules(tmp_path, of_door("support: cdk\nbuild:\n- {name: any_fact, claims: [color]}"))
    check_rules(found, {"auth": category}, {"auth": "AUTH"})
