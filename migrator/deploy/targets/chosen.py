"""Which sandbox or branch the options mean."""

from __future__ import annotations

import getpass
import json
import re
from pathlib import Path

from msgspec import Struct

from migrator.aws.configured import configured_region
from migrator.aws.session import Session
from migrator.core.errors import AwsError, UsageError
from migrator.deploy.targets.ampx import AmpxTarget
from migrator.deploy.targets.interface import BackendIdentity, TargetName
from migrator.verify.workspace import Mode

_IDENTIFIER = re.compile(r"[A-Za-z0-9-]{1,15}")
"""https://docs.amplify.aws/react/reference/cli-commands/#npx-ampx-sandbox"""


class Account(Struct, frozen=True):
    """Which account, as the options say it."""

    profile: str = ""
    region: str = ""

    def session(self) -> Session:
        """A session in the region that is chosen or configured; the region is empty when there is none."""
        try:
            region = self.region or configured_region(self.profile)
        except AwsError:
            region = ""  # no such profile: preflight says so
        return Session(region, self.profile)


def ampx_target(
    name: TargetName,
    gen2: Path,
    account: Account,
    *,
    identifier: str = "",
    app_id: str = "",
    branch: str = "",
) -> AmpxTarget:
    """The target that the options describe. Raises UsageError when one is missing or cannot be used."""
    session = account.session()
    if name is TargetName.BRANCH:
        if not app_id or not branch:
            missing = " and ".join(o for o, value in (("--app-id", app_id), ("--branch", branch)) if not value)
            raise UsageError(f"--target branch needs {missing}", hint="The Amplify console shows both.")
        return AmpxTarget(gen2, BackendIdentity(Mode.BRANCH, app_id, branch), session)
    return AmpxTarget(gen2, BackendIdentity(Mode.SANDBOX, _package_name(gen2), _sandbox_name(identifier)), session)


def _sandbox_name(identifier: str) -> str:
    if not identifier:
        return getpass.getuser()  # what ampx takes, too
    if not _IDENTIFIER.fullmatch(identifier):
        raise UsageError(f"{identifier!r} is no identifier", hint="Up to 15 letters, digits and hyphens.")
    return identifier


def _package_name(gen2: Path) -> str:
    """The sandbox's namespace: the name in package.json."""
    file = gen2 / "package.json"
    try:
        name = json.loads(file.read_text(encoding="utf-8-sig")).get("name")
    except (OSError, ValueError, AttributeError) as problem:
        hint = "Name the folder of the Gen 2 project, or run `migrate convert` first."
        raise UsageError(f"{file} cannot be read: {problem}", hint=hint) from None
    if not isinstance(name, str) or not name:
        raise UsageError(f"{file} has no name, which sandboxes are named by", hint='Add `"name": "my-app"` to it.')
    return name
