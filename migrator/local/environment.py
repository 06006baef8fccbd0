"""The Python environment of the local AWS: a folder of its own in the user's cache, with pinned packages.

The emulator's exact pins do not go together with ours, hence no package of it is in our own environment.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from migrator.core.errors import LocalError
from migrator.node.cache import Marker, cache_folder, install_folder, read_marker
from migrator.node.process import Outcome, Processes

EMULATOR = "ministack"
VERSION = "1.5.33"
"""The one version of the emulator that the patches are for."""
NEEDED_BYTES = 300_000_000
"""Free disk space asked for before an installation (about 90 MB stay)."""
_LIST = (
    "import importlib.metadata as m, json; "
    "print(json.dumps({found.name.lower(): found.version for found in m.distributions()}))"
)
_INSTALL_LIMIT = 900.0
_FOLDER = "environment"
_KEPT = ("PATH", "HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LANG",
         "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE",
         "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "NETRC")  # fmt: skip
_OFFLINE = ("NewConnectionError", "ConnectTimeout", "Temporary failure in name resolution", "ReadTimeout",
            "ProxyError", "Name or service not known", "nodename nor servname", "getaddrinfo failed",
            "Max retries exceeded")  # fmt: skip
_REASONS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("No space left", "Errno 28"), "the disk is full", "free some space, or set MIGRATE_CACHE to another disk"),
    (("DO NOT MATCH THE HASHES",), "a package is not the pinned one", "run `pip cache purge` and try again"),
    (_OFFLINE, "the package index cannot be reached", "check the network, the proxy and `pip config list`"),
    (("Permission denied", "Errno 13"), "a folder cannot be written", "set MIGRATE_CACHE to a folder of your own"),
    (("No matching distribution",), "the package index lacks a package", "check `pip config list` and the network"),
    (("No module named pip", "ensurepip"), "Python has no pip", "install the package python3-venv of your system"),
)


class Environment(Struct, frozen=True):
    """The installed environment: its Python, its folder, and the versions of its packages by name."""

    python: Path
    folder: Path
    versions: dict[str, str]


def find_environment(*, install: bool, progress: Callable[[str], None]) -> Environment:
    """The environment in the user's cache; `install` allows to download its packages (about 30 MB).

    Raises LocalError when it is missing and may not be installed, or when installing fails.
    """
    folder, key = environment_folder(), environment_key()
    marker = read_marker(folder, key, holds=_FOLDER)
    if marker is None:
        if not install:
            hint = "allow the download (about 30 MB) with `migrate local start`"
            raise LocalError(f"the local AWS is not installed in {folder}", hint=hint)
        _require_space(folder.parent)
        progress(f"installing the local AWS ({EMULATOR} {VERSION}) into {folder}")
        marker = install_folder(folder, key, lambda place: _fill(place, progress), holds=_FOLDER)
        progress("the local AWS is installed")
    return Environment(_python(folder), folder, marker.versions)


def environment_installed() -> bool:
    """Whether the environment is there."""
    return read_marker(environment_folder(), environment_key(), holds=_FOLDER) is not None


def environment_folder() -> Path:
    """Where the environment lies, or would."""
    return cache_folder() / f"local-{VERSION}-{environment_key()}"


def environment_key() -> str:
    """Names the pinned packages on this kind of machine, with this Python."""
    content = hashlib.sha256(requirements().read_bytes())
    content.update(f"{sysconfig.get_platform()} {platform.python_implementation()} {sys.version_info[:2]}".encode())
    return content.hexdigest()[:16]


def requirements() -> Path:
    """The file of the pinned packages, with the hashes of all their builds."""
    return Path(__file__).resolve().parent / "requirements.txt"


def pinned() -> dict[str, str]:
    """Names and versions of the pinned packages."""
    lines = requirements().read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ")[0].split("==") for line in lines if "==" in line)


def _fill(place: Path, progress: Callable[[str], None]) -> Marker:
    target = place / _FOLDER
    with Processes() as processes:
        made = _run(processes, (sys.executable, "-m", "venv", str(target)), place, progress)
        _check(made, "the environment of the local AWS could not be made")
        command = (
            str(_python(place)), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps",
            "--only-binary", ":all:", "--require-hashes", "--requirement", str(requirements()),
        )  # fmt: skip
        _check(_run(processes, command, place, progress), "the local AWS could not be installed")
        versions = _versions(processes, place, progress)
    wrong = [name for name, version in pinned().items() if versions.get(name) != version]
    if wrong:
        raise LocalError(f"pip did not install the pinned version of {', '.join(wrong)}", hint="try again")
    return Marker(environment_key(), versions)


def _versions(processes: Processes, place: Path, progress: Callable[[str], None]) -> dict[str, str]:
    outcome = _run(processes, (str(_python(place)), "-I", "-c", _LIST), place, progress)
    _check(outcome, "the environment of the local AWS does not run")
    return msgspec.json.decode(outcome.out, type=dict[str, str])


def _run(processes: Processes, command: tuple[str, ...], place: Path, progress: Callable[[str], None]) -> Outcome:
    start = time.monotonic()
    return processes.run(
        command,
        folder=place,
        environment=_installing_environment(),
        limit=_INSTALL_LIMIT,
        tick=lambda _: progress(f"pip: {time.monotonic() - start:.0f} s"),
    )


def _check(outcome: Outcome, message: str) -> None:
    if outcome.timed_out:
        raise LocalError(f"{message}: it did not finish within {_INSTALL_LIMIT:.0f} s", hint="check the network")
    if outcome.code:
        raise explain_failure(message, outcome.err + outcome.out)


def explain_failure(message: str, text: str) -> LocalError:
    """What pip's output says about its failure."""
    for words, reason, hint in _REASONS:
        if any(word in text for word in words):
            return LocalError(f"{message}: {reason}", hint=hint)
    errors = [line for line in text.splitlines() if "error" in line.lower()]
    return LocalError(
        f"{message}: {(errors or ['pip failed'])[-1].strip()}", hint="see `pip config list`, and try again"
    )


def _installing_environment() -> dict[str, str]:
    """For pip: home, registry and proxy settings; nothing of AWS and nothing that changes Python."""
    return {
        name: value for name, value in os.environ.items() if name.upper() in _KEPT or name.upper().startswith("PIP_")
    }


def _python(folder: Path) -> Path:
    return folder / _FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _require_space(folder: Path) -> None:
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(existing).free
    if free < NEEDED_BYTES:
        raise LocalError(
            f"{existing} has {free / 1e6:.0f} MB free; the local AWS needs {NEEDED_BYTES / 1e6:.0f} MB",
            hint="free some disk space, or set MIGRATE_CACHE to a folder on another disk",
        )
