"""Folders and files of the Gen 1 CLI, known by their paths alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.documents.source import SourceFile
from migrator.engine.sources import Use
from migrator.sources.uses import ConfigurationFile, FolderKind, Gen1File, Gen1Folder, SideBySide, TeamProviderInfo

_DEPLOYED = re.compile(r"(?P<folder>(?:.*/)?#current-cloud-backend)/")
_SOURCE = re.compile(
    r"(?P<folder>(?:.*/)?backend)/(?:backend-config\.json|amplify-meta\.json"
    r"|[a-z]+/[^/]+/(?:cli-inputs\.json|[^/]+-cloudformation-template\.(?:json|ya?ml)))$"
)
_GEN2 = re.compile(r"^(?P<folder>(?:.*/)?)backend\.(?:ts|mts|js)$", re.MULTILINE)
_HOOK = re.compile(r"(?:^|/)amplify/hooks/(?:pre|post)-[a-z-]+\.(?:js|sh|py|ts|mjs)$")
_CONFIGURATION = re.compile(
    r"(?:.*/)?(?P<name>aws-exports\.(?:js|mjs|cjs|ts|json)|(?:amplifyconfiguration|awsconfiguration)\.(?:json|dart))$"
)


def places(file: SourceFile) -> Iterator[Use]:
    """The Gen 1 folder that the file is in, or the configuration file that it is."""
    path = file.path
    if found := _DEPLOYED.match(path):
        yield Use(Gen1Folder(found.group("folder"), FolderKind.DEPLOYED))
    elif found := _SOURCE.match(path):
        yield Use(Gen1Folder(found.group("folder"), FolderKind.SOURCE))
    elif _HOOK.search(path):
        yield Use(Gen1File(path, "hook"))
    elif path.rpartition("/")[2] == ".graphqlconfig.yml":
        yield Use(Gen1File(path, "codegen"))
    elif path.endswith("team-provider-info.json") and path.rpartition("/")[2] == "team-provider-info.json":
        yield Use(TeamProviderInfo(path))
    elif found := _CONFIGURATION.match(path):
        yield Use(ConfigurationFile(found.group("name")))


def side_by_side(file: SourceFile) -> Iterator[Use]:
    """Each folder that holds a Gen 1 backend and a Gen 2 one."""
    gen2 = {match.group("folder") for match in _GEN2.finditer(file.text)}
    at = 0
    for line in file.text.split("\n"):
        found = _SOURCE.match(line)
        if found and (folder := found.group("folder").removesuffix("backend")) in gen2:
            gen2.discard(folder)
            yield Use(SideBySide(folder.removesuffix("/") or "."), at, at + len(line))
        at += len(line) + 1
