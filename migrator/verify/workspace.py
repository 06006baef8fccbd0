"""A temporary copy of a Gen 2 project, laid out so that the checks never touch the project itself.

<folder>/home                     HOME and TMPDIR of everything that runs
<folder>/project/node_modules     the Node packages of the checks, as links (two of them as copies, see `_COPIED`)
<folder>/project/package-lock.json   what CDK takes for the root of the sources that it bundles
<folder>/project/<mode>/          a copy of the project per mode (synth writes into it: `.amplify/generated`)
<folder>/project/<mode>/node_modules   link to the functions' own packages
<folder>/out/<mode>/              the cloud assembly; Node finds no packages above it, as in Lambda
<folder>/out/node_modules/@aws-sdk     link: the AWS SDK, which the Lambda runtime brings
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

LOCK_FILES = frozenset(
    {"package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lockb", "bun.lock"}
)
"""CDK demands exactly one of these near a function; the copy gets an empty one of npm's."""
_EMPTY_LOCK = '{"name": "backend", "lockfileVersion": 3, "packages": {}}\n'
_COPIED = ("backend", "backend-auth")
"""Packages of @aws-amplify that are copied: `referenceAuth` bundles a file of its own package, and CDK refuses files
whose real path is not below the folder of the lock file."""
_NEVER = frozenset({"node_modules", ".git", ".amplify", "cdk.out"})
_NOT_BACKEND = frozenset({"amplify-gen1", "build", "dist", "coverage", "ios", "android", "public", "vendor", "Pods"})
_SHARED_SUFFIXES = frozenset(
    {".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json", ".graphql", ".vtl"}
)
_SHARED_LIMIT = 2_000_000
"""Bytes: outside `amplify/` only files up to this size are copied."""

_DEEPEST = 40
"""Folders within each other; more is a circle of links."""


class Mode(StrEnum):
    """How a backend is synthesized: for a branch of Amplify Hosting, or for a developer's sandbox."""

    BRANCH = "branch"
    SANDBOX = "sandbox"


class Workspace(Struct, frozen=True):
    """The temporary folder, and the links in the project that were not copied because they lead out of it."""

    folder: Path
    left_out: tuple[str, ...] = ()

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def app(self, mode: Mode) -> Path:
        return self.folder / "project" / mode

    def assembly(self, mode: Mode) -> Path:
        return self.folder / "out" / mode

    def relative(self, path: str) -> str:
        """A path of a copied file as the user knows it; empty when it is none of the project's."""
        for mode in Mode:
            prefix = f"{self.app(mode)}{os.sep}"
            if path.startswith(prefix):
                inside = Path(path.removeprefix(prefix)).as_posix()
                return "" if inside.startswith("node_modules/") else inside
        return ""

    def shorten(self, text: str) -> str:
        """Text without the temporary folder's name in it."""
        for mode in Mode:
            text = text.replace(f"{self.app(mode)}{os.sep}", "").replace(str(self.app(mode)), ".")
        return text.replace(f"{self.folder / 'out'}{os.sep}", "").replace(f"{self.folder}{os.sep}", "")


@contextmanager
def mirrored(project: Path, modules: Path, packages: Path | None) -> Iterator[Workspace]:
    """A workspace with links to the `modules` of the tools and of the functions' packages; removed at the end."""
    root = project.resolve()
    with tempfile.TemporaryDirectory(prefix="migrate-verify-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        (folder / "home").mkdir()
        (folder / "project").mkdir()
        (folder / "project" / "package-lock.json").write_text(_EMPTY_LOCK)
        _link_packages(modules, folder / "project" / "node_modules")
        left_out: list[str] = []
        for mode in Mode:
            app = folder / "project" / mode
            _copy(root, app, root, left_out)
            if packages:
                (app / "node_modules").symlink_to(packages / "node_modules", target_is_directory=True)
        sdk = folder / "out" / "node_modules" / "@aws-sdk"
        sdk.parent.mkdir(parents=True)
        sdk.symlink_to(modules / "@aws-sdk", target_is_directory=True)
        yield Workspace(folder, tuple(sorted(set(left_out))))


def _link_packages(modules: Path, target: Path) -> None:
    """Every package as a link, but for those that have to lie below the root."""
    scope = target / "@aws-amplify"
    scope.mkdir(parents=True)
    for package in modules.iterdir():
        if package.name != scope.name:
            (target / package.name).symlink_to(package)
    for package in (modules / scope.name).iterdir() if (modules / scope.name).is_dir() else ():
        if package.name in _COPIED:
            shutil.copytree(package, scope / package.name, symlinks=True)
        else:
            (scope / package.name).symlink_to(package)


def _copy(source: Path, target: Path, root: Path, left_out: list[str]) -> None:
    target.mkdir(parents=True)
    for entry in sorted(os.scandir(source), key=lambda entry: entry.name):
        path = Path(entry.path)
        inside = path.relative_to(root)
        if entry.name in _NEVER or (source == root and entry.name in LOCK_FILES):
            continue
        if len(inside.parts) > _DEEPEST or (entry.is_symlink() and not _stays_inside(path, root)):
            left_out.append(inside.as_posix())
        elif entry.is_dir():
            if _is_wanted_folder(inside):
                _copy(path, target / entry.name, root, left_out)
        elif entry.is_file() and _is_wanted_file(inside, entry.stat().st_size):
            shutil.copy(path, target / entry.name)  # with its mode: programs stay programs


def _stays_inside(link: Path, root: Path) -> bool:
    """A link to something of the project that does not hold the link itself."""
    try:
        real = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return False  # it leads nowhere, or in a circle
    return real.is_relative_to(root) and not link.is_relative_to(real)


def _is_wanted_folder(inside: Path) -> bool:
    if inside.parts[0] == "amplify":
        return True
    return inside.name not in _NOT_BACKEND and not inside.name.startswith(".")


def _is_wanted_file(inside: Path, size: int) -> bool:
    """All of `amplify/`; of the rest, what backend code may import."""
    if inside.parts[0] == "amplify":
        return True
    return size <= _SHARED_LIMIT and inside.suffix in _SHARED_SUFFIXES
