"""What writing would do to each file, worked out by reading only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from migrator import __version__
from migrator.core.errors import ConversionError
from migrator.core.location import Location
from migrator.output.files import OutputFile
from migrator.output.manifest import (
    MANIFEST,
    STATE_IGNORE,
    Entry,
    Manifest,
    Options,
    exact_hash,
    fingerprint,
    print_manifest,
    read_manifest,
)
from migrator.output.paths import Clash, check_path, check_target, clashes, expand

Content: TypeAlias = "str | Path | None"
"""What a file is to hold: text, a copy of another file, or nothing because it is removed."""


class FileState(StrEnum):
    """What becomes of a file."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    """The user's version stays, whatever was generated."""
    REMOVED = "removed"


class Kept(StrEnum):
    """Why the user's version stays."""

    EDITED = "edited"
    """Edited by the user; what is generated has not changed since."""
    OUTDATED = "outdated"
    """Edited by the user, and what is generated changed beneath the edit."""
    FOREIGN = "foreign"
    """Not written by migrate, and different from what is generated."""
    OBSOLETE = "obsolete"
    """Edited by the user, and no longer generated."""


class FileChange(Struct, frozen=True):
    """One file and what becomes of it.

    `security` says that security rules in it changed although the user's version stays. `diff` (from the user's
    version to the generated one) is there when a kept file would have to change.
    """

    path: str
    state: FileState
    kept: Kept | None = None
    features: tuple[str, ...] = ()
    security: bool = False
    diff: str = ""

    @property
    def pending(self) -> bool:
        """Whether the user has to look at the diff."""
        return self.kept in (Kept.OUTDATED, Kept.FOREIGN)


class Move(Struct, frozen=True):
    """A folder that is renamed before files are written; paths relative to the output folder."""

    source: str
    target: str


ALONE: Final = "client-config"
"""In the place of a feature: a file that is written by itself, and stays whatever else is generated."""


class Output(Struct, frozen=True):
    """What is to be written: all files of all features converted so far.

    `features` join those of earlier runs. `based_on` gives, for a file that merges generated entries into the user's,
    the text that it was merged from: such a file is replaced although the user edited it. `security` gives the
    security rules in a file, as text; only its hash is stored. `source_root` bounds where files are copied from.
    """

    files: tuple[OutputFile, ...]
    features: tuple[str, ...] = ()
    options: Options = Options()
    based_on: Mapping[str, str] = {}
    security: Mapping[str, str] = {}
    moves: tuple[Move, ...] = ()
    source_root: Path | None = None
    alone: bool = False
    """Whether only these files are written, beside what earlier runs wrote."""


class Plan(Struct, frozen=True):
    """The changes; for each changed file its hash before (None: no file) and its content after (None: removed)."""

    changes: tuple[FileChange, ...]
    before: dict[str, str | None]
    after: dict[str, Content]
    manifest: Manifest
    moves: tuple[Move, ...] = ()
    clashes: tuple[Clash, ...] = ()
    left_out: tuple[str, ...] = ()


class _File(Struct, frozen=True):
    """One file's case: the generated content, the one on disk, and what the manifest knows."""

    path: str
    new: bytes
    old: bytes | None
    linked: bool
    entry: Entry
    features: tuple[str, ...]
    base: str | None
    security: str


def plan_output(folder: Path, output: Output) -> Plan:
    """What `write` would do. Raises ConversionError and ArtifactError; touches nothing."""
    check_target(folder, MANIFEST)
    manifest = read_manifest(folder)
    expanded = expand(output.files, output.source_root)
    moved = tuple(move.source for move in output.moves)
    entries = dict(manifest.files)
    changes: list[FileChange] = []
    before: dict[str, str | None] = {}
    after: dict[str, Content] = {}
    for file in expanded.files:
        case = _case(folder, file, output, entries.get(file.path, Entry()), moved)
        change, entry = _decide(case)
        changes.append(change)
        entries[file.path] = entry
        if change.state in (FileState.CREATED, FileState.UPDATED):
            before[file.path], after[file.path] = _hash(case.old), file.content
    wanted = {file.path for file in expanded.files}
    others = (path for path, entry in manifest.files.items() if not (output.alone or ALONE in entry.features))
    for path in sorted(set(others) - wanted):
        check_path(path)
        check_target(folder, path)
        content = None if _below(path, moved) else existing(folder, path)
        obsolete = _obsolete(path, content, entries[path])
        if obsolete is None or obsolete.state is FileState.REMOVED:
            del entries[path]
        if obsolete is not None:
            changes.append(obsolete)
        if obsolete is not None and obsolete.state is FileState.REMOVED:
            before[path], after[path] = _hash(content), None
    features = tuple(sorted({*manifest.features, *output.features}))
    made = Manifest(version=__version__, features=features, options=_options(manifest, output), files=entries)
    _remember(folder, made, before, after)
    changes.sort(key=lambda change: change.path)
    found = clashes(wanted, _neighbours(folder, wanted, moved))
    return Plan(tuple(changes), before, after, made, output.moves, found, expanded.left_out)


