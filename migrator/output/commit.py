"""All or nothing: a plan's files are staged first, then renamed into their places one by one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from migrator.core.errors import ConversionError
from migrator.output.journal import (
    DONE,
    KEPT_RUNS,
    PENDING,
    UNDO,
    Journal,
    Step,
    hash_of,
    parents,
    remove_empty,
    roll_back,
    run_folders,
)
from migrator.output.plan import Move, Plan

_RUNS = 0o111
"""That a file is a program: Lambda starts what is called `bootstrap`."""


def commit(folder: Path, plan: Plan, progress: Callable[[str], None]) -> None:
    """Makes the changes, or none of them. `progress` is told each path before it is written.

    Raises ConversionError with the reason (disk full, no permission, a file edited meanwhile) after bringing back
    what was there.
    """
    fresh = _missing_folders(folder, plan.after, plan.moves)
    try:
        home = _new_home(folder)
        journal = _stage(folder, home, plan, fresh)
        _write_journal(home / PENDING, journal)
    except BaseException as error:
        _drop_staging(folder, fresh)
        raise _explained(error, "Nothing was written.") from None
    try:
        _apply(folder, home, journal, progress)
        shutil.rmtree(home / "new", ignore_errors=True)
        os.replace(home / PENDING, home / DONE)
    except BaseException as error:
        roll_back(folder, home, journal)
        raise _explained(error, "Every file is as it was before.") from None
    _forget_oldest(folder)


def _explained(error: BaseException, state: str) -> BaseException:
    if not isinstance(error, OSError):
        return error
    name = Path(error.filename).name if isinstance(error.filename, str) else "the files"
    return ConversionError(
        f"{name} could not be written: {error.strerror or error}",
        hint=f"{state} Check free space and permissions, then run the command again.",
    )


def _new_home(folder: Path) -> Path:
    numbers = [int(home.name) for home in run_folders(folder)]
    home = folder / UNDO / f"{max(numbers, default=0) + 1:04d}"
    home.mkdir(parents=True)
    return home


def _stage(folder: Path, home: Path, plan: Plan, fresh: tuple[str, ...]) -> Journal:
    steps = []
    for path, content in plan.after.items():
        before = plan.before[path]
        if before is not None:
            _copy(folder / path, home / "old" / path)
            if hash_of(home / "old" / path) != before:
                raise ConversionError(f"{path} changed while it was read; run the command again")
        after = None
        if content is not None:
            staged = home / "new" / path
            staged.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Path):
                shutil.copyfile(content, staged)
                staged.chmod(staged.stat().st_mode | content.stat().st_mode & _RUNS)
            else:
                staged.write_bytes(content.encode())
            if before is not None:
                shutil.copymode(folder / path, staged)
            after = hash_of(staged)
        steps.append(Step(path, before, after))
    return Journal(tuple(steps), plan.moves, fresh)


def _apply(folder: Path, home: Path, journal: Journal, progress: Callable[[str], None]) -> None:
    for move in journal.moves:
        progress(move.source)
        os.rename(folder / move.source, folder / move.target)
    for step in journal.steps:
        progress(step.path)
        target = folder / step.path
        if hash_of(target) != step.before:
            raise ConversionError(f"{step.path} was changed by something else while migrate was writing")
        if step.after is None:
            target.unlink()
            remove_empty(folder, parents(step.path))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(home / "new" / step.path, target)


def _missing_folders(folder: Path, paths: Iterable[str], moves: tuple[Move, ...]) -> tuple[str, ...]:
    """Folders that have to be made for the paths, `.` for the output folder itself."""
    gone = {move.source for move in moves}
    found = {"."} if not folder.exists() else set()
    for path in paths:
        for parent in parents(path):
            if not (folder / parent).exists() or gone & {parent, *parents(parent)}:
                found.add(parent)
    return tuple(sorted(found))


def _drop_staging(folder: Path, fresh: tuple[str, ...]) -> None:
    for home in run_folders(folder):
        if not (home / PENDING).exists() and not (home / DONE).exists():
            shutil.rmtree(home, ignore_errors=True)
    remove_empty(folder, (UNDO, *fresh))


def _forget_oldest(folder: Path) -> None:
    for home in run_folders(folder)[:-KEPT_RUNS]:
        shutil.rmtree(home, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def _write_journal(path: Path, journal: Journal) -> None:
    """Complete or not at all: its existence means that files may have been touched."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(msgspec.json.encode(journal))
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
