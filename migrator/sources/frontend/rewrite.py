"""placeholder"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migrator.documents.source import SourceFile
from migrator.engine.sources import Fix
from migrator.sources.script import Script


def rewritten(script: Script, found: Sequence[Any], file: SourceFile) -> Fix | None:
    return None