def _options(manifest: Manifest, output: Output) -> Options:
    """What later slices must repeat; a file by itself changes nothing of it."""
    return manifest.options if output.alone else output.options


def _remember(folder: Path, manifest: Manifest, before: dict[str, str | None], after: dict[str, Content]) -> None:
    """The manifest comes last: whatever stops the run, it never promises more than was written."""
    kept = ((STATE_IGNORE, "undo/\n"), (MANIFEST, print_manifest(manifest)))
    for path, text in kept:
        old = existing(folder, path)
        if old is None or fingerprint(old) != fingerprint(text.encode()):
            before[path], after[path] = _hash(old), text


def _hash(content: bytes | None) -> str | None:
    return None if content is None else exact_hash(content)


def _case(folder: Path, file: OutputFile, output: Output, entry: Entry, moved: tuple[str, ...]) -> _File:
    old = None
    linked = False
    if not _below(file.path, moved):
        check_target(folder, file.path)
        old = existing(folder, file.path)
        linked = (folder / file.path).is_symlink()
    secured = output.security.get(file.path)
    security = fingerprint(secured.encode()) if secured is not None else ""
    base = output.based_on.get(file.path)
    return _File(file.path, content_of(file.path, file.content), old, linked, entry, file.features, base, security)


def _below(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


def content_of(path: str, content: str | Path) -> bytes:
    """The bytes that a file is to hold. Raises ConversionError when they cannot be had."""
    try:
        return content.encode() if isinstance(content, str) else content.read_bytes()
    except UnicodeEncodeError:
        raise ConversionError(f"{path}: the text holds characters that UTF-8 cannot say") from None
    except OSError as error:
        raise ConversionError(
            f"{path} cannot be copied: {error.strerror or error}",
            hint="Check that the source file exists and can be read; nothing was written.",
            location=Location(path),
        ) from None


def existing(folder: Path, path: str) -> bytes | None:
    """Content of a file of the output folder, or None. Raises ConversionError when it cannot be read."""
    try:
        return (folder / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConversionError(
            f"{path} cannot be read: {error.strerror or error}",
            hint="Check its permissions; nothing was written.",
            location=Location(path),
        ) from None


def _decide(file: _File) -> tuple[FileChange, Entry]:
    new = fingerprint(file.new)
    merged = file.base is not None
    written = Entry(new, file.features, merged, file.security)
    if file.old is None and not file.linked:
        return FileChange(file.path, FileState.CREATED, features=file.features), written
    old = fingerprint(file.old) if file.old is not None else ""
    if old == new:
        return FileChange(file.path, FileState.UNCHANGED, features=file.features), written
    ours = old == file.entry.sha256 or (file.base is not None and old == fingerprint(file.base.encode()))
    if ours and not file.linked:
        return FileChange(file.path, FileState.UPDATED, features=file.features), written
    return _keep(file, old, new)


def _keep(file: _File, old: str, new: str) -> tuple[FileChange, Entry]:
    entry = file.entry
    if entry.offered == new and entry.beside != old:  # the user has edited the file since the diff was shown
        entry = Entry(new, file.features, entry.merged, file.security)
    if entry.sha256 == new:
        return FileChange(file.path, FileState.KEPT, Kept.EDITED, file.features), entry
    from migrator.output.difference import difference  # only when there is one to show

    why = Kept.OUTDATED if entry.sha256 else Kept.FOREIGN
    security = file.security != entry.security
    diff = difference(file.path, file.old, file.new)
    offered = replace(entry, features=file.features, offered=new, beside=old)
    return FileChange(file.path, FileState.KEPT, why, file.features, security, diff), offered


def _obsolete(path: str, content: bytes | None, entry: Entry) -> FileChange | None:
    """A file of an earlier run that is not generated any more; None when there is nothing to do or to say."""
    if content is None or entry.merged or not entry.sha256:
        return None
    if fingerprint(content) == entry.sha256:
        return FileChange(path, FileState.REMOVED, features=entry.features)
    return FileChange(path, FileState.KEPT, Kept.OBSOLETE, entry.features)


def _neighbours(folder: Path, wanted: Iterable[str], moved: tuple[str, ...]) -> set[str]:
    """What lies beside the files that are to be written: names that may clash with theirs."""
    parents = {path.rpartition("/")[0] for path in wanted if not _below(path, moved)}
    found: set[str] = set()
    for parent in parents:
        here = folder / parent
        if here.is_dir():
            found.update(f"{parent}/{item.name}" if parent else item.name for item in here.iterdir())
    return found
