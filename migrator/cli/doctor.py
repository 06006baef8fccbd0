"""`migrate doctor`."""

from __future__ import annotations

from pathlib import Path

import click

from migrator.cli import options
from migrator.cli.outcome import FOUND, OK


@click.command(short_help="What this machine has, and what each command needs.")
@options.project_path
@options.account
@options.output("text", "json")
def doctor(path: Path, profile: str, region: str, format_: str, output: Path | None) -> int:
    """Look at what this machine has: Python, Node, npm, git, disk space, credentials (never shown), the local AWS.

    PATH is where a Gen 2 project may lie whose own Node packages can be used. AWS is asked only with --profile or
    --region: whether the credentials work, and whether the region is bootstrapped for CDK. The exit code is 1 when
    something is missing that a command needs.
    """
    from migrator.commands.doctor import examine, ready
    from migrator.report.doctor import doctor_document, doctor_text
    from migrator.report.page import text_width

    probes = examine(path)
    if profile or region:
        from migrator.commands.doctor_account import asked

        probes = asked(probes, profile, region)
    if format_ == "json":
        import json

        options.show(json.dumps(doctor_document(probes), indent=2, ensure_ascii=False), output)
    else:
        options.show(doctor_text(probes, text_width()), output)
    return OK if ready(probes) else FOUND
