"""YAML: workflows, build settings, compose files. Commands stand under keys that pipelines run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from msgspec import structs

from migrator.core.errors import ArtifactError
from migrator.documents.json_values import even
from migrator.documents.source import NotScanned, SourceFile
from migrator.engine.sources import Use
from migrator.sources.pipelines.build_settings import with_gen2_commands
from migrator.sources.pipelines.command_line import commands
from migrator.sources.pipelines.workflow_commands import with_workflow_commands
from migrator.sources.uses import Place

_NAMES = (
    "run script scripts command commands cmd cmds before_script after_script before_install install after_install "
    "after_success before_deploy deploy after_deploy entrypoint args bash sh shell pwsh powershell inlineScript inline "
    "exec"
)
_KEYS = frozenset(_NAMES.split())
"""Keys whose values pipelines run."""
_BUILD_SPECS = frozenset(("BuildSpec", "buildSpec", "buildspec"))
"""Keys of CloudFormation templates whose text is YAML with commands in it."""
_CALL = re.compile(
    r"amplify(?:Push\b|(?:\.cmd|\.exe)?[\"']?(?:[ \t]|\\\n|$))|@aws-amplify/cli|amplify-cli/install", re.M
)
"""What a file must hold to be worth parsing: templates of the backend are full of the word."""
_LINE_END = re.compile(r"(?<!\\)\n(?=[ \t]*\S)")


def yaml(file: SourceFile) -> Iterator[Use]:
    """The calls in commands. Raises NotScanned for what is no YAML."""
    if not _CALL.search(file.text):
        return
    try:
        found = tuple(yaml_commands(file.text, 0, file.path, Place.BUILD))
        fix = (with_gen2_commands(file, found) or with_workflow_commands(file, found)) if found else None
        yield from (structs.replace(use, fix=fix) for use in found)
    except ArtifactError as error:
        line = f" (line {error.location.line})" if error.location and error.location.line else ""
        raise NotScanned(f"{error.message}{line}") from None


def yaml_commands(text: str, start: int, name: str, place: Place) -> Iterator[Use]:
    """The calls in YAML that stands at offset `start` of its file. Raises ArtifactError for what is no YAML."""
    from migrator.documents.yaml_scalars import yaml_scalars  # YAML is slow to import, and most runs need none

    for scalar in yaml_scalars(text, name):
        if scalar.key in _BUILD_SPECS and not scalar.folds:
            with suppress(ArtifactError):  # the name of a file, or a text with placeholders
                yield from yaml_commands(scalar.written, start + scalar.start, name, place)
        if scalar.key in _KEYS and "amplify" in scalar.written:
            written = even(scalar.written) if scalar.escapes else scalar.written
            written = _LINE_END.sub(" ", written) if scalar.folds else written
            yield from commands(written, start + scalar.start, place)
