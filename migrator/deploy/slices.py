"""The features one after the other: in which order, and the project that holds the first of them only.

A slice is cut out of the user's project, not out of what migrate would write anew: each file that the user left as it
was written is taken as it is written for the slice; each file that the user changed, added or removed is taken from
the user, wherever it is the same in both. Files of later features are left out. A file that was changed *and* is
different in the slice cannot be cut: the slice is then deployed together with the next one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from migrator.core.errors import DeployError
from migrator.core.features import rank
from migrator.core.ref import ResourceRef
from migrator.gen1.graph import LinkKind, ResourceGraph
from migrator.output.manifest import MANIFEST, fingerprint

_NEVER = frozenset({"node_modules", ".git", ".amplify", "cdk.out", ".migrate"})
_BACKEND = "amplify/"
_WAITING = (LinkKind.AUTHORIZES, LinkKind.USES, LinkKind.STREAM)
"""Links whose source needs its target first. Triggers come along with what triggers them."""


class Cut(Struct, frozen=True):
    """A slice that was cut out, or the edited files that kept it from being cut."""

    features: tuple[str, ...]
    folder: Path
    obstacles: tuple[str, ...] = ()


def deploy_order(graph: ResourceGraph, features: Mapping[ResourceRef, str], held: Iterable[str]) -> tuple[str, ...]:
    """The features of a backend so that each comes after those it depends on; where they need each other, as listed."""
    waiting = sorted(set(held), key=rank)
    needs: dict[str, set[str]] = {feature: set() for feature in waiting}
    for kind in _WAITING:
        for link in graph.links(kind=kind):
            source, target = features.get(link.source), features.get(link.target)
            if source in needs and target in needs and source != target:
                needs[source].add(target)
    ordered: list[str] = []
    while waiting:
        ready = next((f for f in waiting if not _holds_up(f, needs) & set(waiting)), waiting[0])
        waiting.remove(ready)
        ordered.append(ready)
    return tuple(ordered)


def _holds_up(feature: str, needs: Mapping[str, set[str]]) -> set[str]:
    """The features that one waits for: those it needs, but for those that need it, too."""
    return {other for other in needs[feature] if feature not in _reached(other, needs)}


def _reached(feature: str, needs: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [feature]
    while waiting:
        new = needs[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def cut(user: Path, written: Path, part: Path, target: Path, features: tuple[str, ...]) -> Cut:
    """The user's project with some features only, in `target`, which is made anew.

    `written` is what migrate writes for all features of the user's project, `part` what it writes for these. Raises
    DeployError when the copy cannot be written.
    """
    try:
        shutil.rmtree(target, ignore_errors=True)
        mine, whole, some = (project_files(folder) for folder in (user, written, part))
        obstacles = []
        for path in sorted(mine.keys() | whole.keys() | some.keys()):
            source, certain = _source(path, mine, whole, some)
            if not certain:
                obstacles.append(path)
            if source is not None:
                copy = target / path
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, copy)  # with its mode: programs stay programs
        _link_packages(user, target)
        _copy_manifest(part, target)
    except OSError as problem:
        raise DeployError(
            f"the slice {', '.join(features)} could not be written to {target}: {problem.strerror or problem}",
            hint="check that the disk is not full and the folder can be written",
        ) from problem
    return Cut(features, target, tuple(obstacles))


def copied(user: Path, target: Path) -> None:
    """The user's project as it is, in `target`, which is made anew. Raises DeployError."""
    cut(user, user, user, target, ())


def _source(
    path: str, mine: Mapping[str, Path], whole: Mapping[str, Path], some: Mapping[str, Path]
) -> tuple[Path | None, bool]:
    """Where a file of the slice comes from (None: it has none), and whether that is certain."""
    if not path.startswith(_BACKEND):  # package.json and the like: the user's serves every slice
        return mine.get(path), True
    own, full, partial = (_fingerprint(files.get(path)) for files in (mine, whole, some))
    if own == full or (full and not partial):  # not edited; or of a feature that comes later, as it is edited
        return some.get(path), True
    return mine.get(path), partial in (full, own)


def _fingerprint(path: Path | None) -> str:
    return fingerprint(path.read_bytes()) if path else ""


def project_files(folder: Path) -> dict[str, Path]:
    """What lies in a project, by path, without packages and what is made; links are left out."""
    return {path.relative_to(folder).as_posix(): path for path in _walk(folder)}


def _walk(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _NEVER)
        for name in sorted(names):
            path = Path(base, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _link_packages(user: Path, target: Path) -> None:
    """The project's own packages, for what is started in the copy (ampx)."""
    modules = user / "node_modules"
    if modules.is_dir():
        (target / "node_modules").symlink_to(modules.resolve(), target_is_directory=True)


def _copy_manifest(part: Path, target: Path) -> None:
    """What the slice was converted from, and its features: checks compare it with Gen 1 by that."""
    if (part / MANIFEST).is_file():
        (target / MANIFEST).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(part / MANIFEST, target / MANIFEST)
