"""Which environment variables Node programs get to see."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_SYSTEM = ("PATH", "SYSTEMROOT", "COMSPEC", "PATHEXT", "WINDIR")
_INSTALL = (
    *_SYSTEM,
    "HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TEMP", "TMP", "LANG",
    "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR",
    "NPM_TOKEN", "NODE_AUTH_TOKEN",  # a user's .npmrc may name these two to reach a private registry
)  # fmt: skip

_BUILD = (
    "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
    "GOPROXY", "GOFLAGS", "JAVA_HOME", "GRADLE_HOME", "DOTNET_ROOT",
)  # fmt: skip


def checking_environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """For programs that run the project's code: the search path, an empty home folder, no credentials, no tokens."""
    kept = {name: os.environ[name] for name in _SYSTEM if name in os.environ}
    folder = str(home)
    return {
        **kept,
        "HOME": folder,
        "USERPROFILE": folder,
        "TMPDIR": folder,
        "TEMP": folder,
        "TMP": folder,
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
        **(extra or {}),
    }


def installing_environment() -> dict[str, str]:
    """For npm, which runs no package's code here: also the user's home, registry and proxy settings."""
    return {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _INSTALL or name.lower().startswith("npm_config_")
    } | {"NO_COLOR": "1", "NPM_CONFIG_UPDATE_NOTIFIER": "false"}


def building_environment() -> dict[str, str]:
    """For tools that build functions in other languages: where they find their packages."""
    return {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _BUILD or name.upper().startswith(("PIP_", "NUGET_"))
    }
