"""`migrate convert --outputs-only`."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import replace

from migrator.cli import options
from migrator.cli.outcome import FOUND, OK
from migrator.commands.outputs_only import Outputs, Request


class Shown(Struct, frozen=True):
    """How the result is shown."""

    format: str
    output: Path | None
    diff: bool
    dry_run: bool
    quiet: bool


def write_outputs(request: Request, shown: Shown) -> int:
    """Writes the file of each app; 1 where one that the user edited was kept."""
    from migrator.commands.outputs_only import outputs_only

    done = options.in_environment(lambda env: outputs_only(replace(request, env=env)), request.env)
    options.show(_rendered(done, shown), shown.output)
    return FOUND if any(one.written.pending for one in done) else OK


def undo_outputs(request: Request) -> int:
    """Brings back what was there before the last run in the folder of each app."""
    from migrator.commands.outputs_only import folders
    from migrator.output.write import undo
    from migrator.report.convert_text import undo_text

    for folder in folders(request.path, request.out, request.app):
        click.echo(undo_text(undo(folder)))
    return OK


def _rendered(done: tuple[Outputs, ...], shown: Shown) -> str:
    from migrator.report.outputs import outputs_document, outputs_text

    if shown.format == "json":
        import json

        return json.dumps(outputs_document(done), indent=2, ensure_ascii=False)
    if shown.diff:
        return "".join(one.diff for one in done) or "Nothing would change.\n"
    return outputs_text(done, dry_run=shown.dry_run, quiet=shown.quiet)
