"""Whether the project's functions may run on this machine: asked once for each project, and kept."""

from __future__ import annotations

from pathlib import Path

import msgspec

from migrator.core.errors import DeployError


def known_consent(folder: Path) -> bool | None:
    """What was said before about running the project's functions; None when nobody was asked."""
    try:
        return bool(msgspec.json.decode((folder / "consent.json").read_bytes())["functions"])
    except (OSError, msgspec.DecodeError, KeyError, TypeError):
        return None


def keep_consent(folder: Path, functions: bool) -> None:
    """Keeps the answer. Raises DeployError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "consent.json").write_bytes(msgspec.json.encode({"functions": functions}) + b"\n")
    except OSError as problem:
        raise DeployError(f"{folder} cannot be written: {problem.strerror or problem}") from problem
