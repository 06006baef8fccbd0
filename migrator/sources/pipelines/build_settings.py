"""amplify.yml with the commands of Gen 2, as `migrate convert` writes it."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from migrator.documents.source import SourceFile
from migrator.engine.sources import Edit, Fix, Use

_LOCKS = {"pnpm-lock.yaml": "pnpm", "yarn.lock": "yarn", "bun.lockb": "bun", "bun.lock": "bun"}


_JOINED = re.compile(r"[&|;`<>]|\$\(")
"""More than one command, or what goes in and out of one."""


def with_gen2_commands(file: SourceFile, uses: Iterable[Use]) -> Fix | None:
    """The change of a file of build settings; None for other files, where a command is one of several in its line, and
    where something would be left to the user."""
    if posixpath.basename(file.path) not in ("amplify.yml", "amplify.yaml"):
        return None
    if any(_JOINED.search(_line(file.text, use.start)) for use in uses):
        return None
    from migrator.output.amplify_yml import amplify_yml  # YAML is slow to import, and most runs need none

    folder = posixpath.dirname(file.path)
    names = file.others(folder)
    manager = next((_LOCKS[name] for name in names if name in _LOCKS), "npm")
    made = amplify_yml(file.text, package_manager=manager, scripts=_scripts(file, folder))
    if made.tasks or made.text == file.text:
        return None
    return Fix("Deploy with the commands of Gen 2.", tuple(_edits(file.text, made.text)))


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : len(text) if end < 0 else end]


def _scripts(file: SourceFile, folder: str) -> dict[str, str]:
    """The scripts of package.json, which commands may call."""
    try:
        found = json.loads(file.other(posixpath.join(folder, "package.json")) or "{}")
    except ValueError:
        return {}
    scripts = found.get("scripts") if isinstance(found, dict) else None
    return {name: text for name, text in scripts.items() if isinstance(text, str)} if isinstance(scripts, dict) else {}


def _edits(before: str, after: str) -> Iterator[Edit]:
    """The lines that differ."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    offsets = [0]
    for line in old:
        offsets.append(offsets[-1] + len(line))
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Edit(offsets[a], offsets[b], "".join(new[c:d]))
