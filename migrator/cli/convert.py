"""`migrate convert`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click
from click.core import ParameterSource

from migrator.cli import options
from migrator.cli.outcome import FOUND, OK
from migrator.commands.convert import Conversion, Request

REUSABLE = ("auth", "storage", "data")


@click.command(short_help="Write the Gen 2 project, whole or feature by feature.")
@options.project_path
@options.reading
@options.features
@click.option("--out", type=click.Path(path_type=Path), default="gen2", show_default=True, metavar="DIR")
@click.option("--in-place", is_flag=True, help="Write into the project itself; amplify/ becomes amplify-gen1/.")
@click.option("--force", is_flag=True, help="With --in-place: although there are uncommitted changes, or no git.")
@click.option(
    "--reuse",
    type=click.Choice(REUSABLE),
    multiple=True,
    help="Keep the live Gen 1 resource of this feature instead of making a new one (repeatable).",
)
@click.option(
    "--branch-map", multiple=True, metavar="ENV=BRANCH", help="The Gen 2 branch of a Gen 1 environment (repeatable)."
)
@click.option(
    "--api-id",
    default="",
    metavar="ID",
    help="Id of the deployed AppSync API, part of its tables' names; ENV=ID,ENV=ID for several environments.",
)
@click.option(
    "--schema",
    type=click.Choice(("auto", "typed", "sdl")),
    help="How the data schema is written (default: typed where it can be).",
)
@click.option(
    "--datastore",
    type=click.Choice(("leave", "keep")),
    help="What becomes of an API that resolves conflicts for DataStore (default: leave).",
)
@click.option(
    "--proof/--no-proof",
    default=True,
    help="Prove that the data schema is Gen 1's, where Node and its packages are there (the default).",
)
@click.option(
    "--outputs-only",
    is_flag=True,
    help="Write only an amplify_outputs.json of the live Gen 1 backend (default --out: the app's own folder).",
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--diff", "show_diff", is_flag=True, help="Show the changes as a diff, and write nothing.")
@click.option("--undo", is_flag=True, help="Bring back what was there before the last run.")
@options.output("text", "json")
@click.option("-v", "--verbose", is_flag=True, help="List unchanged files too.")
@click.option("-q", "--quiet", is_flag=True, help="Only the totals and what blocks.")
def convert(
    path: Path,
    env: str | None,
    app: str | None,
    rules: Path | None,
    features: tuple[tuple[str, ...], ...],
    out: Path,
    in_place: bool,
    force: bool,
    reuse: tuple[str, ...],
    branch_map: tuple[str, ...],
    api_id: str,
    schema: str | None,
    datastore: str | None,
    proof: bool,
    outputs_only: bool,
    dry_run: bool,
    show_diff: bool,
    undo: bool,
    format_: str,
    output: Path | None,
    verbose: bool,
    quiet: bool,
) -> int:
    """Write the Gen 2 project for the Gen 1 project at PATH.

    Each slice (`--feature auth`) can be deployed by itself, and a later one extends it. A file that you edited is never
    overwritten: where it would have to change, the diff is shown and the exit code is 1.
    """
    if outputs_only:
        _refuse(**{"--in-place": in_place, "--reuse": reuse, "--feature": features, "--api-id": api_id})
        from migrator.cli.outputs_only import Shown, undo_outputs, write_outputs
        from migrator.commands.outputs_only import Request as OutputsRequest

        asked = OutputsRequest(path, _given_out(out), env, app, dry_run or show_diff, proof)
        shown = Shown(format_, output, show_diff, dry_run or show_diff, quiet)
        return undo_outputs(asked) if undo else write_outputs(asked, shown)
    if undo:
        return _undo(path if in_place else out)
    from msgspec.structs import replace

    from migrator.commands.convert import convert as run

    request = Request(
        path,
        out,
        options.chosen(features),
        env,
        app,
        rules,
        frozenset(reuse),
        _branches(branch_map),
        api_id,
        schema or "",
        in_place,
        force,
        dry_run or show_diff,
        proof,
        datastore or "",
    )
    done = options.in_environment(lambda env: run(replace(request, env=env)), env)
    options.show(_rendered(done, format_, show_diff, _Words(dry_run or show_diff, verbose, quiet)), output)
    return FOUND if any(one.blocked or one.written.pending for one in done) else OK


def _refuse(**options: object) -> None:
    """Options that the whole project is written with."""
    given = [name for name, value in options.items() if value]
    if given:
        raise click.UsageError(f"--outputs-only writes one file; it takes no {' and no '.join(given)}.")


def _given_out(out: Path) -> Path | None:
    """The folder, where one was named."""
    source = click.get_current_context().get_parameter_source("out")
    return None if source is ParameterSource.DEFAULT else out


class _Words(NamedTuple):
    """How much the text says."""

    dry_run: bool
    verbose: bool
    quiet: bool


def _rendered(done: tuple[Conversion, ...], format_: str, show_diff: bool, words: _Words) -> str:
    if format_ == "json":
        import json

        from migrator.report.convert_json import convert_document

        return json.dumps(convert_document(done), indent=2, ensure_ascii=False)
    if show_diff:
        return "".join(one.diff for one in done) or "Nothing would change.\n"
    from migrator.report.convert_text import convert_text

    return convert_text(done, dry_run=words.dry_run, verbose=words.verbose, quiet=words.quiet)


def _undo(folder: Path) -> int:
    from migrator.output.write import undo
    from migrator.report.convert_text import undo_text

    click.echo(undo_text(undo(folder)))
    return OK


def _branches(pairs: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        env, equals, branch = pair.partition("=")
        if not (env and equals and branch):
            raise click.BadParameter(f"{pair!r} is not ENV=BRANCH", param_hint="--branch-map")
        found[env] = branch
    return found
