"""Every `override.ts` of an app, to facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.overrides.model import Kind, OverrideStatement
from migrator.categories.overrides.refused import reason
from migrator.core.errors import ArtifactError
from migrator.core.finding import Finding
from migrator.core.ref import ResourceRef
from migrator.documents.load import read_text
from migrator.documents.traced import absent
from migrator.engine.override_source import statements
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Evidence, Fact, Resource, fact
from migrator.gen1.overrides import does_something, override_of
from migrator.gen1.project import App
from migrator.gen1.tree import join

SERVICE = "Overrides"
ROOT = "project"
"""In the place of a resource: the root stack."""
_SERVICES = ("Cognito", "Cognito-UserPool-Groups", "S3", "DynamoDB", "AppSync", "API Gateway")
_ALONE = frozenset(
    (
        "userPool",
        "userPoolClientWeb",
        "userPoolClient",
        "identityPool",
        "identityPoolRoleMap",
        "s3Bucket",
        "dynamoDBTable",
        "authRole",
        "unauthRole",
        "deploymentBucket",
    )
)
_BY_NAME = frozenset(("userPoolGroup", "userPoolGroupRole"))


def read(entry: Entry, app: App) -> Resource:
    """No entry of an index belongs to this category. Raises ArtifactError."""
    raise ArtifactError(f"{entry.ref} is no override")


def read_app(app: App) -> Resource | None:
    """The statements of all overrides; None where there is none that does anything."""
    ref = ResourceRef("overrides", app.name)
    facts = (*_of_root(ref, app), *(one for entry in app.entries for one in _of_entry(entry, app)))
    return Resource(ref, SERVICE, app.evidence, tuple(facts)) if facts else None


def _of_root(ref: ResourceRef, app: App) -> Iterator[Fact[OverrideStatement]]:
    path = app.root_override
    if path is None:
        return
    name = path.relative_to(app.tree.root).as_posix()
    findings: list[Finding] = []
    text = read_text(path, name, findings, app.tree.root)
    for found in findings:
        app.note(found)
    if text is not None and does_something(text):
        pool = next((entry.ref for entry in app.of("auth", "Cognito")), ref)
        yield from _facts(pool, name, text, ROOT, "", app, seen=False)


def _of_entry(entry: Entry, app: App) -> Iterator[Fact[OverrideStatement]]:
    if entry.service not in _SERVICES or entry.imported:
        return
    found = override_of(entry)
    if found is None:
        return
    name, text = found
    source, copy = entry.places
    folder = copy if entry.folder is not None and copy and entry.folder == app.tree.path(copy) else source
    seen = entry.evidence is not Evidence.SOURCE and "template" in entry.documents
    yield from _facts(entry.ref, join(folder or str(entry.ref), name), text, str(entry.ref), entry.service, app, seen)


def _facts(
    owner: ResourceRef, file: str, text: str, about: str, service: str, app: App, seen: bool
) -> Iterator[Fact[OverrideStatement]]:
    project = app.cursor("project-config.json").get("projectName").text(app.name).value
    for one in statements(text, project):
        construct, member, path = _place(one.steps, service)
        kind = Kind.UNKNOWN if not construct or not path else Kind.CALL if one.is_call else Kind.ASSIGN
        values: dict[str, Any] = {
            "file": file,
            "line": one.line,
            "text": one.text,
            "about": about,
            "service": service,
            "kind": kind,
            "construct": construct,
            "member": member,
            "path": path,
            "values": one.values,
            "env": one.env,
            "seen": seen and (service != "AppSync" or kind is not Kind.UNKNOWN),
            "reason": "the code is not understood" if kind is Kind.UNKNOWN else reason(construct, path, one),
        }
        key = f"{file}:{one.line}"
        yield fact(OverrideStatement, owner, key, {name: absent(value) for name, value in values.items()})


def _place(steps: tuple[str, ...], service: str) -> tuple[str, str, tuple[str, ...]]:
    """What is changed, which of several, and the way on from there."""
    match steps:
        case (first, *rest) if first in _ALONE:
            return first, "", tuple(rest)
        case (first, name, *rest) if first in _BY_NAME:
            return first, name, tuple(rest)
        case ("api", "GraphQLAPI", *rest) if service == "AppSync":
            return "GraphQLAPI", "", tuple(rest)
        case ("models", name, "modelDDBTable", *rest) if service == "AppSync":
            return "modelDDBTable", name, tuple(rest)
    return "", "", steps
