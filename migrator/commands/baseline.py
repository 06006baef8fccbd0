"""The baseline of `migrate lint`: findings that are known and no longer reported.

It only ever shrinks, unless it is told to take new findings in.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from migrator.core.errors import ProjectError
from migrator.engine.fingerprints import fingerprints
from migrator.engine.sources import Flag

SCHEMA = "migrate/lint-baseline/1"
NAME = ".migrate-baseline.json"


class Known(Struct, frozen=True, forbid_unknown_fields=True):
    """A finding that is known: its fingerprint counts, the rest is for people."""

    rule: str
    file: str
    fingerprint: str


class Baseline(Struct, frozen=True, forbid_unknown_fields=True):
    """A baseline file."""

    schema: str
    findings: tuple[Known, ...] = ()

    @property
    def known(self) -> frozenset[str]:
        """The fingerprints in it."""
        return frozenset(one.fingerprint for one in self.findings)


def read_baseline(path: Path) -> Baseline | None:
    """The baseline; None when there is no file. Raises ProjectError when it is none."""
    try:
        found: Baseline = msgspec.json.decode(path.read_bytes(), type=Baseline)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError, msgspec.ValidationError) as error:
        raise ProjectError(
            f"{path} cannot be read as a baseline: {error}",
            hint="Remove it and make a new one: `migrate lint --baseline FILE --update-baseline`.",
        ) from None
    if found.schema != SCHEMA:
        raise ProjectError(
            f"{path} is a baseline of another version: {found.schema!r}",
            hint="Remove it and make a new one: `migrate lint --baseline FILE --update-baseline`.",
        )
    return found


def fresh(flags: Iterable[Flag], baseline: Baseline | None) -> tuple[Flag, ...]:
    """The findings that are not in the baseline."""
    listed = tuple(flags)
    known = baseline.known if baseline else frozenset()
    return tuple(flag for flag, mark in zip(listed, fingerprints(listed), strict=True) if mark not in known)


def updated(flags: Iterable[Flag], baseline: Baseline | None, grow: bool) -> Baseline:
    """The baseline without what is no longer found; with `grow`, or where there was none, with all that is."""
    listed = tuple(flags)
    marks = fingerprints(listed)
    allowed = None if baseline is None or grow else baseline.known
    kept = [
        Known(flag.finding.rule, flag.finding.location.file if flag.finding.location else "", mark)
        for flag, mark in zip(listed, marks, strict=True)
        if allowed is None or mark in allowed
    ]
    return Baseline(SCHEMA, tuple(sorted(kept, key=lambda one: (one.file, one.rule, one.fingerprint))))


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Writes the file, one finding on each line. Raises ProjectError."""
    lines = ",\n".join(f"    {msgspec.json.encode(one).decode()}" for one in baseline.findings)
    listed = f"[\n{lines}\n  ]" if lines else "[]"
    try:
        path.write_text(f'{{\n  "schema": "{SCHEMA}",\n  "findings": {listed}\n}}\n', encoding="utf-8")
    except OSError as error:
        raise ProjectError(f"{path} cannot be written: {error.strerror}", hint="Name another file.") from None
