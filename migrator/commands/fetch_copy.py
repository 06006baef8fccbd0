"""What `migrate fetch` writes: a whole new copy is made beside the old one, then the two change places."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from migrator.core.errors import ArtifactError
from migrator.core.location import Location

COPY = "#current-cloud-backend"
STATE = ".migrate"
"""A folder in `amplify/` for what migrate keeps there; git ignores it."""
KEPT = 10
"""Old copies that are kept."""


class Written(Struct, frozen=True):
    """What became of the files, relative to the copy's folder."""

    folder: Path
    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: Path | None = None
    """Where the copy that was there before lies now."""

    @property
    def touched(self) -> bool:
        return bool(self.created or self.changed or self.removed)


def compare(amplify: Path, files: Mapping[str, bytes], *, whole: bool) -> Written:
    """What writing the files would change. With `whole` they are all of the copy, else what is there stays."""
    folder = amplify / COPY
    there = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    states: dict[str, list[str]] = {"created": [], "changed": [], "unchanged": []}
    for name, content in sorted(files.items()):
        known = there.pop(name, None)
        state = "created" if known is None else "unchanged" if known.read_bytes() == content else "changed"
        states[state].append(name)
    gone = tuple(sorted(there)) if whole else ()
    return Written(folder, tuple(states["created"]), tuple(states["changed"]), gone, tuple(states["unchanged"]))


def write(amplify: Path, files: Mapping[str, bytes], *, whole: bool, own: frozenset[str] = frozenset()) -> Written:
    """Writes the files as the deployed copy in `amplify`; all of them or none.

    A copy that was there and differs is kept, unless only files named in `own` (written by migrate alone) do.
    Raises ArtifactError when the disk does not allow it.
    """
    planned = compare(amplify, files, whole=whole)
    if not planned.touched:
        return planned
    try:
        state = _state(amplify)
        stage = Path(tempfile.mkdtemp(prefix="fetch-", dir=state))
        try:
            return _exchange(amplify, state, stage, files, planned, whole=whole, own=own)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as problem:
        raise ArtifactError(
            f"the deployed copy cannot be written: {problem.strerror or problem}",
            hint="Nothing was changed. Check free space and permissions, then run the command again.",
            location=Location(str(amplify / COPY)),
        ) from None


def _exchange(
    amplify: Path,
    state: Path,
    stage: Path,
    files: Mapping[str, bytes],
    planned: Written,
    *,
    whole: bool,
    own: frozenset[str],
) -> Written:
    target, fresh = amplify / COPY, stage / COPY
    if target.is_symlink():
        raise ArtifactError(f"{target} is a link, which is not replaced", hint="Put a folder in its place.")
    if target.exists() and not whole:
        shutil.copytree(target, fresh, symlinks=True)
    for name, content in files.items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if not target.exists():
        os.rename(fresh, target)
        return planned
    kept = _next_backup(state)
    os.rename(target, kept)
    try:
        os.rename(fresh, target)
    except BaseException:
        os.rename(kept, target)
        raise
    if not {*planned.changed, *planned.removed} - own:
        shutil.rmtree(kept, ignore_errors=True)  # all that was there is there again
        return planned
    _forget_oldest(state)
    return Written(target, planned.created, planned.changed, planned.removed, planned.unchanged, kept)


def _state(amplify: Path) -> Path:
    state = amplify / STATE
    state.mkdir(parents=True, exist_ok=True)
    ignore = state / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    return state


def _backups(state: Path) -> list[Path]:
    return sorted((state / "before-fetch").glob("[0-9][0-9][0-9][0-9]"))


def _next_backup(state: Path) -> Path:
    number = max((int(path.name) for path in _backups(state)), default=0) + 1
    home = state / "before-fetch"
    home.mkdir(exist_ok=True)
    return home / f"{number:04d}"


def _forget_oldest(state: Path) -> None:
    for path in _backups(state)[:-KEPT]:
        shutil.rmtree(path, ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir() or folder.is_symlink():
        return []
    return [Path(base, name) for base, _, names in os.walk(folder) for name in names]
