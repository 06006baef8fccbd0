"""Cloud assemblies in the user's cache, each named by everything that a synth depends on, and copies of them.

They are taken again for the same input only, and for a week: an API key's expiry is a date that synth works out.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path

from migrator.core.errors import DeployError
from migrator.deploy.slices import project_files
from migrator.deploy.targets.interface import BackendIdentity
from migrator.node.cache import cache_folder
from migrator.node.toolchain import Toolchain

FORMAT = "1"
KEPT = 24
"""Assemblies that stay in the cache: the ones used last."""
MAXIMUM_AGE = 7 * 24 * 3600.0
"""Seconds."""
_LARGE = 1_000_000
"""Bytes from which an asset is linked to the same one of another assembly instead of stored again."""
_COMPLETE = ".complete"
_BUILD_TOOLS = ("python3", "gradle", "go", "dotnet")
"""What builds functions in other languages: where one is missing, their code is their source."""
"""Written last. Its time of change says when the assembly was made, that of access when it was used."""
_UNFINISHED = ".synth-"
_STALE = 24 * 3600.0
"""Seconds."""


def cached_assemblies() -> Path:
    """The folder that holds them."""
    return cache_folder() / "assemblies"


def input_digest(project: Path, identity: BackendIdentity, toolchain: Toolchain, packages: dict[str, str]) -> str:
    """Of everything that decides what a synth makes of a project: its files, its name, the tools and packages."""
    content = hashlib.sha256()
    said = [FORMAT, identity.mode.value, identity.namespace, identity.name, toolchain.node.version]
    said += [f"{name} {version}" for name, version in sorted((toolchain.versions | packages).items())]
    said += [tool for tool in _BUILD_TOOLS if shutil.which(tool)]
    if toolchain.own:
        said += [_fingerprint(project / name) for name in ("package-lock.json", "yarn.lock", "pnpm-lock.yaml")]
    content.update("\0".join(said).encode())
    for path, file in sorted(project_files(project).items()):
        content.update(f"\0{path}\0{_fingerprint(file)}".encode())
    return content.hexdigest()[:32]


def _fingerprint(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def find(digest: str, own: Path) -> Path | None:
    """A copy, in the folder `own`, of the assembly that was kept for this input; None when there is none, or it is too
    old. Other processes remove assemblies from the cache at any time: whoever deploys one has it for itself."""
    folder = cached_assemblies() / digest
    marker = folder / _COMPLETE
    try:
        made = marker.stat().st_mtime
        if time.time() - made >= MAXIMUM_AGE:
            return None
        os.utime(marker, (time.time(), made))  # used now: it stays in the cache
        return _taken(folder, own / digest)
    except OSError:
        return None  # there is none, or it is being removed while it is copied


def keep(digest: str, assembly: Path, own: Path) -> Path:
    """Copies an assembly into the cache, and into the folder `own`; returns the latter copy.

    Raises DeployError when one of them cannot be written.
    """
    root = cached_assemblies()
    try:
        root.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=root))
        try:
            large = {file.name: file for one in _listed(root) for file in _listed(one) if _is_large(file)}
            shutil.copytree(assembly, temporary / "out", copy_function=lambda a, b: _copied(Path(a), Path(b), large))
            (temporary / "out" / _COMPLETE).touch()
            taken = _taken(temporary / "out", own / digest)
            _put(temporary / "out", root / digest, temporary)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        _prune(root)
    except OSError as problem:
        raise DeployError(
            f"the assembly cannot be kept in {root}: {problem.strerror or problem}",
            hint="free some disk space, or set MIGRATE_CACHE to a folder on another disk",
        ) from problem
    return taken


def _taken(folder: Path, target: Path) -> Path:
    """A copy that costs no space where the disk knows links. Raises OSError when the folder is not whole (any more)."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target, copy_function=_linked)
    if not (target / _COMPLETE).is_file():
        raise FileNotFoundError(str(folder))  # it was removed while it was read
    return target


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(source, target)  # another disk, or one without links


def _put(made: Path, target: Path, aside: Path) -> None:
    """Makes it the one of the cache. One that another process puts there at the same time is as good."""
    with contextlib.suppress(OSError):
        os.replace(target, aside / "before")
    with contextlib.suppress(OSError):
        os.replace(made, target)


def _listed(folder: Path) -> tuple[Path, ...]:
    """What lies in it; nothing where another process removes it."""
    try:
        return tuple(folder.iterdir())
    except OSError:
        return ()


def _is_large(file: Path) -> bool:
    if not file.name.startswith("asset."):
        return False
    try:
        found = file.stat()
    except OSError:
        return False  # another process removes it
    return stat.S_ISREG(found.st_mode) and found.st_size >= _LARGE


def _copied(source: Path, target: Path, large: dict[str, Path]) -> None:
    known = large.get(source.name)  # assets are named by their content
    try:
        if known and known.stat().st_size == source.stat().st_size:
            return os.link(known, target)
    except OSError:
        pass  # another process removes it
    shutil.copyfile(source, target)


def _prune(root: Path) -> None:
    """Removes what was used least. It is moved away first: whoever copies one at this moment notices."""
    found = sorted((used, folder) for folder in _listed(root) if (used := _used(folder / _COMPLETE)))
    for _, old in found[:-KEPT]:
        aside = root / f"{_UNFINISHED}{old.name}"
        with contextlib.suppress(OSError):
            os.replace(old, aside)
            shutil.rmtree(aside, ignore_errors=True)
    for left in (one for one in _listed(root) if one.name.startswith(_UNFINISHED)):  # by a killed process
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE:
                shutil.rmtree(left, ignore_errors=True)


def _used(marker: Path) -> float:
    try:
        return marker.stat().st_atime
    except OSError:
        return 0.0  # it is gone
