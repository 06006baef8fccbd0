"""The scripts of a package.json."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.documents.json_values import even, members
from migrator.documents.source import SourceFile
from migrator.engine.sources import Use
from migrator.sources.pipelines.command_line import commands
from migrator.sources.uses import Place

_HOLDERS = frozenset(("scripts", "hooks"))
"""Members whose strings are commands (`hooks`: of husky 4)."""


def package_json(file: SourceFile) -> Iterator[Use]:
    """The calls in scripts. A file that is not quite JSON is read as far as it goes."""
    for one in members(file.text):
        if one.holder in _HOLDERS and "amplify" in one.raw and one.is_text:
            yield from commands(even(one.raw), one.start, Place.BUILD)
