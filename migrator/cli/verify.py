"""`migrate verify`."""

from __future__ import annotations

from pathlib import Path

import click

from migrator.cli import options
from migrator.cli.outcome import FOUND, OK


@click.command(short_help="Prove that the Gen 2 project works, and that it is what Gen 1 deployed.")
@options.project_path
@click.option(
    "--gen2",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The Gen 2 project (default: gen2/, or PATH itself when it holds one).",
)
@click.option("--only", multiple=True, metavar="CHECK", help="Only these checks (repeatable, or a comma list).")
@click.option("--skip", multiple=True, metavar="CHECK", help="All checks but these.")
@options.features
@options.words("--acknowledge", "Note that you know the differences of this rule; kept in .migrate/acknowledged.toml.")
@click.option("--install", is_flag=True, help="Install the pinned Node packages into the user's cache if needed.")
@click.option("--branch", default="", metavar="NAME", help="The branch to synthesize (default: the environment's).")
@options.reading
@options.output("text", "json")
@click.option("-v", "--verbose", is_flag=True, help="Say also what each check looked at.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def verify(
    path: Path,
    gen2: Path | None,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    features: tuple[tuple[str, ...], ...],
    acknowledge: tuple[str, ...],
    install: bool,
    branch: str,
    env: str | None,
    app: str | None,
    rules: Path | None,
    format_: str,
    output: Path | None,
    verbose: bool,
    quiet: bool,
) -> int:
    """Prove the Gen 2 project with the real TypeScript compiler and CDK, offline, on a temporary copy.

    Checks: types, synth (as branch and as sandbox), cycles, bundles, schema, settings,
    api, resolvers, tables, grants, environment, outputs.

    `bundles` loads the code of each function in a process of its own, without credentials and with sockets and child
    processes refused. `schema` compares what reaches Gen 2 with the schema of the Gen 1 project at PATH; it needs no
    synth and takes a second. `settings` and the checks after it compare what Gen 1 deployed with what the Gen 2 project
    synthesizes, attribute by attribute: every difference is accepted by a rule that says why, shown as the gap that
    `migrate scan` reports, acknowledged by you, or it fails. What the project lacks of its built API is built with
    Amplify's own transformer.
    """
    from migrator.commands.verify import verify as run
    from migrator.report.verify_text import verify_text

    report = run(
        path,
        gen2,
        only=_words(only),
        skip=_words(skip),
        features=options.chosen(features),
        acknowledge=acknowledge,
        install=install,
        branch=branch,
        env=env,
        app=app,
        rules=rules,
        progress=options.progress(quiet),
    )
    given = {"--gen2": gen2, "--env": env, "--app": app, "--rules": rules, "--branch": branch}
    words = [word for name, value in given.items() if value for word in (name, str(value))]
    command = ["migrate", "verify", str(path), *words]
    said = report.to_json().decode() if format_ == "json" else verify_text(report, verbose=verbose, command=command)
    options.show(said, output)
    return OK if report.passed else FOUND


def _words(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())
