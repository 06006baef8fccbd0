"""The files of a repository: what git would show, without what others wrote and what tools made."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

_NAMES = (
    "node_modules bower_components jspm_packages vendor third_party .git .hg .svn .yarn .pnpm-store .venv venv "
    "site-packages __pycache__ Pods Carthage .gradle .dart_tool DerivedData dist .next .nuxt .output .svelte-kit "
    ".angular .expo .turbo .vercel .parcel-cache .cache coverage cdk.out .aws-sam .serverless .amplify "
    ".amplify-hosting"
)
_VENDORED = frozenset(_NAMES.split())
"""Folders that are never looked into."""
_BUILT = frozenset(("build", "out", "target"))
"""Folders that are results where no ignore file says otherwise."""
_GENERATED = re.compile(
    r"(?:^|/)(?:#current-cloud-backend/|backend/(?:awscloudformation/|[^/]+/[^/]+/build/)|mock-data/)"
    r"|[.-]min\.[cm]?js$|\.bundle\.js$"
)


_MANIFEST = ".migrate/manifest.json"
_NOTES = "MIGRATION.md"
"""What `migrate convert` writes beside its manifest: it speaks of Gen 1 commands, to say what to do about them."""


class Skipped(Struct, frozen=True):
    """A file or folder that was not looked at, and why."""

    path: str
    reason: str


class Walk:
    """The files below some paths, each once; what could not be listed is in `skipped` afterwards."""

    def __init__(self, root: Path) -> None:
        self.root = os.path.realpath(root)
        self.skipped: list[Skipped] = []
        self._inside: dict[str, bool] = {}

    def files(self, paths: Iterable[Path]) -> Iterator[str]:
        """Paths relative to `root`, with forward slashes. A file that is named is always among them."""
        seen: set[str] = set()
        for path in paths:
            place = os.path.realpath(path)
            listed = self._folder(place) if os.path.isdir(place) else iter((place,))
            for file in listed:
                if file not in seen:
                    seen.add(file)
                    yield self.shown(file)

    def shown(self, path: str) -> str:
        """A path as it is shown."""
        relative = os.path.relpath(path, self.root)
        return relative.replace(os.sep, "/")

    def _folder(self, folder: str) -> Iterator[str]:
        names = _listed_by_git(folder)
        if names is None:
            reason = "git is not installed: ignore files were not honoured"
            self.skipped.append(Skipped(self.shown(folder), reason))
            names = _plain(folder)
        own_notes = {f"{name.removesuffix(_MANIFEST)}{_NOTES}" for name in names if name.endswith(_MANIFEST)}
        for name in sorted(names - own_notes):
            path = os.path.join(folder, name)
            if name.endswith("/"):  # a repository of its own
                yield from self._folder(path[:-1]) if not _vendored(name) else ()
            elif not _vendored(name) and self._is_file(folder, path):
                yield path

    def _is_file(self, folder: str, path: str) -> bool:
        """Whether it is a regular file, reached without following a link."""
        parent = os.path.dirname(path)
        if parent not in self._inside:
            self._inside[parent] = os.path.realpath(parent) == parent
        try:
            return self._inside[parent] and stat.S_ISREG(os.lstat(path).st_mode)
        except (OSError, ValueError):
            return False  # listed by git, but gone from the disk


def is_generated(path: str) -> bool:
    """Whether tools write the file: the copy of what was deployed, built templates, bundles."""
    return _GENERATED.search(path) is not None


def _vendored(name: str) -> bool:
    return not _VENDORED.isdisjoint(name.split("/")[:-1])


def _listed_by_git(folder: str) -> set[str] | None:
    """Tracked and unignored files of a folder; None without git.

    A folder that is in no repository, or that its repository ignores, is listed with the ignore files in it.
    """
    own = _git(folder, "ls-files", "-co", "--exclude-standard", "-z")
    if own:
        return own
    with tempfile.TemporaryDirectory() as scratch:
        if _git(scratch, "init", "--quiet", "--bare", "--template=", scratch) is None:
            return None
        places = (f"--git-dir={scratch}", f"--work-tree={folder}")
        return _git(folder, *places, "ls-files", "-o", "--exclude-standard", "-z")


def _git(folder: str, *arguments: str) -> set[str] | None:
    """What git lists; None when it fails. Nothing that the repository's configuration names is run."""
    quiet = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "core.quotePath=false")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**kept, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ("git", *quiet, "-C", folder, *arguments),
            capture_output=True,
            env=environment,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except OSError:
        return None  # no git on this machine
    if done.returncode != 0:
        return None
    return {os.fsdecode(name) for name in done.stdout.split(b"\0") if name}


def _plain(folder: str) -> set[str]:
    """Every file, without what is vendored or built by its folder's name."""
    found: set[str] = set()
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _VENDORED | _BUILT]
        found.update(os.path.relpath(os.path.join(parent, name), folder).replace(os.sep, "/") for name in names)
    return found
