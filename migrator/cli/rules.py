"""`migrate rules`."""

from __future__ import annotations

from pathlib import Path

import click

from migrator.cli import options

_SUPPORT = ("native", "cdk", "manual", "none", "drop", "report")


@click.command(short_help="The catalogue of rules.")
@click.option(
    "--category", "categories", metavar="NAME", multiple=True, help="Only rules of this category (repeatable)."
)
@click.option("--support", type=click.Choice(_SUPPORT), help="Only rules whose settings end there.")
@options.more_rules
@options.output("text", "json", "markdown")
def rules(
    categories: tuple[str, ...], support: str | None, rules: Path | None, format_: str, output: Path | None
) -> None:
    """List the rules: what migrate knows about the settings of Gen 1 and what becomes of them in Gen 2."""
    from migrator.commands.explain import catalogue, findings
    from migrator.report.page import text_width
    from migrator.report.rule_page import support_word
    from migrator.report.rules import rules_document, rules_markdown, rules_text

    listed = [rule for rule in catalogue(categories, rules) if support in (None, support_word(rule))]
    kinds = () if categories or support else findings()
    if format_ == "json":
        import json

        text = json.dumps(rules_document(listed, kinds), indent=2, ensure_ascii=False)
    elif format_ == "markdown":
        text = rules_markdown(listed, kinds)
    else:
        text = rules_text(listed, kinds, text_width())
    options.show(text, output)
