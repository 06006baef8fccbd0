"""Front ends: what JavaScript and TypeScript code imports from Gen 1."""

from migrator.documents.source import Language
from migrator.engine.sources import Scanner, SourceCategory
from migrator.sources.frontend.imports import imports
from migrator.sources.uses import Import

CATEGORY = SourceCategory(
    name="frontend",
    prefix="JS",
    nodes=(Import,),
    scanners=(
        Scanner(
            frozenset((Language.JAVASCRIPT, Language.TYPESCRIPT, Language.VUE, Language.SVELTE)),
            (b"aws-exports", b"amplifyconfiguration", b"awsconfiguration"),
            imports,
        ),
    ),
)
