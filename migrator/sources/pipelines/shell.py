"""Shell scripts."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.documents.source import SourceFile
from migrator.engine.sources import Use
from migrator.sources.pipelines.command_line import commands
from migrator.sources.uses import Place


def shell(file: SourceFile) -> Iterator[Use]:
    """The calls in a script; batch and PowerShell files are read in the same way."""
    return commands(file.text, 0, Place.BUILD)
