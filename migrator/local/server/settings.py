"""What the parent process tells the server: one JSON object on the command line."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 1
"""The layout of the state folder."""


class Refusal(Exception):
    """The server cannot do what it was asked; said to the parent in one line with a hint."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass
class Settings:
    """How this server runs. Some can be changed while it does."""

    state: Path
    version: str
    port: int = 0
    fixed_port: bool = False
    account: str = "000000000000"
    region: str = "us-east-1"
    owned: bool = True
    """It ends with its parent; otherwise it stays until it is told to stop."""
    without: tuple[str, ...] = ()
    """Patches left out; for the tests that show what a patch is for."""
    enforce_iam: bool = False
    network: bool = False
    """Functions may reach more than this machine."""
    node_modules: tuple[str, ...] = ()
    """Where functions find the AWS SDK that Lambda's Node runtimes bring; `import` looks into the first one only."""
    simulator: str = ""
    """Folder of the packages that evaluate AppSync resolvers; empty when they are not installed."""
    api_ids: dict[str, str] = field(default_factory=dict)
    """Ids that GraphQL APIs get when they are created, by the name of the API."""

    def public(self) -> dict[str, Any]:
        """What a status says of it."""
        return {
            "account": self.account,
            "region": self.region,
            "owned": self.owned,
            "without": list(self.without),
            "enforce_iam": self.enforce_iam,
            "network": self.network,
            "simulator": bool(self.simulator),
        }


def read_settings(text: str) -> Settings:
    """The settings of the command line."""
    given = json.loads(text)
    lists = {name: tuple(given.get(name, ())) for name in ("without", "node_modules")}
    return Settings(**{**given, **lists, "state": Path(given["state"])})


def prepare_variables(settings: Settings, services: Path, objects: Path) -> None:
    """Sets the variables that the emulator reads when it is imported. Nothing else reaches it: no profile, no key."""
    scratch = settings.state / "work" / "tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "COMSPEC", "PATHEXT", "WINDIR") if name in os.environ
    }
    os.environ.clear()
    os.environ.update(kept)
    os.environ.update(
        GATEWAY_PORT=str(settings.port),
        BIND_HOST="127.0.0.1",
        MINISTACK_HOST="localhost",
        MINISTACK_ACCOUNT_ID=settings.account,
        MINISTACK_REGION=settings.region,
        PERSIST_STATE="1",
        STATE_DIR=str(services),
        S3_PERSIST="1",
        S3_DATA_DIR=str(objects),
        IOT_MTLS_ENABLED="0",
        SFTP_ENABLED="0",
        LAMBDA_EXECUTOR="local",
        DOCKER_HOST="unix:///nonexistent.sock",
        AUTH="true" if settings.enforce_iam else "false",
        LOG_LEVEL="INFO",
        **scrubbed(scratch),
    )


def scrubbed(scratch: Path) -> dict[str, str]:
    """Variables that keep the user's home folder and AWS configuration out of sight."""
    folder = str(scratch)
    return {
        "HOME": folder,
        "USERPROFILE": folder,
        "TMPDIR": folder,
        "TEMP": folder,
        "TMP": folder,
        "LANG": "C.UTF-8",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
