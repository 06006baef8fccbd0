"""`migrate explain`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrator.cli import options

if TYPE_CHECKING:
    from migrator.core.finding import FindingKind
    from migrator.engine.rule import Rule


@click.command(short_help="A rule's page: what it does, why, and what to do instead.")
@click.argument("rule")
@options.more_rules
@options.output("text", "json", "markdown")
def explain(rule: str, rules: Path | None, format_: str, output: Path | None) -> None:
    """Show the page of RULE, an id such as AUTH020 or GEN001, or a rule's name such as user-pool-mfa."""
    from migrator.commands.explain import explain as find

    found = find(rule, rules)
    options.show(_rendered(found, format_), output)


def _rendered(found: Rule | FindingKind, format_: str) -> str:
    from migrator.engine.rule import Rule
    from migrator.report.page import page_markdown, page_text, text_width
    from migrator.report.rule_page import finding_page, rule_page
    from migrator.report.rules import finding_document, rule_document

    if format_ == "json":
        import json

        document = rule_document(found) if isinstance(found, Rule) else finding_document(found)
        return json.dumps({"schema": "migrate/explain/1", **document}, indent=2, ensure_ascii=False)
    page = rule_page(found) if isinstance(found, Rule) else finding_page(found)
    return page_markdown(page) if format_ == "markdown" else page_text(page, text_width())
