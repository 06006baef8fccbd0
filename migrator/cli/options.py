"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TypeVar

import click

from migrator.core.errors import MigratorError
from migrator.core.features import FEATURES

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


class FeatureList(click.ParamType[tuple[str, ...]]):
    """A feature, a comma list of them, or `all`."""

    name = "feature"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The features; fails for a word that is none."""
        if isinstance(value, tuple):
            return value
        words = tuple(word.strip() for word in str(value).split(",") if word.strip())
        if "all" in words:
            return ()
        for word in words:
            if word not in FEATURES:
                self.fail(f"{word!r} is no feature; there are {', '.join(FEATURES)} and all", param, ctx)
        return words


def project_path(function: F) -> F:
    """PATH, the current folder by default."""
    return click.argument("path", type=click.Path(path_type=Path), default=".")(function)


def interactive() -> bool:
    """Whether somebody is there to answer a question."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def in_environment(run: Callable[[str | None], T], env: str | None) -> T:
    """Runs a command in the environment that was named; where the files leave several open, somebody is asked.

    Raises EnvironmentChoice (exit code 2, with the list) when nobody is there to answer.
    """
    from migrator.gen1.app import EnvironmentChoice

    try:
        return run(env)
    except EnvironmentChoice as choice:
        if choice.wanted or not interactive():
            raise
        question = f"{choice.app} has several environments. Which one"
        answer: str = click.prompt(question, type=click.Choice(choice.environments), err=True)
    return run(answer)


def more_rules(function: F) -> F:
    """`--rules`."""
    return click.option(
        "--rules",
        metavar="DIR",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="More rules; one with the id of a shipped rule replaces it.",
    )(function)


def reading(function: F) -> F:
    """What every command that reads a Gen 1 project takes."""
    function = more_rules(function)
    function = click.option("--app", metavar="NAME", help="One app of a monorepo (default: all).")(function)
    return click.option(
        "--env",
        metavar="NAME",
        help="The Gen 1 environment to read (default: the only one, else the one checked out, else you are asked).",
    )(function)


def account(function: F) -> F:
    """`--profile` and `--region`: which AWS account is spoken to."""
    function = click.option("--region", default="", metavar="NAME", help="The AWS region (default: the one known).")(
        function
    )
    return click.option("--profile", default="", metavar="NAME", help="The profile of your AWS configuration.")(
        function
    )


def progress(quiet: bool) -> Callable[[str], None]:
    """Where lines of progress go: to standard error, or nowhere."""
    from migrator.core.log import log

    def show(line: str) -> None:
        log("progress", line)
        if not quiet:
            click.echo(line, err=True)

    return show


def output(*formats: str) -> Callable[[F], F]:
    """`--format` and `--output`."""

    def add(function: F) -> F:
        function = click.option(
            "--output", "output", metavar="FILE", type=click.Path(path_type=Path), help="Write the result there."
        )(function)
        return click.option(
            "--format",
            "format_",
            type=click.Choice(formats),
            default=formats[0],
            show_default=True,
            help="How the result is written.",
        )(function)

    return add


def features(function: F) -> F:
    """`--feature`, repeatable or a comma list."""
    return click.option(
        "--feature",
        "features",
        type=FeatureList(),
        multiple=True,
        metavar="F",
        help="Only these features (repeatable, or a comma list).",
    )(function)


def words(name: str, help: str) -> Callable[[F], F]:
    """An option that takes words, repeatable or as a comma list."""

    def gathered(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(word.strip() for part in value for word in part.split(",") if word.strip())

    return click.option(name, multiple=True, metavar="WORD", callback=gathered, help=help)


def chosen(features: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """All features that were named; none means all."""
    listed = tuple(features)
    return () if () in listed else tuple(dict.fromkeys(f for group in listed for f in group))


def show(text: str, target: Path | None) -> None:
    """The result: to standard output, or whole into a file.

    Raises MigratorError when the file cannot be written.
    """
    text = text if text.endswith("\n") else f"{text}\n"
    if target is None:
        if not sys.stdout.isatty() and isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")  # files and pipes get the same bytes on every system
        sys.stdout.write(text)
        return
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        message = f"{target} cannot be written: {error.strerror or error}"
        raise MigratorError(message, hint="Name a file in a folder that exists.") from None
