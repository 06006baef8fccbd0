"""Zip files from elsewhere: every name is checked before anything is unpacked, and sizes are counted, not believed."""

from __future__ import annotations

import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from msgspec import Struct

from migrator.core.errors import ArtifactError

LARGEST_FILE, LARGEST_ARCHIVE = 100_000_000, 1_000_000_000
"""Bytes after unpacking; the backend folders of real projects have some megabytes."""
MOST_FILES = 100_000
_SKIPPED = frozenset(("node_modules", ".git", ".temp", "__MACOSX"))
_FORBIDDEN = re.compile(r"[\x00-\x1f\\]|^/|^[A-Za-z]:")


class Packed(Struct, frozen=True):
    """A file of an archive."""

    path: str
    """Below the archive's root, with forward slashes."""
    content: bytes


def unpacked(source: Path | IO[bytes], name: str) -> Iterator[Packed]:
    """The files of a zip archive, without those of dependencies.

    Raises ArtifactError when it is no zip, is damaged or too large, or when a name leads out of the folder, is a
    link, or stands for two files: then none of it is to be trusted. `name` is what the message calls it.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            files = _checked(archive, name)
            left = LARGEST_ARCHIVE
            for info in files:
                content = _content(archive, info, name, min(left, LARGEST_FILE))
                left -= len(content)
                yield Packed(info.filename, content)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as problem:
        raise ArtifactError(f"{name} cannot be unpacked: {problem}", hint="Download it again.") from None


def _checked(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise _refused(name, f"it holds {len(infos)} files")
    seen: set[str] = set()
    files = []
    for info in infos:
        path = info.filename.rstrip("/") if info.is_dir() else info.filename
        if _FORBIDDEN.search(info.orig_filename) or any(part in ("", ".", "..") for part in path.split("/")):
            raise _refused(name, f"{info.orig_filename!r} leads out of the folder")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise _refused(name, f"{path!r} is a link")
        if info.is_dir() or _SKIPPED & set(path.split("/")):
            continue
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in seen:
            raise _refused(name, f"{path!r} stands in it twice")
        seen.add(folded)
        files.append(info)
    return files


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, most: int) -> bytes:
    with archive.open(info) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise _refused(name, f"{info.filename!r} is larger than {most // 1_000_000} MB")
    return content


def _refused(name: str, why: str) -> ArtifactError:
    hint = (
        "Nothing of it was unpacked. The Gen 1 CLI does not write such an archive: look at who may write to the bucket."
    )
    return ArtifactError(f"{name} is refused: {why}", hint=hint)
