"""Functions run without the server's settings, without the network unless it is allowed, and end with the server."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from ..settings import Settings

DEFECT = (
    "Functions are ordinary processes on this machine: they inherit the server's variables, and nothing keeps them "
    "from the network. They also miss the modules that Lambda gives them, and go on for ever when the server is killed."
)
REPLACES = {
    "ministack.core.lambda_runtime:subprocess": "",
    "ministack.core.lambda_runtime:Worker._spawn": "self",
}
_SERVER = Path(__file__).resolve().parent.parent
GUARDS = _SERVER / "guards"
_OWN = ("GATEWAY_PORT", "EDGE_PORT", "BIND_HOST", "PERSIST_STATE", "STATE_DIR", "S3_PERSIST", "S3_DATA_DIR",
        "IOT_MTLS_ENABLED", "SFTP_ENABLED", "LAMBDA_EXECUTOR", "DOCKER_HOST", "AUTH", "LOG_LEVEL",
        "PYTHONDONTWRITEBYTECODE")  # fmt: skip


class _Subprocess:
    """The module `subprocess`, of which `Popen` starts functions with another environment."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __getattr__(self, name: str) -> Any:
        return getattr(subprocess, name)

    def Popen(self, command: Any, *, env: dict[str, str] | None = None, **rest: Any) -> Any:
        return subprocess.Popen(command, env=function_environment(self._settings, env or {}), **rest)


def apply(settings: Settings) -> None:
    """Gives the runtime another `subprocess`, and functions the packages of Lambda's Node runtimes."""
    from ministack.core import lambda_runtime

    lambda_runtime.subprocess = _Subprocess(settings)
    modules = Path(os.environ["TMPDIR"]) / "node_modules"  # above the folders in which functions are unpacked
    if settings.node_modules and not modules.exists():
        modules.symlink_to(settings.node_modules[0], target_is_directory=True)


def function_environment(settings: Settings, given: dict[str, str]) -> dict[str, str]:
    """What a function sees: its own variables, the emulator's endpoint and keys, and what keeps it from the network."""
    kept = {name: value for name, value in given.items() if name not in _OWN and not name.startswith("MINISTACK_")}
    paths = [kept.get("NODE_PATH", ""), *settings.node_modules, str(_SERVER / "node")]
    kept["NODE_PATH"] = os.pathsep.join(path for path in paths if path)
    guards = ("lifeline.cjs",) if settings.network else ("lifeline.cjs", "network.cjs")
    loaded = [f"--require {_quoted(GUARDS / name)}" for name in guards]
    kept["NODE_OPTIONS"] = " ".join([*loaded, kept.get("NODE_OPTIONS", "")]).strip()
    kept["PYTHONPATH"] = os.pathsep.join(path for path in (str(GUARDS), kept.get("PYTHONPATH", "")) if path)
    kept["MIGRATE_LOCAL_NETWORK"] = "on" if settings.network else "off"
    return kept


def _quoted(path: Path) -> str:
    """https://nodejs.org/api/cli.html#node_optionsoptions"""
    text = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
