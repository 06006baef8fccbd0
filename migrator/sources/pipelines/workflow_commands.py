"""Workflows of GitHub with the commands of Gen 2, where they say which app and branch they deploy."""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrator.documents.source import SourceFile
from migrator.engine.sources import Edit, Fix, Use
from migrator.sources.uses import Command

_FOLDER = re.compile(r"(?:^|/)\.github/workflows/[^/]+\.ya?ml$")
_NAMES = tuple(re.compile(rf"^\s*{name}\s*:\s*\S", re.MULTILINE) for name in ("AWS_BRANCH", "AWS_APP_ID"))
"""The variables of Amplify Hosting, which the workflow sets itself."""
_LINE = re.compile(
    r"(?P<head>\s*(?:- )?(?:run:[ \t]+)?)(?P<command>(?:npx (?:(?:-y|--yes) )?)?"
    r"(?:amplify(?:Push)?|@aws-amplify/cli(?:@\S+)?)(?: [^&|;`<>\"'\n]*)?"
    r"|npm (?:i|install) (?:-g|--global) @aws-amplify/cli(?:@\S+)?)[ \t\r]*"
)
_PLACE = "--branch $AWS_BRANCH --app-id $AWS_APP_ID"
_COMMANDS = {
    "push": f"npx ampx pipeline-deploy {_PLACE}",
    "amplifyPush": f"npx ampx pipeline-deploy {_PLACE}",
    "pull": f"npx ampx generate outputs {_PLACE}",
    "install": "npm ci",
}


def with_workflow_commands(file: SourceFile, uses: Iterable[Use]) -> Fix | None:
    """The change of a workflow; None for other files, and where one of its commands has no certain counterpart."""
    if not _FOLDER.search(f"/{file.path}") or not all(name.search(file.text) for name in _NAMES):
        return None
    edits = [_edit(file.text, use) for use in uses]
    if any(edit is None for edit in edits):
        return None
    return Fix("Use the commands of Gen 2.", tuple(edit for edit in edits if edit is not None))


def _edit(text: str, use: Use) -> Edit | None:
    """The change of the one command of a line."""
    made = _COMMANDS.get(use.node.verb) if isinstance(use.node, Command) else None
    start, end = text.rfind("\n", 0, use.start) + 1, text.find("\n", use.start)
    line = text[start : len(text) if end < 0 else end]
    match = _LINE.fullmatch(line)
    if made is None or match is None:
        return None
    return Edit(start + match.start("command"), start + match.end("command"), made)
