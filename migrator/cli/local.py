"""`migrate local`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from migrator.cli import options
from migrator.cli.outcome import FOUND, OK

F = TypeVar("F", bound=Callable[..., Any])


@click.group(short_help="The embedded local AWS: start, look, stop, throw away.")
def local() -> None:
    """An AWS account on this machine, for `migrate deploy --target local` and for trying things out.

    It listens on 127.0.0.1 only and keeps its state in `.migrate/local/` of the Gen 2 project. `migrate deploy` starts
    one by itself; one that was started here stays until it is stopped, and is used by `migrate deploy` meanwhile.
    """


def _state(function: F) -> F:
    return click.option(
        "--state",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="Where the state lies (default: .migrate/local of the Gen 2 project here or in gen2/).",
    )(function)


@local.command(short_help="Start it in the background.")
@click.option(
    "--port", type=click.IntRange(1, 65535), metavar="NUMBER", help="The port (default: the last one, or a free one)."
)
@_state
@click.option("--enforce-iam", is_flag=True, help="Hold callers to their policies; deploying needs it off.")
@click.option("--allow-network", is_flag=True, help="Let functions reach other machines than this one.")
@options.output("text", "json")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def start(
    port: int | None,
    state: Path | None,
    enforce_iam: bool,
    allow_network: bool,
    format_: str,
    output: Path | None,
    quiet: bool,
) -> int:
    """Start the local AWS in the background; the first time, download what it needs (about 60 MB).

    It runs until `migrate local stop`. Functions that are deployed to it run on this machine: without your credentials,
    and without the network unless `--allow-network` is given.
    """
    from migrator.commands import local as commands

    report, before = commands.start(
        commands.state_folder(state, Path.cwd()),
        port=port or 0,
        enforce_iam=enforce_iam,
        network=allow_network,
        progress=options.progress(quiet),
    )
    if before:
        click.echo("It was running already.", err=True)
    _show(report, format_, output)
    return OK


@local.command(short_help="What runs, and what is deployed to it.")
@_state
@options.output("text", "json")
def status(state: Path | None, format_: str, output: Path | None) -> int:
    """Show where the local AWS listens, its stacks, and the resources that it only records.

    The exit code is 1 when none runs.
    """
    from migrator.commands import local as commands

    report = commands.status(commands.state_folder(state, Path.cwd()))
    _show(report, format_, output)
    return OK if report.server else FOUND


@local.command(short_help="Save the state and end it.")
@_state
def stop(state: Path | None) -> int:
    """Save the state and end the local AWS; the next one goes on with the same state."""
    from migrator.commands import local as commands

    folder = commands.state_folder(state, Path.cwd())
    click.echo("The local AWS is stopped." if commands.stop(folder) else f"No local AWS runs on {folder}.", err=True)
    return OK


@local.command(short_help="Throw the state away.")
@_state
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(state: Path | None, yes: bool) -> int:
    """End the local AWS and throw away everything that was deployed to it and put into it."""
    from migrator.commands import local as commands

    folder = commands.state_folder(state, Path.cwd())
    if not yes:
        if not options.interactive():
            raise click.UsageError("Say --yes to throw the state away without being asked.")
        click.confirm(f"Throw away everything in {folder}", abort=True, err=True)
    there = commands.reset(folder)
    click.echo("The local AWS is empty." if there else f"There was nothing in {folder}.", err=True)
    return OK


def _show(report: Any, format_: str, output: Path | None) -> None:
    import json

    from migrator.report.local import local_document, local_text
    from migrator.report.page import text_width

    if format_ == "json":
        options.show(json.dumps(local_document(report), indent=2, ensure_ascii=False), output)
    else:
        options.show(local_text(report, text_width()), output)
