"""Rules about source code: over a repository that all of them find something in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from migrator.commands.lint import chosen, lint
from migrator.core.ref import ResourceRef
from migrator.engine.catalog import load_catalog, names
from migrator.engine.checks import attribute_types
from migrator.engine.conditions import holds
from migrator.engine.rule import Rule
from migrator.gen1.graph import Fact, Node
from migrator.sources import source_categories
from migrator.sources.pipelines.gen1_cli import CATEGORY_VERBS
from migrator.sources.uses import Command, Place
from tests.projects import ROOT

FIXTURES = ROOT / "tests" / "fixtures" / "lint"
RULES = tuple(rule for rule in load_catalog(names()).rules if rule.about_sources)
NODES = [pytest.param(node, id=node.__name__) for category in source_categories() for node in category.nodes]
GEN2 = tuple(sorted(path for path in (ROOT / "sample_projects").glob("*/gen2") if path.is_dir()))


REPOSITORIES = tuple(sorted(path for path in FIXTURES.iterdir() if path.is_dir() and path.name != "gen2"))


def listed(folder: Path) -> list[str]:
    found = [(flag.finding.location, flag.finding.rule) for flag in lint((folder,)).flags]
    places = [(str(place).removeprefix(f"{folder.relative_to(ROOT)}/"), rule) for place, rule in found]
    return [f"{place} {rule}" for place, rule in places]


@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name) for folder in REPOSITORIES])
def test_the_findings_of_a_repository_are_these_and_no_others(
    folder: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    expected = FIXTURES / f"{folder.name}.findings"
    found = listed(folder)
    if request.config.getoption("--update"):
        expected.write_text("\n".join(found) + "\n", encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES])
def test_something_changes_without_the_rule(rule: Rule) -> None:
    lists = [path.read_text(encoding="utf-8") for path in FIXTURES.glob("*.findings")]
    assert any(f" {rule.id}\n" in text for text in lists)


@pytest.mark.parametrize("folder", [FIXTURES / "gen2", *GEN2])
def test_a_gen2_project_is_clean(folder: Path) -> None:
    result = lint((folder,))
    assert (result.files > 0, listed(folder)) == (True, [])


@pytest.mark.parametrize("verb", sorted(CATEGORY_VERBS | {"amplifyPush", "install"}))
@pytest.mark.parametrize("place", Place)
def test_every_command_of_the_gen1_cli_has_its_rule(verb: str, place: Place) -> None:
    fact = Fact(ResourceRef("pipelines", "a"), "", Command(verb, "", verb, place))
    fitting = [
        (rule.id, clause.severity)
        for rule in RULES
        if rule.node == "Command" and holds(rule.when, fact)
        for clause in rule.report
        if holds(clause.when, fact)
    ]
    assert len(fitting) == 1


@pytest.mark.parametrize("node", NODES)
def test_every_attribute_is_asked_for_or_told(node: type[Node]) -> None:
    rules = [rule for rule in RULES if rule.node == node.__name__]
    asked = {word for rule in rules for when in (rule.when, *(c.when for c in rule.report)) for word in when or {}}
    told = {
        word
        for rule in rules
        for clause in rule.report
        for word in re.findall(r"\{(\w+)\}", f"{clause.message}{clause.hint}")
    }
    assert set(attribute_types(node)) <= asked | told


def test_no_rule_is_left_when_all_are_ignored() -> None:
    assert chosen(RULES, (), [category.prefix for category in source_categories()]).rules == ()
