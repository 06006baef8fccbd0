"""`migrate scan`."""

from __future__ import annotations

from pathlib import Path

import click

from migrator.cli import options
from migrator.cli.outcome import FOUND, OK, say_failing
from migrator.commands.scan import Scan
from migrator.core.finding import Severity

_FAIL_ON = ("blocker", "gap", "warning", "never")


@click.command(short_help="What is in a Gen 1 project, and what becomes of every setting.")
@options.project_path
@options.reading
@options.features
@options.output("text", "json", "markdown")
@click.option(
    "--fail-on",
    type=click.Choice(_FAIL_ON),
    default="blocker",
    show_default=True,
    help="Exit with 1 when there is a finding of this severity or a heavier one.",
)
@click.option("-v", "--verbose", is_flag=True, help="List every setting, also those that need nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Only the totals and what blocks.")
def scan(
    path: Path,
    env: str | None,
    app: str | None,
    rules: Path | None,
    features: tuple[tuple[str, ...], ...],
    format_: str,
    output: Path | None,
    fail_on: str,
    verbose: bool,
    quiet: bool,
) -> int:
    """List every resource of the Gen 1 project at PATH, and what becomes of each of its settings in Gen 2."""
    from migrator.commands.scan import scan as run

    chosen = options.chosen(features)
    result = options.in_environment(lambda env: run(path, env, chosen, rules, app=app, ask=options.interactive()), env)
    options.show(_rendered(result, format_, verbose, quiet, to_file=output is not None), output)
    failing = [] if fail_on == "never" else [f for f in result.findings if f.severity.rank <= Severity(fail_on).rank]
    if failing and (output or format_ != "text"):
        say_failing(failing)
    return FOUND if failing else OK


def _rendered(result: Scan, format_: str, verbose: bool, quiet: bool, to_file: bool) -> str:
    if format_ == "json":
        import json

        from migrator.report.scan_json import scan_document

        return json.dumps(scan_document(result), indent=2, ensure_ascii=False)
    if format_ == "markdown":
        from migrator.report.scan_markdown import scan_markdown

        return scan_markdown(result, verbose=verbose)
    from migrator.report.scan_text import scan_text

    return scan_text(result, verbose=verbose, quiet=quiet, plain=to_file)
