"""Modules that JavaScript and TypeScript code loads."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.documents.source import SourceFile
from migrator.engine.sources import Use
from migrator.sources.frontend.configuration import FILE
from migrator.sources.script import scripts
from migrator.sources.uses import Import


def imports(file: SourceFile) -> Iterator[Use]:
    """Every module worth a look that is named in an import, a `require` or a mock."""
    from migrator.sources.frontend.outputs_rewrite import with_outputs

    for script in scripts(file):
        for load in script.loads:
            start, end = script.place(load.string)
            fix = with_outputs(script, file) if FILE.search(load.module) else None
            yield Use(Import(load.module, load.form), start + 1, end - 1, fix)
