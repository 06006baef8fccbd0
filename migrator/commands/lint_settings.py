"""What a repository says about `migrate lint`: `[tool.migrate.lint]` in pyproject.toml, `[lint]` in .migrate.toml."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from migrator.core.errors import UsageError
from migrator.engine.sources import SEVERITIES

OWN, PYPROJECT = ".migrate.toml", "pyproject.toml"


class PathSettings(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What is otherwise for the files that a pattern fits."""

    select: tuple[str, ...] = ()
    """Only these rules."""
    ignore: tuple[str, ...] = ()


class LintSettings(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The settings; what the command line says comes first."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    """Patterns of files that are not looked at."""
    fail_on: str = ""
    baseline: str = ""
    paths: dict[str, PathSettings] = {}
    """By pattern: `legacy/**`."""
    source: str = ""
    """The file they come from."""

    def excludes(self, path: str) -> bool:
        """Whether a file is not looked at."""
        return any(fits(pattern, path) for pattern in self.exclude)


def read_settings(folder: Path) -> LintSettings:
    """The settings for a folder: those of the nearest file upwards, within its repository.

    Raises UsageError, with the file, for a key or a value that is none.
    """
    for place in (folder, *folder.parents):
        for name, keys in ((OWN, ("lint",)), (PYPROJECT, ("tool", "migrate", "lint"))):
            if (path := place / name).is_file() and (table := _table(path, keys)) is not None:
                return _checked(path, table)
        if (place / ".git").exists():
            break
    return LintSettings()


def _table(path: Path, keys: tuple[str, ...]) -> dict[str, Any] | None:
    import tomllib  # most repositories say nothing

    try:
        value: Any = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        if path.name == PYPROJECT:
            return None  # whose file it is will say so
        raise UsageError(f"{path} is not readable as TOML: {error}", hint="docs/lint.md shows the settings.") from None
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    if value is None and path.name == OWN:
        raise UsageError(f"{path} has no table [lint]", hint="docs/lint.md shows the settings.")
    return value if isinstance(value, dict) else None


def _checked(path: Path, table: dict[str, Any]) -> LintSettings:
    try:
        found = msgspec.convert({**table, "source": str(path)}, LintSettings)
    except msgspec.ValidationError as error:
        raise UsageError(f"{path}: {error}", hint="docs/lint.md shows the settings.") from None
    words = (*SEVERITIES, "never")
    if found.fail_on and found.fail_on not in words:
        raise UsageError(f"{path}: fail-on is one of {', '.join(words)}", hint="docs/lint.md shows the settings.")
    return found


def fits(pattern: str, path: str) -> bool:
    """Whether a path fits a pattern: `*` within a folder, `**` over folders; without a slash at any depth."""
    return _pattern(pattern).fullmatch(path) is not None


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    text = pattern.strip("/")
    text = text if "/" in pattern.rstrip("/") else f"**/{text}"
    text = f"{text}/**" if pattern.endswith("/") else text
    parts = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    made = "".join(parts.get(part, re.escape(part)) for part in re.split(r"(\*\*/|\*\*|\*|\?)", text))
    return re.compile(f"{made}(?:/.*)?" if not text.endswith("*") else made)
