"""The files of a Gen 2 project as values, before anything is written."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class OutputFile(Struct, frozen=True):
    """A file of the Gen 2 project: its path, its text or the file it is copied from, and the features that shape it.

    `path` is relative to the output folder, with forward slashes. A `content` that is a folder stands for all
    its files.
    """

    path: str
    content: str | Path
    features: tuple[str, ...]
