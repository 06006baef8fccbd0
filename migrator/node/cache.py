"""The user's cache folder, and folders in it that are there completely or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
PACKAGES = "node_modules"
"""The folder without which an installation of Node packages is not complete."""


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


def read_marker(folder: Path, key: str, *, holds: str = PACKAGES) -> Marker | None:
    """The marker of a complete folder for `key`; None when it or what it `holds` is missing, or it is another one."""
    try:
        marker = msgspec.json.decode((folder / MARKER_FILE).read_bytes(), type=Marker)
    except (OSError, msgspec.DecodeError):
        return None  # not installed, or half removed: it will be installed again
    return marker if marker.key == key and (folder / holds).is_dir() else None


def install_folder(folder: Path, key: str, fill: Callable[[Path], Marker], *, holds: str = PACKAGES) -> Marker:
    """Fills a new folder beside `folder` and renames it when complete; whatever `fill` raises, nothing stays behind.

    One process installs at a time; what another one has installed under `key` meanwhile is taken.
    Raises VerifyError when the disk refuses.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _locked(folder.parent):
            return read_marker(folder, key, holds=holds) or _install(folder, fill)
    except OSError as problem:
        raise VerifyError(
            f"the cache folder {folder.parent} cannot be written: {problem.strerror or problem}",
            hint="free some disk space, or set MIGRATE_CACHE to another folder",
        ) from problem


def _install(folder: Path, fill: Callable[[Path], Marker]) -> Marker:
    _remove_stale(folder.parent)
    temporary = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=folder.parent))
    try:
        marker = fill(temporary)
        (temporary / MARKER_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(marker)))
        if folder.exists():
            os.replace(folder, temporary / "damaged")
        os.replace(temporary, folder)
        shutil.rmtree(folder / "damaged", ignore_errors=True)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return marker


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Waits until no other process installs into `folder` (where the system knows such locks)."""
    with (folder / ".lock").open("w") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _remove_stale(parent: Path) -> None:
    """Removes what a killed installation left a day ago or earlier."""
    for leftover in parent.glob(f"{_TEMPORARY}*"):
        if time.time() - leftover.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(leftover, ignore_errors=True)
