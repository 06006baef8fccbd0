"""Faults in the TypeScript of a golden project, for what only the compiler, CDK and the loader can see."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import yaml
from msgspec import Struct

from migrator.commands.verify import verify
from migrator.verify.results import Check, CheckResult, Status
from tests.projects import SAMPLES

HEAVY = (Check.TYPES, Check.BUNDLES)
"""Checks that cost seconds and say nothing of what is deployed."""


class Edit(Struct, frozen=True):
    """Another text in a file of `amplify/`: the first `old` becomes `new`. Without `old`, the file is a new one."""

    file: str
    old: str
    new: str


class SourceFault(Struct, frozen=True):
    """Edits of a golden project that have to be found by a check."""

    name: str
    check: Check
    sample: str
    edits: tuple[Edit, ...]


def checked(sample: str, edits: Iterable[Edit], only: Iterable[Check] = ()) -> Mapping[Check, CheckResult]:
    """What the checks say of a golden project with other texts. Raises LookupError when a text is not there."""
    listed = tuple(edits)

    def change(amplify: Path) -> None:
        for edit in listed:
            edited(amplify / edit.file, edit)

    return checked_after(sample, change, only)


def checked_after(
    sample: str, change: Callable[[Path], None], only: Iterable[Check] = ()
) -> Mapping[Check, CheckResult]:
    """What the checks say of a golden project of which the folder `amplify/` was changed."""
    found = next(one for one in SAMPLES if one.name == sample)
    with tempfile.TemporaryDirectory(prefix="migrate-mutation-") as name:
        gen2 = shutil.copytree(found / "gen2", Path(name) / "gen2")
        change(gen2 / "amplify")
        report = verify(found / "gen1", gen2, only=[*only], install=True, acknowledge=["iam-is-added"])
        return {one.name: one for one in report.checks}


def edited(path: Path, edit: Edit) -> None:
    """Makes an edit. Raises LookupError when its text is not there."""
    if not edit.old:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(edit.new, "utf-8")
        return
    text = path.read_text("utf-8")
    if edit.old not in text:
        raise LookupError(f"{path.name} does not say {edit.old!r}")
    path.write_text(text.replace(edit.old, edit.new, 1), "utf-8")


def failing(results: Mapping[Check, CheckResult]) -> frozenset[Check]:
    """The checks that failed."""
    return frozenset(name for name, one in results.items() if one.status is Status.FAILED)


def faults() -> tuple[SourceFault, ...]:
    """The named faults."""
    listed = yaml.safe_load((Path(__file__).parent / "sources.yaml").read_text("utf-8"))
    return tuple(
        SourceFault(one["name"], Check(one["check"]), one["sample"], (Edit(one["file"], one["old"], one["new"]),))
        for one in listed
    )
