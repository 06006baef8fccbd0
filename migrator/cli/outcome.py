"""How every command ends: one line what, one line hint, and an exit code that tells the truth.

0 clean, 1 findings at or above `--fail-on`, differences or something that blocks, 2 wrong usage, 3 could not run.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
import traceback
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import click

from migrator import __version__
from migrator.core.errors import MigratorError, UsageError
from migrator.core.finding import Finding
from migrator.core.log import close_log, log, logging, open_log

OK, FOUND, USAGE, FAILED = range(4)
LOG_FILE = "--log-file"
TRACEBACK = "MIGRATE_TRACEBACK"
"""The environment variable that lets an unexpected error through, for reports."""
_DEFECT = f"This is a defect of migrate. {TRACEBACK}=1 shows where it happened."


def run(command: click.Command, arguments: Sequence[str]) -> int:
    """Runs a command and returns its exit code; no error reaches the user as a traceback.

    `--log-file FILE` may stand anywhere among the arguments.
    """
    gc.freeze()
    gc.disable()  # a run is short and its data lives until the end
    start = time.monotonic()
    try:
        code = _run(command, arguments)
        log("end", f"exit code {code} after {time.monotonic() - start:.2f} s")
        return code
    finally:
        close_log()


def _run(command: click.Command, arguments: Sequence[str]) -> int:
    as_json = _asked_for_json(arguments)
    try:
        code = command.main(_with_log(arguments), prog_name="migrate", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else OK
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return OK
    except click.ClickException as error:
        return _say(error.format_message(), _usage_hint(error), USAGE, as_json)
    except UsageError as error:
        return _say(str(error), error.hint, USAGE, as_json)
    except MigratorError as error:
        return _say(str(error), error.hint, FAILED, as_json)
    except (click.Abort, KeyboardInterrupt):
        return _say("interrupted", "", FAILED, as_json)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of our output went away
        return OK
    except OSError as error:
        return _say(f"{error.filename or 'system'}: {error.strerror or error}", _system_hint(error), FAILED, as_json)
    except Exception as error:  # the user gets a sentence and a way to report it, never a traceback
        if os.environ.get(TRACEBACK):
            raise
        return _say(f"unexpected {type(error).__name__}: {error}", _DEFECT, FAILED, as_json)


def say_failing(findings: Sequence[Finding]) -> None:
    """Why the exit code is 1, for those who do not see the report."""
    first = min(findings, key=lambda finding: finding.severity.rank)
    place = f"{first.location}: " if first.location else ""
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    click.echo(f"migrate: {first.severity} {first.rule}: {place}{first.message}{more}", err=True)
    click.echo(f"  hint: {first.hint or f'migrate explain {first.rule}'}", err=True)


def _with_log(arguments: Sequence[str]) -> list[str]:
    """Opens the log that the arguments ask for, and leaves the option out of them."""
    kept: list[str] = []
    file = ""
    rest = iter(arguments)
    for word in rest:
        if word == "--":
            kept += [word, *rest]
        elif word == LOG_FILE or word.startswith(f"{LOG_FILE}="):
            file = word.partition("=")[2] or next(rest, "")
            if not file:
                raise UsageError(f"{LOG_FILE} needs the name of a file", hint=f"{LOG_FILE} migrate.log")
        else:
            kept.append(word)
    if file:
        import platform  # only a log needs it

        open_log(Path(file))
        log("start", f"migrate {__version__}, Python {platform.python_version()}, {platform.platform()}, {os.getcwd()}")
        log("arguments", " ".join(kept))
    return kept


def _say(message: str, hint: str, code: int, as_json: bool) -> int:
    if logging():
        log("error", f"{message} ({hint})")
        log("trace", "".join(traceback.format_exc()))
    if as_json:
        error = {"message": message, "hint": hint, "exit": code}
        click.echo(json.dumps({"schema": "migrate/error/1", "error": error}, indent=2, ensure_ascii=False))
    else:
        click.echo(f"migrate: error: {message}", err=True)
        if hint:
            click.echo(f"  hint: {hint}", err=True)
    return code


def _system_hint(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "Check that your user may read and write there."
    if isinstance(error, FileNotFoundError):
        return "Check the path."
    return "Check the disk and the path."


def _usage_hint(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"Try '{context.command_path} --help'." if context else "Try 'migrate --help'."


def _asked_for_json(arguments: Sequence[str]) -> bool:
    words = [*arguments, ""]
    return any(w == "--format=json" or (w == "--format" and n == "json") for w, n in pairwise(words))
