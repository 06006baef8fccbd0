"""What a run changed, kept beside the files, so that a failure or `undo` brings back what was there.

`.migrate/undo/0001/` holds `old/` (a copy of every file that is replaced or removed), `new/` (staged files, until each
is renamed into its place) and a journal. Its name says how far the run came: `pending.json` while files are being
renamed or brought back, `journal.json` when the run is complete, neither while files are still being staged.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from posixpath import dirname
from typing import Literal

import msgspec
from msgspec import Struct

from migrator.core.errors import ConversionError
from migrator.core.location import Location
from migrator.output.manifest import MANIFEST, STATE_IGNORE
from migrator.output.paths import STATE_FOLDER, check_path, check_target
from migrator.output.plan import Move

UNDO = f"{STATE_FOLDER}/undo"
KEPT_RUNS = 5
"""How many runs can be undone, one after the other."""

PENDING = "pending.json"
DONE = "journal.json"


class Step(Struct, frozen=True):
    """One file with its hash before (None: there was none) and after (None: removed)."""

    path: str
    before: str | None
    after: str | None


class Journal(Struct, frozen=True):
    """One run: folders renamed, then files changed; `folders` were made for them."""

    steps: tuple[Step, ...]
    moves: tuple[Move, ...] = ()
    folders: tuple[str, ...] = ()
    schema: Literal["migrate/undo/1"] = "migrate/undo/1"


class Undone(Struct, frozen=True):
    """What undoing a run did: files brought back or removed again, and folders renamed back."""

    restored: tuple[str, ...]
    removed: tuple[str, ...]
    moves: tuple[Move, ...] = ()


def recover(folder: Path) -> Undone | None:
    """Brings back what was there before a run that was interrupted, if there was one. Raises ConversionError."""
    undone = None
    for home in run_folders(folder):
        if (home / PENDING).exists():
            journal = _read_journal(folder, home / PENDING)
            roll_back(folder, home, journal)
            undone = _undone(journal)
        elif not (home / DONE).exists():
            shutil.rmtree(home)
    return undone


def undo_last(folder: Path) -> Undone:
    """Brings back what was there before the last run. Raises ConversionError naming the files edited since."""
    home = next((home for home in reversed(run_folders(folder)) if (home / DONE).exists()), None)
    if home is None:
        raise ConversionError(
            "there is nothing to undo here",
            hint=f"The journals of the last {KEPT_RUNS} runs lie in {UNDO}, and are not part of a commit.",
            location=Location(UNDO),
        )
    journal = _read_journal(folder, home / DONE)
    _refuse_if_edited(folder, home, journal)
    os.replace(home / DONE, home / PENDING)
    roll_back(folder, home, journal)
    return _undone(journal)


def _undone(journal: Journal) -> Undone:
    steps = [step for step in journal.steps if not step.path.startswith(f"{STATE_FOLDER}/")]
    restored = tuple(step.path for step in steps if step.before is not None)
    return Undone(restored, tuple(step.path for step in steps if step.before is None), journal.moves)


def run_folders(folder: Path) -> list[Path]:
    """Oldest first."""
    undo = folder / UNDO
    found = (item for item in undo.iterdir() if item.name.isdigit() and item.is_dir()) if undo.is_dir() else ()
    return sorted(found, key=lambda home: int(home.name))


def roll_back(folder: Path, home: Path, journal: Journal) -> None:
    """Can be interrupted and run again; a file that is neither as before nor as after is the user's and stays."""
    for step in reversed(journal.steps):
        target = folder / step.path
        now = hash_of(target)
        if now == step.before or now != step.after:
            continue
        if step.before is None:
            target.unlink()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(home / "old" / step.path, target)
    remove_empty(folder, (path for path in journal.folders if not _inside_state(path)))
    for move in reversed(journal.moves):
        if (folder / move.target).exists() and not (folder / move.source).exists():
            os.rename(folder / move.target, folder / move.source)
        elif (folder / move.target).exists():
            raise ConversionError(
                f"{move.target} cannot be renamed back to {move.source}: that folder holds files of yours",
                hint=f"Move them away from {move.source} and run `migrate convert --undo` again.",
                location=Location(move.source),
            )
    shutil.rmtree(home)
    remove_empty(folder, (UNDO, *journal.folders))


def _refuse_if_edited(folder: Path, home: Path, journal: Journal) -> None:
    edited = [step.path for step in journal.steps if hash_of(folder / step.path) != step.after]
    lost = [s.path for s in journal.steps if s.before is not None and hash_of(home / "old" / s.path) != s.before]
    foreign = [path for move in journal.moves for path in _foreign(folder, move.source, journal)]
    if edited or foreign or lost:
        named = ", ".join(sorted({*edited, *foreign, *lost}))
        raise ConversionError(
            f"not undone: edited, added or lost since the last run: {named}",
            hint="Undo would lose these edits. Put the files back as migrate wrote them, or use version control.",
            location=Location((edited or foreign or lost)[0]),
        )
    gone = [move.target for move in journal.moves if not (folder / move.target).is_dir()]
    if gone:
        raise ConversionError(f"not undone: {gone[0]} is not there any more", location=Location(gone[0]))


def _foreign(folder: Path, source: str, journal: Journal) -> Iterator[str]:
    """Files in the place of a renamed folder that migrate did not write."""
    written = {step.path for step in journal.steps}
    for base, _, names in os.walk(folder / source):
        for name in names:
            path = Path(base, name).relative_to(folder).as_posix()
            if path not in written:
                yield path


def parents(path: str) -> Iterator[str]:
    parent = dirname(path)
    while parent:
        yield parent
        parent = dirname(parent)


def _inside_state(path: str) -> bool:
    return path in (".", STATE_FOLDER) or path.startswith(f"{STATE_FOLDER}/")


def remove_empty(folder: Path, paths: Iterable[str]) -> None:
    """Deepest first; what is not empty stays."""
    for path in sorted(paths, key=lambda path: (path != ".", path.count("/"), path), reverse=True):
        here = folder / path
        if here.is_dir() and not here.is_symlink() and not any(here.iterdir()):
            here.rmdir()


def hash_of(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _read_journal(folder: Path, path: Path) -> Journal:
    shown = f"{UNDO}/{path.parent.name}/{path.name}"
    try:
        journal = msgspec.json.decode(path.read_bytes(), type=Journal)
    except (OSError, msgspec.DecodeError) as error:
        raise ConversionError(
            f"the undo journal cannot be read: {error}",
            hint=f"Use version control to go back, then remove {UNDO}.",
            location=Location(shown),
        ) from None
    moved = {path for move in journal.moves for path in (move.source, move.target)}
    for named in {step.path for step in journal.steps} - {MANIFEST, STATE_IGNORE} | moved:
        check_path(named)
        check_target(folder, named, any_kind=True)
    return journal
