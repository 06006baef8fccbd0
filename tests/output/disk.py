"""Folders as values, for comparing what is on disk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from migrator.output.write import Output, OutputFile


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file with its content, every folder (with a trailing slash) with None; without git's own."""
    found: dict[str, bytes | None] = {}
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != ".git"]
        found.update({f"{Path(base, name).relative_to(folder).as_posix()}/": None for name in folders})
        found.update({Path(base, name).relative_to(folder).as_posix(): Path(base, name).read_bytes() for name in names})
    return found


def user_tree(folder: Path) -> dict[str, bytes | None]:
    """The same without what migrate remembers."""
    return {path: content for path, content in tree(folder).items() if not path.startswith(".migrate/")}


def output(files: Mapping[str, str | Path], **more: object) -> Output:
    """An output of these files, all of one feature."""
    return Output(tuple(OutputFile(path, content, ("auth",)) for path, content in files.items()), **more)  # type: ignore[arg-type]


def put(folder: Path, files: Mapping[str, str]) -> None:
    """Writes files as a user would."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content.encode())
