"""Every example of every rule, as a test of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from msgspec import structs

from migrator.categories import load
from migrator.engine.accept_checks import accepts
from migrator.engine.catalog import load_catalog, names
from migrator.engine.examples import carry_example
from migrator.engine.fixes import applied, fixes_of
from migrator.engine.rule import Example, Rule
from migrator.engine.sources import carry_source
from migrator.gen1.project import discover
from migrator.sources import source_categories


def cases(about_sources: bool) -> list[ParameterSet]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in load_catalog(names()).rules
        if rule.about_sources is about_sources
        for number, example in enumerate(rule.examples, 1)
        if example.differs is None
    ]


@pytest.mark.parametrize(("rule", "example"), cases(about_sources=False))
def test_example(rule: Rule, example: Example, tmp_path: Path) -> None:
    (tmp_path / "amplify/backend").mkdir(parents=True)
    (tmp_path / "amplify/backend/backend-config.json").write_text("{}")
    made = carry_example(rule, example, load(rule.category), discover(tmp_path).apps[0])
    assert made.properties == example.gen2
    assert example.prints.strip() in made.printed
    assert bool(made.findings) is example.report


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in load_catalog(names()).rules
        for number, example in enumerate(rule.examples, 1)
        if example.differs is not None
    ],
)
def test_example_of_a_difference(rule: Rule, example: Example) -> None:
    assert example.differs
    assert accepts(rule, example.differs) is example.accepted


@pytest.mark.parametrize(("rule", "example"), cases(about_sources=True))
def test_example_of_source_code(rule: Rule, example: Example) -> None:
    category = next(c for c in source_categories() if c.name == rule.category)
    found = carry_source(rule, example, category)
    assert bool(found) is example.report
    assert applied(example.text, fixes_of(found)) == (example.fixed or example.text)


@pytest.mark.parametrize(("rule", "example"), [case for case in cases(about_sources=True) if case.values[1].fixed])
def test_a_fixed_example_is_not_fixed_again(rule: Rule, example: Example) -> None:
    category = next(c for c in source_categories() if c.name == rule.category)
    again = carry_source(rule, structs.replace(example, text=example.fixed), category)
    assert fixes_of(again) == ()
