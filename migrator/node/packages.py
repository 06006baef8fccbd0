"""The npm packages that a Gen 2 project's functions use, for projects that have not run `npm install`."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from migrator.node.cache import Marker, install_folder, read_marker
from migrator.node.npm import QUIET, NpmFailure, run_npm
from migrator.node.toolchain import Toolchain, installed_version, pinned

_SOURCES = frozenset({".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"})
_SPECIFIER = re.compile(r"""['"`]((?:@[a-z0-9~._-]+/)?[a-z0-9~._-]+)(?:/[^'"`\s]*)?['"`]""", re.IGNORECASE)
_NAME = re.compile(r"(?:@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*", re.IGNORECASE)
_REGISTRY_SPEC = re.compile(r"(?:npm:[@a-z0-9._~/-]+)?[\w\s.*^~<>=|+@-]*", re.IGNORECASE)
_NOT_ASKED = "it is not installed, and downloads were not allowed"


class MissingPackage(Struct, frozen=True, order=True):
    """A package of the project that could not be made available, and why."""

    name: str
    spec: str
    reason: str


class FunctionPackages(Struct, frozen=True):
    """Where the functions' packages lie (None: nothing to add to the tools), their versions, and what is missing."""

    folder: Path | None = None
    versions: dict[str, str] = {}
    missing: tuple[MissingPackage, ...] = ()


def prepare_packages(
    project: Path, toolchain: Toolchain, *, install: bool, progress: Callable[[str], None]
) -> FunctionPackages:
    """Makes the packages available that sources below `amplify/` name and the project's `package.json` lists.

    A package that cannot be had is reported in `missing`, never raised.
    Raises VerifyError when the cache cannot be written.
    """
    if toolchain.own:
        return FunctionPackages()
    wanted = wanted_packages(project)
    foreign = tuple(
        MissingPackage(name, spec, "it does not come from the npm registry; run `npm install` in the project")
        for name, spec in wanted.items()
        if not _NAME.fullmatch(name) or not _REGISTRY_SPEC.fullmatch(spec)
    )
    wanted = {name: spec for name, spec in wanted.items() if name not in {package.name for package in foreign}}
    if not wanted:
        return FunctionPackages(missing=foreign)
    key = packages_key(wanted)
    # Inside the tools' folder: what these packages expect beside them (aws-cdk-lib, say) is then found above them.
    folder = toolchain.folder / f"packages-{key}"
    marker = read_marker(folder, key)
    if marker is None and not install:
        return FunctionPackages(missing=foreign + tuple(MissingPackage(*item, _NOT_ASKED) for item in wanted.items()))
    if marker is None:
        progress(f"installing the functions' packages: {', '.join(wanted)}")
        marker = install_folder(folder, key, _Installation(toolchain, wanted, key, progress).fill)
    missing = tuple(MissingPackage(name, wanted[name], reason) for name, reason in marker.missing.items())
    return FunctionPackages(folder if marker.versions else None, marker.versions, foreign + missing)


def packages_key(wanted: dict[str, str]) -> str:
    """Names a list of packages and version ranges."""
    return hashlib.sha256(msgspec.json.encode(wanted, order="sorted")).hexdigest()[:16]


def wanted_packages(project: Path) -> dict[str, str]:
    """Names and version ranges of the listed dependencies that a source below `amplify/` names in quotes, sorted.

    What the pinned tools bring themselves is left out: two copies of the CDK do not work together.
    """
    listed = _dependencies(project / "package.json")
    if not listed:
        return {}
    provided = pinned()
    named = {name for text in _sources(project / "amplify") for name in _SPECIFIER.findall(text)}
    return {name: listed[name] for name in sorted(listed) if name in named and name not in provided}


def _dependencies(manifest: Path) -> dict[str, str]:
    try:
        content = msgspec.json.decode(manifest.read_bytes())
    except (OSError, msgspec.DecodeError):
        return {}  # Node itself will complain about a package.json that cannot be read
    sections = (content.get(key) for key in ("devDependencies", "dependencies")) if isinstance(content, dict) else ()
    return {
        name: spec
        for section in sections
        if isinstance(section, dict)
        for name, spec in section.items()
        if isinstance(spec, str)
    }


def _sources(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in _SOURCES and "node_modules" not in path.parts and path.is_file() and not path.is_symlink():
            yield path.read_text(encoding="utf-8", errors="replace")


class _Installation:
    """One attempt after the other, each without the packages that made the one before fail."""

    def __init__(self, toolchain: Toolchain, wanted: dict[str, str], key: str, progress: Callable[[str], None]) -> None:
        self._toolchain = toolchain
        self._wanted = wanted
        self._key = key
        self._progress = progress

    def fill(self, folder: Path) -> Marker:
        missing: dict[str, str] = {}
        key = self._key
        remaining = dict(self._wanted)
        while remaining:
            failure = self._attempt(folder, remaining)
            if failure is None:
                break
            blamed = failing_packages(failure, remaining)
            culprits = blamed or tuple(remaining)
            key = key if failure.permanent else ""  # a reason that may pass: the folder serves this run only
            missing |= {name: _reason(failure, bool(blamed)) for name in culprits}
            remaining = {name: spec for name, spec in remaining.items() if name not in culprits}
            self._progress(f"not installed: {', '.join(culprits)} ({failure.reason})")
        modules = folder / "node_modules"
        modules.mkdir(exist_ok=True)
        for name in pinned():
            shutil.rmtree(modules / name, ignore_errors=True)  # the tools' own copy serves
        return Marker(key, {name: installed_version(modules, name) for name in remaining}, missing)

    def _attempt(self, folder: Path, packages: dict[str, str]) -> NpmFailure | None:
        manifest = {"name": "functions", "private": True, "dependencies": packages}
        (folder / "package.json").write_bytes(msgspec.json.encode(manifest))
        failure = run_npm(self._toolchain.node, ("install", *QUIET), folder, progress=self._progress)
        if failure and failure.code == "ERESOLVE":
            arguments = ("install", "--legacy-peer-deps", *QUIET)
            failure = run_npm(self._toolchain.node, arguments, folder, progress=self._progress)
        return failure


def failing_packages(failure: NpmFailure, packages: dict[str, str]) -> tuple[str, ...]:
    """The packages that npm's message blames; none when it blames the network, or something that they need."""
    if not failure.permanent:
        return ()
    return tuple(name for name in packages if re.search(rf"(?<![\w/@.-]){re.escape(name)}@", failure.text))


def _reason(failure: NpmFailure, blamed: bool) -> str:
    if blamed and failure.code == "ETARGET":
        return "the npm registry has no version that matches"
    if blamed and failure.code == "E404":
        return "the npm registry has no such package"
    said = [line for line in failure.text.splitlines() if not line.startswith("code ")]
    return ": ".join((failure.reason, *said[:1]))
