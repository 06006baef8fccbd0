"""placeholder"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.engine.sources import Fix
from migrator.sources.script import Script

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode


def with_path(script: Script, call: SyntaxNode) -> Fix | None:
    return None
