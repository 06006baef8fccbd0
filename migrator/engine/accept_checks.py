"""Type checks of `accept`: no clause without type, attribute and values, and none that takes a right for granted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Any

from migrator.engine.acceptance import EVERYTHING, explains
from migrator.engine.comparison import THERE, Mismatch
from migrator.engine.conditions import TESTS, passes
from migrator.engine.observed import Observed
from migrator.engine.rule import AcceptClause, Differs, Rule

_KIND = re.compile(r"[A-Za-z0-9]+(::[A-Za-z0-9]+)+")
_RIGHTS = re.compile(r"AWS::IAM::|AWS::Lambda::(LayerVersion)?Permission$|Policy$|RoleAttachment$")
"""Types that give rights: a rule accepts a difference there only when it names all of it; users may acknowledge one."""
_ADMITS = re.compile(r"(^|\.)(Authorization\b|default_authorization_type$|unauthenticated_identities_enabled$)")
"""Attributes that say who gets in."""
_SIDES = ("gen1", "gen2")
_ANYTHING = ("something else", "-", "4711", "True")


def accept_problems(rule: Rule) -> Iterator[tuple[str, int]]:
    """What is wrong with a rule that accepts differences, with lines."""
    for clause in rule.accept:
        yield from ((problem, clause.line) for problem in _clause(clause, rule))
    given = [example for example in rule.examples if example.differs is not None]
    if rule.accept and {example.accepted for example in given} != {True, False}:
        yield "a rule with `accept` needs an example that is accepted and a near miss that is not", rule.line
    if not rule.accept and (given or rule.acknowledge):
        yield "only a rule with `accept` has `acknowledge` and examples with `differs`", rule.line
    if not rule.node and any(clause.fact for clause in rule.accept):
        yield "only a rule with a `node` has a `fact`", rule.line
    if rule.about_proof and (not rule.why.strip() or not rule.references):
        yield "a rule that accepts differences says why, and where that is documented", rule.line
    for number, clause in enumerate(rule.accept):
        if not any(e.accepted and e.differs and explains(clause, mismatch_of(e.differs)) for e in given):
            yield f"no example is accepted by clause {number + 1} of `accept`", clause.line


def _clause(clause: AcceptClause, rule: Rule) -> Iterator[str]:
    if not _KIND.fullmatch(clause.kind):
        yield f"{clause.kind!r} is no CloudFormation type"
    if "*" in clause.attribute.removesuffix(".*").replace("[*]", ""):
        yield "`[*]` stands for one element, `.*` for one last step; an attribute has no other wildcard"
    if set(clause.beside) - set(_SIDES):
        yield "`beside` has `gen1` and `gen2`"
    tests = [("gen1", clause.gen1), ("gen2", clause.gen2)]
    tests += [(name, t) for name, t in (("key", clause.key), ("element", clause.element)) if t is not None]
    tests += [(path, test) for side in _SIDES for path, test in clause.beside.get(side, {}).items()]
    for name, test in tests:
        yield from (f"{name}: {problem}" for problem in _test(test))
    if all(_is_open(test) for _, test in tests[:2]):
        yield "`gen1` and `gen2` both accept every value"
    yield from (f"{name}: every name passes the test" for name, test in tests[2:] if name == "key" and _is_open(test))
    if _RIGHTS.search(clause.kind) and _names_all(clause):
        return
    if (_RIGHTS.search(clause.kind) or _ADMITS.search(clause.attribute)) and not rule.acknowledge:
        of = clause.attribute if _ADMITS.search(clause.attribute) else clause.kind
        named = "a rule names all of it: whose rights, on what, every action"
        yield f"{of} gives rights: a difference there is acknowledged by users, or {named}"


def _names_all(clause: AcceptClause) -> bool:
    """Whether a clause names whose rights differ, on what, and every action: a principal that is there on one side
    only with all of its rights, one place with the actions on both sides, or one text of one resource."""
    if clause.key is None:
        return False
    if not clause.attribute:
        side = next((side for side, test in zip(_SIDES, (clause.gen1, clause.gen2), strict=True) if test == THERE), "")
        test = clause.beside.get(side, {}).get(EVERYTHING)
        return isinstance(test, Mapping) and "every" in test and not _is_open(test["every"])
    exact = [test == {"present": False} or isinstance(test, list) for test in (clause.gen1, clause.gen2)]
    one_text = isinstance(clause.key, str) and isinstance(clause.gen2, str) and not _is_open(clause.gen1)
    return all(exact) if "[*]" in clause.attribute and clause.element is not None else one_text


def _is_open(test: Any) -> bool:
    """Whether a test says nothing of the value but that there is one: values that nobody has in mind pass it."""
    return not any(_test(test)) and all(passes(value, test) for value in _ANYTHING)


def _test(test: Any) -> Iterator[str]:
    if not isinstance(test, Mapping):
        if not isinstance(test, str | int | float | bool | list | NoneType):
            yield f"{test!r} is no value"
        return
    if not test:
        yield "a test without a word accepts every value"
    for word, wanted in test.items():
        if word not in TESTS:
            yield f"unknown test {word!r}; there are {', '.join(sorted(TESTS))}"
        elif word == "not":
            yield from _test(wanted)
        elif word == "matches":
            try:
                re.compile(wanted)
            except (re.error, TypeError):
                yield f"{wanted!r} is no regular expression"


def mismatch_of(example: Differs) -> Mismatch:
    """The difference of an example."""
    sides = [
        Observed(example.kind, example.key, {k: _value(v) for k, v in example.beside.get(side, {}).items()}, ())
        for side in _SIDES
    ]
    gen1, gen2 = _value(example.gen1), _value(example.gen2)
    return Mismatch(example.kind, example.key, example.attribute, gen1, gen2, sides[0], sides[1])


def _value(value: Any) -> Any:
    return tuple(_value(item) for item in value) if isinstance(value, list) else value


def accepts(rule: Rule, example: Differs) -> bool:
    """Whether a rule's clauses fit an example."""
    return any(explains(clause, mismatch_of(example)) for clause in rule.accept)
