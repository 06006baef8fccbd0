"""The Node packages of the local AWS: AppSync's resolvers, and the AWS SDK that Lambda's Node runtimes bring."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from migrator.core.errors import LocalError
from migrator.node.cache import Marker, cache_folder, install_folder, read_marker
from migrator.node.npm import QUIET, run_npm
from migrator.node.runtime import find_node
from migrator.node.toolchain import installed_version

NEEDED_BYTES = 500_000_000
"""Free disk space asked for before an installation (about 130 MB stay)."""
_TOOLS = Path(__file__).resolve().parent / "appsync" / "tools"


def find_packages(*, install: bool, progress: Callable[[str], None]) -> Path:
    """The folder with the packages; `install` allows to download them (about 30 MB).

    Raises LocalError when they are missing and may not be installed, or npm fails; VerifyError without Node.
    """
    node = find_node()
    folder, key = packages_folder(), packages_key()
    if read_marker(folder, key) is None:
        if not install:
            hint = "allow the download (about 30 MB) with `migrate local start`"
            raise LocalError(f"the Node packages of the local AWS are not installed in {folder}", hint=hint)
        _require_space(folder.parent)
        progress(f"installing the Node packages of the local AWS into {folder}")

        def fill(place: Path) -> Marker:
            shutil.copytree(_TOOLS, place, dirs_exist_ok=True)
            failure = run_npm(node, ("ci", *QUIET), place, progress=progress)
            if failure:
                reason = f"{failure.reason}\n{failure.text}".strip()
                message = f"the Node packages of the local AWS could not be installed: {reason}"
                raise LocalError(message, hint=failure.hint)
            return Marker(key, _checked(place))

        install_folder(folder, key, fill)
        progress("the Node packages of the local AWS are installed")
    return folder


def packages_installed() -> bool:
    """Whether the packages are there."""
    return read_marker(packages_folder(), packages_key()) is not None


def packages_folder() -> Path:
    """Where the packages lie, or would."""
    return cache_folder() / f"local-node-{packages_key()}"


def packages_key() -> str:
    """Names the pinned packages."""
    files = sorted(path for path in _TOOLS.rglob("*") if path.is_file())
    content = hashlib.sha256()
    for file in files:
        content.update(file.relative_to(_TOOLS).as_posix().encode() + b"\0" + file.read_bytes())
    return content.hexdigest()[:16]


def pinned() -> dict[str, str]:
    """Names and exact versions of the packages that ship as pinned."""
    manifest = msgspec.json.decode((_TOOLS / "package.json").read_bytes(), type=dict[str, object])
    return msgspec.convert(manifest["dependencies"], dict[str, str])


def _checked(place: Path) -> dict[str, str]:
    versions = {name: installed_version(place / "node_modules", name) for name in pinned()}
    wrong = [name for name, version in pinned().items() if versions[name] != version]
    if wrong:
        raise LocalError(f"npm did not install the pinned version of {', '.join(wrong)}", hint="try again")
    return versions


def _require_space(folder: Path) -> None:
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(existing).free
    if free < NEEDED_BYTES:
        raise LocalError(
            f"{existing} has {free / 1e6:.0f} MB free; the Node packages need {NEEDED_BYTES / 1e6:.0f} MB",
            hint="free some disk space, or set MIGRATE_CACHE to a folder on another disk",
        )
