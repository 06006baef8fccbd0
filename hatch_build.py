"""Compiles the rules into the wheel: checked YAML in, JSON out, so that no command has to read YAML."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRules(BuildHookInterface[Any]):
    """Adds `migrator/rules/*.json` (and the YAML they come from) to the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles every file of `rules/`. Raises RuleError when one is wrong: then there is no wheel."""
        if version == "editable":
            return  # a checkout compiles its rules when they change
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from migrator.commands.rulebook import check_folder
            from migrator.engine.loader import compile_folder
        finally:
            sys.path.pop(0)
        check_folder(root / "rules")
        self._scratch = tempfile.TemporaryDirectory()
        for name, compiled in compile_folder(root / "rules"):
            target = Path(self._scratch.name) / f"{name}.json"
            target.write_bytes(compiled)
            build_data["force_include"][str(target)] = f"migrator/rules/{name}.json"
            build_data["force_include"][str(root / "rules" / f"{name}.yaml")] = f"migrator/rules/{name}.yaml"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Removes the scratch folder."""
        if hasattr(self, "_scratch"):
            self._scratch.cleanup()
