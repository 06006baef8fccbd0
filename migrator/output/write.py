"""Files to a folder, so that no edit of the user's is ever lost: states, diffs, writing and undoing.

What is known about earlier runs is in `.migrate/manifest.json`; how to go back is in `.migrate/undo/`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from migrator.core.errors import ConversionError
from migrator.output.commit import commit
from migrator.output.difference import difference
from migrator.output.files import OutputFile
from migrator.output.journal import Undone, recover, undo_last
from migrator.output.manifest import MANIFEST, STATE_IGNORE, Manifest, Options, read_manifest
from migrator.output.paths import Clash, check_target, ignores_case
from migrator.output.plan import FileChange, FileState, Kept, Move, Output, Plan, content_of, existing, plan_output

__all__ = [
    "Clash",
    "FileChange",
    "FileState",
    "Kept",
    "Manifest",
    "Move",
    "Options",
    "Output",
    "OutputFile",
    "Undone",
    "Written",
    "diff",
    "read_manifest",
    "undo",
    "write",
]


class Written(Struct, frozen=True):
    """What happened (or would happen) to each file, by path.

    `features` are all that are converted so far. `left_out` names what was not copied from folders. `recovered` says
    that an earlier run was interrupted and has been undone first.
    """

    changes: tuple[FileChange, ...]
    features: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    left_out: tuple[str, ...] = ()
    recovered: bool = False

    @property
    def pending(self) -> tuple[FileChange, ...]:
        """Kept files that would have to change: the command shows their diffs and exits with 1."""
        return tuple(change for change in self.changes if change.pending)


def write(
    folder: Path, output: Output, *, dry_run: bool = False, progress: Callable[[str], None] | None = None
) -> Written:
    """Writes the files into the folder, all or nothing; with `dry_run` only says what would happen.

    `progress` is told each path before it is written. Raises ConversionError when something cannot be written
    (everything is then as before), ArtifactError for a damaged manifest.
    """
    _check_folder(folder)
    recovered = None if dry_run else recover(folder)
    plan = plan_output(folder, output)
    near = next((parent for parent in (folder, *folder.absolute().parents) if parent.exists()), folder)
    if plan.clashes and ignores_case(near):
        first = plan.clashes[0]
        raise ConversionError(
            f"{first.first} and {first.second} are one file on this disk, which ignores case",
            hint="Rename one of the two resources, or write to a disk that tells them apart.",
        )
    if not dry_run and (plan.after or plan.moves):
        commit(folder, plan, progress or (lambda path: None))
    return Written(plan.changes, plan.manifest.features, plan.clashes, plan.left_out, recovered is not None)


def diff(folder: Path, output: Output) -> str:
    """Unified diffs of everything that writing would change, and of what it would change in files that it keeps."""
    _check_folder(folder)
    plan = plan_output(folder, output)
    return "".join(change.diff or _change_diff(folder, plan, change.path) for change in plan.changes)


def undo(folder: Path) -> Undone:
    """Brings back what was there before the last run, or before one that was interrupted.

    The last five runs can be undone, one call each. Raises ConversionError, naming them, when files were edited since.
    """
    _check_folder(folder)
    return recover(folder) or undo_last(folder)


def _change_diff(folder: Path, plan: Plan, path: str) -> str:
    if path not in plan.after:
        return ""
    new = plan.after[path]
    old = existing(folder, path) if plan.before[path] is not None else None
    return difference(path, old, None if new is None else content_of(path, new))


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise ConversionError(f"{folder} is a file", hint="Choose a folder with --out.")
    for path in (MANIFEST, STATE_IGNORE, ".migrate/undo/x"):
        check_target(folder, path)
