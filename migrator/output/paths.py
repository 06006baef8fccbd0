"""Which paths may be written: inside the output folder, through no link that leaves it, each one once."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from posixpath import dirname

from msgspec import Struct

from migrator.core.errors import ConversionError
from migrator.core.location import Location
from migrator.documents.load import leads_inside
from migrator.output.files import OutputFile

STATE_FOLDER = ".migrate"
"""What migrate remembers about an output folder: the manifest (committed) and the undo journals (not committed)."""

_RESERVED = frozenset((STATE_FOLDER, ".git"))
_NOT_COPIED = frozenset(("node_modules", ".git"))
_FORBIDDEN = re.compile(r"[\x00-\x1f\\]|^[A-Za-z]:")


class Clash(Struct, frozen=True, order=True):
    """Two paths that are one file on a disk that ignores case, as most macOS and Windows disks do."""

    first: str
    second: str


class Expanded(Struct, frozen=True):
    """Single files; and what was left out of copied folders: links to folders, links that lead out, no plain files."""

    files: tuple[OutputFile, ...]
    left_out: tuple[str, ...] = ()


def check_path(path: str) -> None:
    """Raises ConversionError unless the path is relative, plain and stays below the output folder."""
    parts = path.split("/")
    if _FORBIDDEN.search(path) or any(part in ("", ".", "..") for part in parts):
        raise ConversionError(
            f"{path!r} is no path inside the output folder",
            hint="Rename the resource or file that it comes from: no '..', no leading '/', no backslash.",
        )
    if parts[0].lower() in _RESERVED or ".git" in (part.lower() for part in parts):
        raise ConversionError(f"{path!r} is not written: that folder belongs to git or to migrate itself")


def expand(files: Iterable[OutputFile], source_root: Path | None = None) -> Expanded:
    """One entry for each file, sorted by path; folders become their files, without `node_modules`.

    Sources outside `source_root` (the Gen 1 project) are refused. Raises ConversionError.
    """
    found: dict[str, OutputFile] = {}
    left_out: list[str] = []
    for file in files:
        for single in _single(file, source_root, left_out):
            check_path(single.path)
            known = found.get(single.path)
            if known is not None and known.content != single.content:
                raise ConversionError(f"two different contents are meant for {single.path}")
            found[single.path] = single if known is None else _with_features(single, known)
    _check_nesting(found)
    return Expanded(tuple(found[path] for path in sorted(found)), tuple(sorted(left_out)))


def _single(file: OutputFile, source_root: Path | None, left_out: list[str]) -> Iterator[OutputFile]:
    source = file.content
    if isinstance(source, str):
        yield file
        return
    if source_root is not None and not leads_inside(source, source_root):
        raise ConversionError(
            f"{file.path} would be copied from outside the project",
            hint="Replace the link by a copy of the file, if it belongs to the project.",
            location=Location(source.name),
        )
    if not source.is_dir():
        yield file
        return
    for found in _walk(source):
        relative = found.relative_to(source).as_posix()
        if found.is_file() and leads_inside(found, source):
            yield OutputFile(f"{file.path.rstrip('/')}/{relative}", found, file.features)
        else:
            left_out.append(f"{file.path.rstrip('/')}/{relative}")


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below, and links to folders, which are not followed."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _NOT_COPIED)
        links = [name for name in folders if os.path.islink(os.path.join(base, name))]
        yield from (Path(base, name) for name in (*links, *sorted(names)))


def _with_features(file: OutputFile, other: OutputFile) -> OutputFile:
    return OutputFile(file.path, file.content, tuple(sorted({*file.features, *other.features})))


def _check_nesting(found: dict[str, OutputFile]) -> None:
    for path in found:
        parent = dirname(path)
        while parent:
            if parent in found:
                raise ConversionError(f"{parent} is meant to be a file, and {path} needs it to be a folder")
            parent = dirname(parent)


def clashes(paths: Iterable[str], beside: Iterable[str] = ()) -> tuple[Clash, ...]:
    """Names that differ in case (or Unicode composition) only, among `paths` or between one of them and `beside`."""
    seen: dict[str, str] = {}
    found: set[Clash] = set()
    for path in sorted(paths):
        for part in _prefixes(path):
            first = seen.setdefault(_folded(part), part)
            if first != part:
                found.add(Clash(first, part))
    for name in beside:
        first = seen.get(_folded(name), name)
        if first != name:
            found.add(Clash(*sorted((first, name))))
    return tuple(sorted(found))


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _prefixes(path: str) -> Iterator[str]:
    parts = path.split("/")
    yield from ("/".join(parts[: end + 1]) for end in range(len(parts)))


def check_target(folder: Path, path: str, *, any_kind: bool = False) -> None:
    """Raises ConversionError when a link on the way leaves the folder, or a file and a folder are in each other's way.

    With `any_kind` the path may be a folder as well.
    """
    here = folder
    parts = path.split("/")
    for index, part in enumerate(parts):
        here = here / part
        shown = "/".join(parts[: index + 1])
        if here.is_symlink() and not leads_inside(here, folder):
            raise ConversionError(
                f"{shown} is a link that leads out of the output folder",
                hint="Remove the link, or choose another output folder; nothing was written.",
                location=Location(shown),
            )
        last = index == len(parts) - 1
        if last and any_kind:
            return
        if here.is_dir() if last else here.exists() and not here.is_dir():
            found, wanted = ("folder", "file") if last else ("file", "folder")
            raise ConversionError(
                f"{shown} is a {found}, and a {wanted} is to be written there",
                hint="Move it away and run the command again; nothing was written.",
                location=Location(shown),
            )


def ignores_case(folder: Path) -> bool:
    """Whether the disk that holds the (existing) folder takes names of different case for one file."""
    changed = folder.with_name(folder.name.swapcase())
    try:
        return changed.name != folder.name and changed.exists() and changed.samefile(folder)
    except OSError:
        return False  # not readable: nothing speaks for it
