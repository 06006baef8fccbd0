"""`migrate lint`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrator.cli import options
from migrator.cli.outcome import FOUND, OK, say_failing
from migrator.core.finding import Severity

if TYPE_CHECKING:
    from migrator.commands.lint import Lint

_FAIL_ON = ("error", "warning", "info", "never")


@click.command(short_help="Flag Gen 1 patterns in a repository.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@options.more_rules
@options.words("--select", "Only these rules: ids, beginnings of ids, names (repeatable, or a comma list).")
@options.words("--ignore", "Not these rules.")
@options.output("text", "json")
@click.option(
    "--fail-on",
    type=click.Choice(_FAIL_ON),
    default="error",
    show_default=True,
    help="Exit with 1 when there is a finding of this severity or a heavier one.",
)
def lint(
    paths: tuple[Path, ...],
    rules: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    format_: str,
    output: Path | None,
    fail_on: str,
) -> int:
    """Look for Gen 1 patterns in the files and folders at PATH: imports, commands of the Gen 1 CLI, schemas, folders.

    Ignore files of git are honoured; dependencies, generated and minified files are passed over. A file that is named
    is always looked at. Nothing is changed.
    """
    from migrator.commands.lint import lint as run

    result = run(paths or (Path(),), select, ignore, rules)
    options.show(_rendered(result, format_, to_file=output is not None), output)
    findings = [flag.finding for flag in result.flags]
    failing = [] if fail_on == "never" else [f for f in findings if f.severity.rank <= Severity(fail_on).rank]
    if failing and (output or format_ != "text"):
        say_failing(failing)
    return FOUND if failing else OK


def _rendered(result: Lint, format_: str, to_file: bool) -> str:
    if format_ == "json":
        import json

        from migrator.report.lint_json import lint_document

        return json.dumps(lint_document(result), indent=2, ensure_ascii=False)
    from migrator.report.lint_text import lint_text

    return lint_text(result, plain=to_file)
