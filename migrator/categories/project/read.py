"""The settings of a Gen 1 project as a whole, to facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.project.model import CategoryFile, FeatureFlag, ProjectSettings, Tag
from migrator.core.errors import ArtifactError
from migrator.core.ref import ResourceRef
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Source, Traced, absent, gather, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, Resource, fact
from migrator.gen1.project import App

SERVICE = "Project"
_BOUNDARY = "PermissionsBoundaryPolicyArn"


def read(entry: Entry, app: App) -> Resource:
    """No entry of an index belongs to this category. Raises ArtifactError."""
    raise ArtifactError(f"{entry.ref} is not a project")


def read_app(app: App) -> Resource | None:
    """What the files say about the app as a whole; None when its backend is not here."""
    if app.folder is None:
        return None
    ref = ResourceRef("project", app.name)
    facts: tuple[Fact[Any], ...] = (_settings(ref, app), *_flags(ref, app), *_category_files(ref, app))
    return Resource(ref, SERVICE, app.evidence, facts, documents=tuple(app.documents.items()))


def _settings(ref: ResourceRef, app: App) -> Fact[ProjectSettings]:
    config = app.cursor("project-config.json")
    values: dict[str, Traced[Any]] = {
        "name": config.get("projectName").text(app.name),
        **_front_end(config),
        "tags": gather(_tags(app)),
        "permissions_boundaries": _boundaries(app),
        "hooks": absent(app.hooks),
        "hook_settings": app.cursor("hooks/hooks-config.json").whole().map(lambda v: v if isinstance(v, dict) else {}),
    }
    return fact(ProjectSettings, ref, "settings", values)


def _front_end(config: Cursor) -> dict[str, Traced[Any]]:
    kind = config.get("frontend").text("javascript")
    own = config.get(kind.value)
    settings = own.get("config")
    return {
        "front_end.kind": kind,
        "front_end.framework": own.get("framework").text(),
        "front_end.source": settings.get("SourceDir").text(),
        "front_end.configuration": settings.get("ResDir").text(),
        "front_end.built": settings.get("DistributionDir").text(),
        "front_end.build_command": settings.get("BuildCommand").text(),
        "front_end.start_command": settings.get("StartCommand").text(),
    }


def _tags(app: App) -> Iterator[Traced[Tag]]:
    """https://docs.amplify.aws/gen1/javascript/tools/cli/project/tags/"""
    for tag in app.tags.elements():
        key, value = tag.get("Key").text(), tag.get("Value").text()
        if key.value:
            yield traced(Tag(key.value, value.value), key, value)


def _boundaries(app: App) -> Traced[dict[str, str]]:
    """By environment; nothing when no environment has a boundary.

    https://docs.amplify.aws/gen1/javascript/tools/cli/project/permissions-boundary/
    """
    found: dict[str, Traced[str]] = {}
    for env in app.environments:
        if env == app.env:
            told = app.cursor("providers").get("awscloudformation", _BOUNDARY).text()
            found[env] = app.cursor("team-provider").get(_BOUNDARY).text().or_else(told)
        elif app.files.team_file is not None:
            found[env] = Cursor(app.files.team_file, []).get(env, "awscloudformation", _BOUNDARY).text()
    if not any(boundary.value for boundary in found.values()):
        return traced({}, *found.values())
    return traced({env: boundary.value for env, boundary in found.items()}, *found.values())


def _flags(ref: ResourceRef, app: App) -> Iterator[Fact[FeatureFlag]]:
    for section, name, value in app.flags.written():
        flag = f"{section}.{name}"
        yield fact(FeatureFlag, ref, flag, {"flag": traced(flag, value)})


def _category_files(ref: ResourceRef, app: App) -> Iterator[Fact[CategoryFile]]:
    for role in app.category_files:
        if role in app.documents:
            yield fact(CategoryFile, ref, role, {"file": Traced(role, (Source(app.documents[role], ()),))})
