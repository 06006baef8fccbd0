"""Which target a deployment goes to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from migrator.deploy.targets.interface import BackendIdentity, Progress, Target, TargetName
from migrator.node.toolchain import Toolchain
from migrator.output.manifest import read_manifest
from migrator.verify.workspace import Mode

if TYPE_CHECKING:
    from migrator.commands.deploy_request import Request


class OpenedTarget(Target, Protocol):
    """A target with what the command needs besides."""

    @property
    def reachable(self) -> bool:
        """Whether `current` answers; for a plan, without having been opened."""
        ...

    def known(self) -> bool:
        """Whether anything was ever deployed, as far as can be told without asking."""
        ...

    def use(self, toolchain: Toolchain) -> None:
        """Takes note of the Node packages."""
        ...


def target_of(request: Request, gen2: Path, branch: str, progress: Progress) -> OpenedTarget:
    """The target that was asked for. Raises UsageError when something is not said."""
    if request.target is TargetName.LOCAL:
        from migrator.deploy.targets.local import LocalTarget

        return LocalTarget(gen2, local_identity(request, gen2, branch), network=request.network)
    from migrator.commands.deploy_ampx import ampx_target

    return ampx_target(request, gen2, branch, progress)


def local_identity(request: Request, gen2: Path, branch: str) -> BackendIdentity:
    """A branch deployment, as in production: sandboxes throw their tables away. Its app id is the project's name."""
    name = request.app_id or re.sub(r"[^a-z0-9]", "", project_name(gen2).lower())[:40] or "project"
    return BackendIdentity(Mode.BRANCH, name, request.branch or branch)


def project_name(gen2: Path) -> str:
    """The Gen 1 project's name, else that in package.json, else the folder's."""
    kept = read_manifest(gen2).options.project
    if kept:
        return kept
    try:
        told = msgspec.json.decode((gen2 / "package.json").read_bytes())
        return str(told.get("name") or gen2.name) if isinstance(told, dict) else gen2.name
    except (OSError, msgspec.DecodeError):
        return gen2.name
