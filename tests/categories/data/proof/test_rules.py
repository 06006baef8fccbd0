"""The rules, and the page that explains them."""

from __future__ import annotations

import re

from migrator.categories.data.proof import RULES
from tests.projects import ROOT

PAGE = (ROOT / "docs" / "schema-proof.md").read_text(encoding="utf-8")
NOT_A_FUNCTION = {"N5", "N16", "N17"}
"""Said by others: providers by N2; order by the form that is compared; descriptions by what is compared."""


def test_every_rule_has_an_id_of_its_own() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_every_rule_says_what_it_says() -> None:
    assert all(rule.title.endswith(".") for rule in RULES)


def test_the_page_explains_every_rule_and_no_other() -> None:
    listed = re.findall(r"^\| ([A-Z]\d+) \|", PAGE, re.MULTILINE)
    assert set(listed) == {rule.id for rule in RULES} | NOT_A_FUNCTION
