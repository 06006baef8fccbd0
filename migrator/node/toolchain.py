"""The Node packages that checks run with: the project's own when complete, else a pinned set in the user's cache."""

from __future__ import annotations

import hashlib
import platform
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from migrator.core.errors import VerifyError
from migrator.node.cache import Marker, cache_folder, install_folder, read_marker
from migrator.node.npm import QUIET, run_npm
from migrator.node.runtime import Node, find_node

REQUIRED = ("@aws-amplify/backend", "aws-cdk-lib", "constructs", "typescript", "tsx", "esbuild")
"""Packages without which a Gen 2 backend cannot be type-checked and synthesized."""
NEEDED_BYTES = 2_000_000_000
"""Free disk space asked for before an installation (about 1 GB stays, the rest is npm's own cache)."""


class Toolchain(Struct, frozen=True):
    """Node, the folder whose `node_modules` hold the packages, whether it is the project's own, and the versions."""

    node: Node
    folder: Path
    own: bool
    versions: dict[str, str]

    @property
    def modules(self) -> Path:
        return self.folder / "node_modules"

    def module(self, path: str) -> str:
        """Absolute path of a file inside `node_modules`."""
        return str(self.modules / path)


def find_toolchain(
    project: Path, *, install: bool, progress: Callable[[str], None], packages: Sequence[str] = REQUIRED
) -> Toolchain:
    """The Node packages for the Gen 2 project in `project`; `install` allows to download the pinned ones.

    The project's own are taken when they hold all of `packages`.

    Raises VerifyError without a usable Node, when the packages are missing and may not be installed, or when npm fails.
    """
    node = find_node()
    own = own_versions(project, packages)
    if own:
        return Toolchain(node, project, True, own)
    folder = tools_folder()
    marker = read_marker(folder, tools_key())
    if marker is None:
        if not install:
            raise VerifyError(
                f"the Node packages for checking are neither in {project / 'node_modules'} nor in {folder}",
                hint="run `npm install` in the Gen 2 project, or download the pinned ones (about 1 GB) with --install",
            )
        marker = install_tools(node, progress)
    return Toolchain(node, folder, False, marker.versions)


def own_versions(project: Path, packages: Sequence[str] = REQUIRED) -> dict[str, str]:
    """Versions of the packages in the project's own `node_modules`; empty when one is missing."""
    versions = {name: installed_version(project / "node_modules", name) for name in packages}
    return versions if all(versions.values()) else {}


def installed_version(modules: Path, name: str) -> str:
    """The version of an installed package, or an empty string."""
    try:
        manifest = msgspec.json.decode((modules / name / "package.json").read_bytes())
    except (OSError, msgspec.DecodeError):
        return ""  # not installed, or half installed: not usable either way
    version = manifest.get("version") if isinstance(manifest, dict) else None
    return version if isinstance(version, str) else ""


def pinned() -> dict[str, str]:
    """Names and exact versions of the packages that ship as pinned."""
    manifest = msgspec.json.decode(_shipped("package.json"), type=dict[str, object])
    return msgspec.convert(manifest["dependencies"], dict[str, str])


def tools_key() -> str:
    """Names the pinned set on this kind of machine (esbuild is a program per platform)."""
    content = hashlib.sha256(_shipped("package.json") + _shipped("package-lock.json"))
    content.update(f"{platform.system()} {platform.machine()}".encode())
    return content.hexdigest()[:16]


def tools_folder() -> Path:
    return cache_folder() / f"node-{tools_key()}"


def install_tools(node: Node, progress: Callable[[str], None]) -> Marker:
    """Installs the pinned packages into the cache: all of them, or nothing.

    Raises VerifyError with npm's reason (no network, full disk, time limit).
    """
    folder = tools_folder()
    _require_space(folder.parent)
    progress(f"installing {len(pinned())} pinned Node packages and what they need (about 1 GB) into {folder}")
    marker = install_folder(folder, tools_key(), lambda temporary: _fill(node, temporary, progress))
    progress("the Node packages are installed")
    return marker


def _fill(node: Node, folder: Path, progress: Callable[[str], None]) -> Marker:
    for name in ("package.json", "package-lock.json"):
        (folder / name).write_bytes(_shipped(name))
    failure = run_npm(node, ("ci", *QUIET), folder, progress=progress)
    if failure:
        raise VerifyError(
            f"the Node packages could not be installed: {failure.reason}"
            + (f" ({failure.code})" if failure.code else "")
            + (f"\n{failure.text}" if failure.text else ""),
            hint=failure.hint,
        )
    versions = {name: installed_version(folder / "node_modules", name) for name in pinned()}
    wrong = [name for name, version in pinned().items() if versions[name] != version]
    if wrong:
        raise VerifyError(f"npm did not install the pinned version of {', '.join(wrong)}", hint="try again")
    return Marker(tools_key(), versions)


def _require_space(folder: Path) -> None:
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(existing).free
    if free < NEEDED_BYTES:
        raise VerifyError(
            f"{existing} has {free / 1e9:.1f} GB free; the Node packages need {NEEDED_BYTES / 1e9:.0f} GB",
            hint="free some disk space, or set MIGRATE_CACHE to a folder on another disk",
        )


def _shipped(name: str) -> bytes:
    return (Path(__file__).resolve().parent / "tools" / name).read_bytes()
