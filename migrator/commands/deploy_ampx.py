"""`--target sandbox` and `--target branch`: the options as a target."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from migrator.deploy.targets.ampx import AmpxTarget
from migrator.deploy.targets.chosen import Account
from migrator.deploy.targets.chosen import ampx_target as made
from migrator.deploy.targets.interface import Progress

if TYPE_CHECKING:
    from migrator.commands.deploy_request import Request


def ampx_target(request: Request, gen2: Path, branch: str, progress: Progress) -> AmpxTarget:
    """The target that was asked for; `branch` is the one that the conversion was made for.

    Raises UsageError when something is not said.
    """
    account = Account(request.profile, request.region)
    return made(
        request.target,
        gen2,
        account,
        identifier=request.identifier,
        app_id=request.app_id,
        branch=request.branch or branch,
    )
