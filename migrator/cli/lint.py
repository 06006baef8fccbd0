"""`migrate lint`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrator.cli import options
from migrator.cli.outcome import FOUND, OK, say_failing
from migrator.core.errors import UsageError
from migrator.core.finding import Severity

if TYPE_CHECKING:
    from migrator.commands.lint import Lint, Run
    from migrator.commands.lint_settings import LintSettings

_FAIL_ON = ("error", "warning", "info", "never")


@click.command(short_help="Flag Gen 1 patterns in a repository.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@options.more_rules
@options.words("--select", "Only these rules: ids, beginnings of ids, names (repeatable, or a comma list).")
@options.words("--ignore", "Not these rules.")
@options.output("text", "json", "sarif", "github")
@click.option("--fix", is_flag=True, help="Change what is mechanical and certain, then report what is left.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, as a patch; change nothing.")
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Report only what is not in this file of known findings.",
)
@click.option("--update-baseline", is_flag=True, help="Take out of the baseline what is no longer found.")
@click.option("--grow-baseline", is_flag=True, help="With --update-baseline: take new findings in too.")
@click.option(
    "--fail-on",
    type=click.Choice(_FAIL_ON),
    default=None,
    help="Exit with 1 when there is a finding of this severity or a heavier one (default: error).",
)
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Processes (default: one for each core).")
def lint(
    paths: tuple[Path, ...],
    rules: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    format_: str,
    output: Path | None,
    fix: bool,
    diff: bool,
    baseline: Path | None,
    update_baseline: bool,
    grow_baseline: bool,
    fail_on: str | None,
    jobs: int | None,
) -> int:
    """Look for Gen 1 patterns in the files and folders at PATH: imports, calls, commands, schemas, settings, folders.

    Ignore files of git are honoured; dependencies, generated and minified files are passed over. A file that is named
    is always looked at. Nothing is changed without --fix. A comment `migrate-ignore ID: reason` suppresses findings of
    its line, `[tool.migrate.lint]` in pyproject.toml or `[lint]` in .migrate.toml holds settings.
    """
    from migrator.commands.lint import Run, Selection, root_of
    from migrator.commands.lint_settings import read_settings

    _check(fix, diff, grow_baseline, update_baseline)
    listed = paths or (Path(),)
    root = root_of(listed)
    settings = read_settings(root)
    wanted = Selection(select or settings.select, (*ignore, *settings.ignore), rules)
    known = _baseline(baseline, settings, update_baseline)
    result = _result(Run(root, wanted, settings), listed, known, jobs)
    if diff:
        return _shown_diff(Run(root, wanted, settings), result, output)
    if fix and _fixed(Run(root, wanted, settings), result):
        result = _result(Run(root, wanted, settings), listed, known, jobs)
    if update_baseline and known is not None:
        result = _updated(result, known, grow_baseline)
    options.show(_rendered(result, format_, to_file=output is not None), output)
    return _outcome(result, fail_on or settings.fail_on or "error", aside=output is not None or format_ != "text")


def _check(fix: bool, diff: bool, grow: bool, update: bool) -> None:
    if fix and diff:
        raise UsageError("--fix and --diff exclude each other", hint="--diff shows what --fix would do.")
    if grow and not update:
        raise UsageError("--grow-baseline goes with --update-baseline", hint="Give both.")


def _baseline(named: Path | None, settings: LintSettings, update: bool) -> Path | None:
    """The baseline file: the one that is named, that of the settings, or the usual one when it is to be written."""
    from migrator.commands.baseline import NAME

    if named is not None:
        return named
    if settings.baseline:
        return Path(settings.source).parent / settings.baseline
    return Path(NAME) if update else None


def _result(run: Run, paths: tuple[Path, ...], baseline: Path | None, jobs: int | None) -> Lint:
    from migrator.commands.baseline import read_baseline

    return run.result(paths, read_baseline(baseline) if baseline else None, jobs)


def _shown_diff(run: Run, result: Lint, output: Path | None) -> int:
    from migrator.commands.lint_fixes import fixed

    made = fixed(result.all_flags, run)
    for left in made.left:
        click.echo(f"migrate: {left.path}: {left.reason}", err=True)
    patch = "".join(change.diff for change in made.changes)
    if patch or output is not None:
        options.show(patch, output)
    click.echo(f"migrate: {_files(len(made.changes))} would change", err=True)
    return FOUND if made.changes else OK


def _fixed(run: Run, result: Lint) -> int:
    """How many files were changed."""
    from migrator.commands.lint_fixes import fixed, write

    made = fixed(result.all_flags, run)
    failed = tuple(write(made.changes, result.root))
    for left in (*made.left, *failed):
        click.echo(f"migrate: {left.path}: {left.reason}", err=True)
    changed = len(made.changes) - len(failed)
    click.echo(f"migrate: {_files(changed)} changed", err=True)
    return changed


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"


def _updated(result: Lint, path: Path, grow: bool) -> Lint:
    """The result after the baseline was brought up to date."""
    from msgspec.structs import replace

    from migrator.commands.baseline import fresh, updated, write_baseline

    made = updated(result.all_flags, result.baseline, grow)
    write_baseline(path, made)
    before = len(result.baseline.findings) if result.baseline else 0
    click.echo(f"migrate: {path}: {len(made.findings)} known findings (before: {before})", err=True)
    left = fresh(result.all_flags, made)
    return replace(result, flags=left, known=len(result.all_flags) - len(left), baseline=made)


def _outcome(result: Lint, fail_on: str, aside: bool) -> int:
    findings = [flag.finding for flag in result.flags]
    failing = [] if fail_on == "never" else [f for f in findings if f.severity.rank <= Severity(fail_on).rank]
    if failing and aside:
        say_failing(failing)
    return FOUND if failing else OK


def _rendered(result: Lint, format_: str, to_file: bool) -> str:
    if format_ == "text":
        from migrator.report.lint_text import lint_text

        return lint_text(result, plain=to_file)
    if format_ == "github":
        from migrator.report.lint_github import lint_github

        return lint_github(result)
    import json

    from migrator.report.lint_json import lint_document
    from migrator.report.lint_sarif import lint_sarif

    document = lint_sarif(result) if format_ == "sarif" else lint_document(result)
    return json.dumps(document, indent=2, ensure_ascii=False)
