"""The user's cache folder, and folders in it that are there completely or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from migrator.core.errors import VerifyError

_STALE_SECONDS = 24 * 3600
_TEMPORARY = ".installing-"


class Marker(msgspec.Struct, frozen=True, omit_defaults=True):
    """Written last into an installed folder: which manifest it holds, and the versions that were installed."""

    key: str
    versions: dict[str, str]
    missing: dict[str, str] = {}
    """Packages that cannot be had, by name, with the reason."""


MARKER_FILE = "installed.json"


def cache_folder() -> Path:
    """`$MIGRATE_CACHE`, else the platform's cache folder for this program. It need not exist."""
    chosen = os.environ.get("MIGRATE_CACHE")
    if chosen:
        return Path(chosen).expanduser().resolve()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "amplify-migrate"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "amplify-migrate" / "Cache"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "amplify-migrate"


def read_marker(folder: Path, key: str) -> Marker | None:
    """The marker of a complete folder that holds `key`; None when the folder is missing, damaged or another one."""
    try:
        marker = msgspec.json.decode((folder / MARKER_FILE).read_bytes(), type=Marker)
    except (OSError, msgspec.DecodeError):
        return None  # not installed, or half removed: it will be installed again
    return marker if marker.key == key and (folder / "node_modules").is_dir() else None


def install_folder(folder: Path, fill: Callable[[Path], Marker]) -> Marker:
    """Fills a new folder beside `folder` and renames it when complete; whatever `fill` raises, nothing stays behind.

    Raises VerifyError when the disk refuses.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _remove_stale(folder.parent)
        temporary = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=folder.parent))
    except OSError as problem:
        raise _disk_error(folder.parent, problem) from problem
    try:
        marker = fill(temporary)
        (temporary / MARKER_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(marker)))
        _put_in_place(temporary, folder, marker.key)
    except OSError as problem:
        raise _disk_error(folder, problem) from problem
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return marker


def _put_in_place(temporary: Path, folder: Path, key: str) -> None:
    if folder.exists():
        if key and read_marker(folder, key):
            return  # another process was faster, with the same content
        os.replace(folder, temporary / "damaged")
    os.replace(temporary, folder)
    shutil.rmtree(folder / "damaged", ignore_errors=True)


def _remove_stale(parent: Path) -> None:
    """Removes what a killed installation left a day ago or earlier."""
    for leftover in parent.glob(f"{_TEMPORARY}*"):
        if time.time() - leftover.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(leftover, ignore_errors=True)


def _disk_error(folder: Path, problem: OSError) -> VerifyError:
    return VerifyError(
        f"the cache folder {folder} cannot be written: {problem.strerror or problem}",
        hint="free some disk space, or set MIGRATE_CACHE to another folder",
    )
