"""Every id has a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import migrator
from migrator.commands.explain import catalogue, explain, findings
from migrator.core.errors import UsageError
from migrator.engine.rule import Rule
from migrator.report.page import page_markdown
from migrator.report.rule_page import rule_page

SOURCES = Path(migrator.__file__).parent
RAISED = sorted({id for path in SOURCES.rglob("*.py") for id in re.findall(r'"(GEN\d{3})', path.read_text("utf-8"))})


@pytest.mark.parametrize("id", RAISED)
def test_every_finding_of_the_program_is_explained(id: str) -> None:
    assert explain(id)


def test_no_id_is_explained_twice() -> None:
    ids = [kind.id for kind in findings()] + [rule.id for rule in catalogue()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in catalogue()])
def test_every_rule_has_a_page(rule: Rule) -> None:
    assert page_markdown(rule_page(rule)).startswith(f"# {rule.id}: {rule.title}\n")


def test_an_unknown_word_has_no_page() -> None:
    with pytest.raises(UsageError, match="no rule is called 'nothing-like-it'"):
        explain("nothing-like-it")
