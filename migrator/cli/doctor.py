"""`migrate doctor`."""

from __future__ import annotations

from pathlib import Path

import click

from migrator.cli import options
from migrator.cli.outcome import FOUND, OK


@click.command(short_help="What this machine has, and what each command needs.")
@options.project_path
@options.output("text", "json")
def doctor(path: Path, format_: str, output: Path | None) -> int:
    """Look at what this machine has: Python, Node, npm, git, disk space, credentials (never shown).

    PATH is where a Gen 2 project may lie whose own Node packages can be used. Nothing is asked of AWS. The exit code is
    1 when something is missing that a command needs.
    """
    from migrator.commands.doctor import examine, ready
    from migrator.report.doctor import doctor_document, doctor_text
    from migrator.report.page import text_width

    probes = examine(path)
    if format_ == "json":
        import json

        options.show(json.dumps(doctor_document(probes), indent=2, ensure_ascii=False), output)
    else:
        options.show(doctor_text(probes, text_width()), output)
    return OK if ready(probes) else FOUND
