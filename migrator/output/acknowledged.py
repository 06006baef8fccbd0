"""What the user has acknowledged: `.migrate/acknowledged.toml`, committed with the project.

A difference that Gen 2 cannot avoid, and that touches rights, is never accepted by a rule alone. The file says which
ones somebody has taken note of, who and when.
"""

from __future__ import annotations

import getpass
import os
import re
import tomllib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from migrator.core.errors import ArtifactError
from migrator.core.location import Location
from migrator.output.paths import STATE_FOLDER

FILE = f"{STATE_FOLDER}/acknowledged.toml"
_HEAD = """\
# Differences between Gen 1 and Gen 2 that were acknowledged (`migrate verify --acknowledge ID`).
# `migrate explain ID` says what each is about. Remove an entry to be asked again.
"""


class Acknowledgement(Struct, frozen=True):
    """One rule, who has acknowledged it, and when (ISO 8601, UTC)."""

    rule: str
    who: str
    when: str


def read_acknowledged(folder: Path) -> tuple[Acknowledgement, ...]:
    """The acknowledgements of a Gen 2 project; none when there is no file. Raises ArtifactError when it is damaged."""
    try:
        root = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _damaged(str(error)) from None
    listed = root.get("acknowledged", [])
    if not isinstance(listed, list) or not all(isinstance(entry, dict) and entry.get("rule") for entry in listed):
        raise _damaged("every [[acknowledged]] needs a `rule`")
    return tuple(
        Acknowledgement(*(str(entry.get(key, "")) for key in Acknowledgement.__struct_fields__)) for entry in listed
    )


def acknowledge(folder: Path, rules: Iterable[str], who: str = "", when: datetime | None = None) -> None:
    """Adds rules to the file; those that are in it already keep who and when. Raises ArtifactError."""
    known = read_acknowledged(folder)
    have = {one.rule for one in known}
    stamp = (when or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    new = [Acknowledgement(rule, who or user(), stamp) for rule in dict.fromkeys(rules) if rule not in have]
    if not new:
        return
    path = folder / FILE
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(printed((*known, *new)), encoding="utf-8")
    except OSError as error:
        raise ArtifactError(f"cannot be written: {error.strerror}", location=Location(FILE)) from error


def printed(listed: Iterable[Acknowledgement]) -> str:
    """The file's text."""
    entries = sorted(listed, key=lambda one: one.rule)
    return _HEAD + "".join(
        f"\n[[acknowledged]]\nrule = {_quoted(one.rule)}\nwho = {_quoted(one.who)}\nwhen = {_quoted(one.when)}\n"
        for one in entries
    )


def user() -> str:
    """The name of whoever runs the program, as git's variables or the system know it."""
    said = os.environ.get("GIT_AUTHOR_EMAIL") or os.environ.get("GIT_COMMITTER_EMAIL")
    if said:
        return said
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"  # no such user on this system, as in some containers


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found.group()):04x}", escaped) + '"'


def _damaged(problem: str) -> ArtifactError:
    return ArtifactError(
        f"not readable as a list of acknowledgements: {problem}",
        hint="Restore it from version control, or delete it and acknowledge again.",
        location=Location(FILE),
    )
