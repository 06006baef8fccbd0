"""Cloud assemblies in the user's cache, each named by everything that a synth depends on.

They are taken again for the same input only, and for a week: an API key's expiry is a date that synth works out.
"""

from __future__ import annotations

import hashlib
import os
import shutil
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


def cached_assemblies() -> Path:
    """The folder that holds them."""
    return cache_folder() / "assemblies"


def input_digest(project: Path, identity: BackendIdentity, toolchain: Toolchain, packages: dict[str, str]) -> str:
    """Of everything that decides what a synth makes of a project: its files, its name, the tools and packages."""
    content = hashlib.sha256()
    said = [FORMAT, identity.mode.value, identity.namespace, identity.name, toolchain.node.version]
    said += [f"{name} {version}" for name, version in sorted((toolchain.versions | packages).items())]
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


def find(digest: str) -> Path | None:
    """The assembly that was kept for this input; None when there is none, or it is too old."""
    folder = cached_assemblies() / digest
    try:
        age = time.time() - (folder / _COMPLETE).stat().st_mtime
    except OSError:
        return None
    return folder if age < MAXIMUM_AGE else None


def keep(digest: str, assembly: Path) -> Path:
    """Copies an assembly into the cache and returns the copy. Raises DeployError when the cache cannot be written."""
    root = cached_assemblies()
    target = root / digest
    try:
        root.mkdir(parents=True, exist_ok=True)
        large = {p.name: p for p in root.glob("*/asset.*") if p.is_file() and p.stat().st_size >= _LARGE}
        temporary = Path(tempfile.mkdtemp(prefix=".synth-", dir=root))
        try:
            shutil.copytree(assembly, temporary / "out", copy_function=lambda a, b: _copied(Path(a), Path(b), large))
            (temporary / "out" / _COMPLETE).touch()
            shutil.rmtree(target, ignore_errors=True)
            os.replace(temporary / "out", target)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        _prune(root)
    except OSError as problem:
        raise DeployError(
            f"the assembly cannot be kept in {root}: {problem.strerror or problem}",
            hint="free some disk space, or set MIGRATE_CACHE to a folder on another disk",
        ) from problem
    return target


def _copied(source: Path, target: Path, large: dict[str, Path]) -> None:
    known = large.get(source.name)  # assets are named by their content
    if known and known.exists() and known.stat().st_size == source.stat().st_size:
        os.link(known, target)
    else:
        shutil.copyfile(source, target)


def _prune(root: Path) -> None:
    found = sorted(root.glob(f"*/{_COMPLETE}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in found[KEPT:]:
        shutil.rmtree(old.parent, ignore_errors=True)
