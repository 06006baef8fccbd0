"""Finding Amplify folders, front-end configuration and Gen 2 backends below a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from migrator.gen1.tree import Kind, Tree, join

SKIPPED = frozenset(
    ("node_modules", "bower_components", "vendor", "Pods", "Carthage", "site-packages", "venv", "env", "dist", "build")
).union(("out", "target", "coverage", "__pycache__", "cdk.out", "DerivedData"))
"""Folders of dependencies and of what tools make; hidden folders are skipped too."""

_FRONT_END = re.compile(
    r"aws-exports\.(?:js|ts|mjs|json)|amplifyconfiguration\.(?:json|dart|js|ts)|awsconfiguration\.json", re.IGNORECASE
)
_MANIFESTS = ("package.json", "pubspec.yaml", "Podfile", "Package.swift", "settings.gradle", "settings.gradle.kts")
_BACKEND = re.compile(r"backend\.(?:ts|mts|js|mjs)")
_RELEASED = re.compile(r"\bdefineBackend\s*\(")
_PREVIEW = re.compile(r"\bnew\s+Backend\s*\(")
_DEEPEST = 12
_MOST_FOLDERS = 50_000


class Gen2Backend(Struct, frozen=True):
    """The file that defines a Gen 2 backend."""

    file: str
    form: str
    """`released` (`defineBackend(...)`) or `preview` (`new Backend(...)`, of 2023)."""


class Found(Struct):
    """What lies below a folder; paths are relative to it."""

    amplify: list[str] = []
    """Gen 1 `amplify` folders."""
    front_ends: list[str] = []
    gen2: list[Gen2Backend] = []


def search(tree: Tree, start: str = "") -> Found:
    """Everything below `start`, nearest first."""
    found = Found()
    pending, seen = [start], 0
    while pending and seen < _MOST_FOLDERS:
        folder = pending.pop(0)
        seen += 1
        names = tree.names(folder)
        found.gen2.extend(_gen2(tree, folder, names))
        if is_amplify(tree, folder):
            found.amplify.append(folder)
            continue
        found.front_ends.extend(
            join(folder, name) for name, kind in names.items() if kind is Kind.FILE and _FRONT_END.fullmatch(name)
        )
        pending.extend(_below(tree, folder, names))
    return found


def _below(tree: Tree, folder: str, names: dict[str, Kind]) -> Iterator[str]:
    if folder.count("/") >= _DEEPEST:
        return
    for name, kind in names.items():
        path = join(folder, name)
        if kind is Kind.FOLDER and name not in SKIPPED and name[0] not in ".#" and not tree.path(path).is_symlink():
            yield path


def is_amplify(tree: Tree, folder: str) -> bool:
    """Whether a folder is the `amplify` folder of a Gen 1 project, whatever its name."""
    names = {name.lower(): name for name in tree.names(folder)}
    called = folder.rpartition("/")[2].lower() == "amplify"
    if "#current-cloud-backend" in names or (called and "team-provider-info.json" in names):
        return True
    if ".config" in names and tree.find(folder, ".config", "project-config.json"):
        return True
    if "backend" not in names or tree.kind(join(folder, names["backend"])) is not Kind.FOLDER:
        return False
    inside = {name.lower() for name in tree.names(join(folder, names["backend"]))}
    if inside & {"backend-config.json", "amplify-meta.json"}:
        return True
    return called and bool(inside & {"auth", "api", "function", "storage", "awscloudformation", "hosting", "custom"})


def _gen2(tree: Tree, folder: str, names: dict[str, Kind]) -> Iterator[Gen2Backend]:
    for name, kind in names.items():
        if kind is Kind.FILE and _BACKEND.fullmatch(name):
            text = tree.text(join(folder, name), []) or ""
            if "@aws-amplify/backend" not in text:
                continue
            if _RELEASED.search(text):
                yield Gen2Backend(join(folder, name), "released")
            elif _PREVIEW.search(text):
                yield Gen2Backend(join(folder, name), "preview")


def is_project_root(tree: Tree) -> bool:
    """Whether the root has the marks of a project: a repository or a package's manifest."""
    return any(name in tree.names("") for name in (".git", *_MANIFESTS))


def package_of(tree: Tree, file: str) -> str:
    """The folder of the front-end project that a file belongs to: the nearest with a manifest, else the root."""
    folder = file.rpartition("/")[0]
    while folder:
        if any(name in tree.names(folder) for name in _MANIFESTS):
            return folder
        folder = folder.rpartition("/")[0]
    return ""
