"""`migrate fetch`."""

from __future__ import annotations

from pathlib import Path

import click

from migrator.cli import options
from migrator.cli.outcome import FOUND, OK


@click.command(short_help="Download, read-only, what a Gen 1 repository lacks.")
@options.project_path
@click.option("--app-id", default="", metavar="ID", help="The Amplify app (default: the one that the files name).")
@click.option("--env", metavar="NAME", help="The Gen 1 environment (default: the only one, else the one checked out).")
@click.option("--app", metavar="NAME", help="One app of a monorepo.")
@options.account
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@options.output("text", "json")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def fetch(
    path: Path,
    app_id: str,
    env: str | None,
    app: str | None,
    profile: str,
    region: str,
    dry_run: bool,
    format_: str,
    output: Path | None,
    quiet: bool,
) -> int:
    """Download what `amplify push` deployed, and what pools, buckets and tables are like now.

    The files go to `amplify/#current-cloud-backend` of the project at PATH, where `scan`, `convert` and `verify` take
    them as what is deployed. A copy that was there before is kept in `amplify/.migrate/before-fetch`. Nothing in the
    account is changed: only operations that get, list, describe or head are called. Secrets are left out. What AWS
    does not answer is a finding; the exit code is 1 then.
    """
    from migrator.commands.fetch import Request
    from migrator.commands.fetch import fetch as run
    from migrator.report.fetch_text import fetch_document, fetch_text

    done = run(Request(path, app_id, env, app, profile, region, dry_run), progress=options.progress(quiet))
    if format_ == "json":
        import json

        options.show(json.dumps(fetch_document(done), indent=2, ensure_ascii=False), output)
    else:
        options.show(fetch_text(done), output)
    return OK if done.complete else FOUND
