"""Whether a text is what its language says: asked before and after a file is changed."""

from __future__ import annotations

import json

from migrator.core.errors import ArtifactError
from migrator.documents.source import Language, NotScanned, SourceFile
from migrator.documents.syntax import is_broken, parsed

_TREES = frozenset(
    (
        Language.JAVASCRIPT,
        Language.TYPESCRIPT,
        Language.VUE,
        Language.SVELTE,
        Language.SWIFT,
        Language.KOTLIN,
        Language.JAVA,
        Language.DART,
    )
)


def parses(file: SourceFile) -> bool:
    """Whether the text can be read as a whole; always true of languages that have no form to break."""
    try:
        if file.language in _TREES:
            return not any(is_broken(top) for _, top in parsed(file))
        if file.language is Language.PYTHON:
            from migrator.documents.python_syntax import PythonCode

            PythonCode(file.text)
        elif file.language is Language.JSON:
            json.loads(file.text)
        elif file.language is Language.YAML:
            from migrator.documents.yaml_scalars import yaml_scalars

            tuple(yaml_scalars(file.text, file.path))
    except (NotScanned, ArtifactError, ValueError, RecursionError):
        return False
    return True
