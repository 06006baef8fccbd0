"""The group of commands; each is imported only when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import cast

import click

from migrator import __version__
from migrator.cli.outcome import LOG_FILE

COMMANDS = {
    "scan": "What is in a Gen 1 project, and what becomes of every setting.",
    "convert": "Write the Gen 2 project, whole or feature by feature.",
    "verify": "Prove that the Gen 2 project type-checks, synthesizes, deploys and runs.",
    "deploy": "Deploy feature by feature: to a local AWS, a sandbox or a branch.",
    "local": "The embedded local AWS: start, look, stop, throw away.",
    "fetch": "Download, read-only, what a Gen 1 repository lacks.",
    "lint": "Flag Gen 1 patterns in a repository.",
    "explain": "A rule's page: what it does, why, and what to do instead.",
    "rules": "The catalogue of rules.",
    "doctor": "What this machine has, and what each command needs.",
}


class LazyGroup(click.Group):
    """Commands are listed from a table, so that `--help` imports none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if name not in COMMANDS:
            return None
        return cast("click.Command", getattr(import_module(f"migrator.cli.{name}"), name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command, or an error that names the nearest one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, 1)
            ctx.fail(f"No such command {args[0]!r}." + (f" Did you mean {close[0]!r}?" if close else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="migrate")
@click.option(
    LOG_FILE, metavar="FILE", expose_value=False, help="Add a debug log, without secrets, to FILE (any command)."
)
def migrate() -> None:
    """Bring an AWS Amplify Gen 1 backend to Gen 2: offline, complete, typed and proven."""
