"""Converting inside the project itself: when that is safe, and what is renamed for it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from migrator.core.errors import ConversionError, UsageError
from migrator.core.location import Location
from migrator.output.plan import Move

GEN1 = "amplify"
KEPT = "amplify-gen1"
"""The name that the Gen 1 folder gets."""

_PRODUCTION = frozenset(("main", "master", "prod", "production"))
_SHOWN = 5


class GitState(Struct, frozen=True):
    """What git says about a folder: its branch (empty: none is checked out), uncommitted files, all branch names."""

    branch: str
    changed: tuple[str, ...]
    branches: tuple[str, ...] = ()


def prepare(
    root: Path, environments: tuple[str, ...], branch_map: Mapping[str, str], *, force: bool = False
) -> tuple[Move, ...]:
    """What has to be renamed in `root` before the Gen 2 project is written there; nothing when an earlier run did it.

    `environments` are those of team-provider-info.json; `branch_map` gives the branch of an environment when its name
    is another. `force` goes on with uncommitted changes or without git, never on a branch that a live environment
    deploys from. Raises UsageError when something has to be done first, ConversionError when a folder is in the way.
    """
    state = git_state(root)
    if state is not None:
        _refuse_live_branch(state, environments, branch_map)
    if not force:
        _require_clean(state)
    return _moves(root)


def git_state(root: Path) -> GitState | None:
    """What git knows about the folder; None when it is in no repository, or when there is no git."""
    if _git(root, "rev-parse", "--is-inside-work-tree") != "true\n":
        return None
    status = _git(root, "status", "--porcelain", "-z", "--untracked-files=normal", "--", ".") or ""
    branch = _git(root, "symbolic-ref", "--quiet", "--short", "HEAD") or ""
    branches = _git(root, "for-each-ref", "--format=%(refname:short)", "refs/heads") or ""
    return GitState(branch.strip(), _changed(status), tuple(branches.split()))


def _git(root: Path, *arguments: str) -> str | None:
    """Standard output; None when git fails or is missing. No hook or monitor that the repository names is run."""
    quiet = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ("git", *quiet, "-C", str(root), *arguments), capture_output=True, env=environment, check=False
        )
    except OSError:
        return None  # no git on this machine: the caller treats the folder as unversioned
    return done.stdout.decode(errors="replace") if done.returncode == 0 else None


def _changed(status: str) -> tuple[str, ...]:
    """Paths of `git status --porcelain -z` (https://git-scm.com/docs/git-status#_porcelain_format_version_1)."""
    found: list[str] = []
    entries = iter(status.split("\0"))
    for entry in entries:
        if entry:
            found.append(entry[3:])
        if entry[:1] in ("R", "C"):
            next(entries, None)  # the name before
    return tuple(sorted(found))


def live_branches(environments: tuple[str, ...], branch_map: Mapping[str, str]) -> Mapping[str, str]:
    """Branches that environments deploy from: by the map, by their own name, or as the branch for production."""
    found: dict[str, str] = {}
    for environment in sorted(environments):
        branch = branch_map.get(environment, environment)
        found.setdefault(branch, environment)
        if environment not in branch_map and environment in _PRODUCTION:
            found.update({name: environment for name in sorted(_PRODUCTION) if name not in found})
    return found


def _refuse_live_branch(state: GitState, environments: tuple[str, ...], branch_map: Mapping[str, str]) -> None:
    live = live_branches(environments, branch_map)
    if state.branch not in live:
        return
    proposed = _new_branch(state, live)
    raise UsageError(
        f"the branch {state.branch} is checked out, and the live environment {live[state.branch]} deploys from it",
        hint=f"A push would replace the Gen 1 backend. Make a branch first: git switch -c {proposed}",
    )


def _new_branch(state: GitState, live: Mapping[str, str]) -> str:
    taken = {*state.branches, *live}
    names = ("gen2", f"{state.branch}-gen2", *(f"{state.branch}-gen2-{number}" for number in range(2, len(taken) + 4)))
    return next(name for name in names if name not in taken)


def _require_clean(state: GitState | None) -> None:
    if state is None:
        raise UsageError(
            "the project is in no git repository, so there is no way back but `migrate convert --undo`",
            hint="Commit the project to git first, convert into a folder with --out, or use --force.",
        )
    if state.changed:
        more = f" and {len(state.changed) - _SHOWN} more" if len(state.changed) > _SHOWN else ""
        raise UsageError(
            f"there are uncommitted changes: {', '.join(state.changed[:_SHOWN])}{more}",
            hint="Commit or stash them, convert into a folder with --out, or use --force.",
        )


def _moves(root: Path) -> tuple[Move, ...]:
    source, target = root / GEN1, root / KEPT
    if _is_gen1(source):
        if target.exists() or target.is_symlink():
            raise ConversionError(
                f"{KEPT} is there already, and {GEN1} holds a Gen 1 backend too",
                hint=f"Rename or remove {KEPT}, then run the command again.",
                location=Location(KEPT),
            )
        if source.is_symlink():
            raise ConversionError(f"{GEN1} is a link and cannot be renamed", location=Location(GEN1))
        return (Move(GEN1, KEPT),)
    if _is_gen1(target):
        return ()
    raise ConversionError(
        f"there is no Gen 1 backend in {GEN1}",
        hint="Run the command in the folder that holds `amplify/`, or choose the app with --app.",
        location=Location(GEN1),
    )


def _is_gen1(folder: Path) -> bool:
    return any(
        (folder / name).exists() for name in ("backend", "#current-cloud-backend", ".config/project-config.json")
    )
