"""Every `override.ts` of an app, to facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from migrator.categories.overrides.model import Kind, OverrideStatement
from migrator.categories.overrides.refused import reason
from migrator.categories.overrides.resolvers import function_name, resolver_key
from migrator.core.errors import ArtifactError
from migrator.core.finding import Finding
from migrator.core.ref import ResourceRef
from migrator.documents.load import read_text
from migrator.documents.traced import absent
from migrator.engine.override_source import ADDITIONS, Statement, nothing_shown, statements
from migrator.engine.override_spelling import cloudformation
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Evidence, Fact, Resource, fact
from migrator.gen1.overrides import does_something, override_of
from migrator.gen1.project import App
from migrator.gen1.tree import join
from migrator.typescript.nodes import Lit

SERVICE = "Overrides"
ROOT = "project"
"""In the place of a resource: the root stack."""
_UNKNOWN = "the code is not understood"
_REST = "API Gateway"
_SERVICES = ("Cognito", "Cognito-UserPool-Groups", "S3", "DynamoDB", "AppSync", _REST)
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


def _is_made(ref: ResourceRef, app: App) -> bool:
    """Whether the category of REST APIs makes the template that the CLI would build, with what the override does."""
    entry = app.entry(ref)
    said = entry.cursor("cli-inputs.json").get("paths").whole().value if entry else None
    return entry is not None and entry.service == _REST and isinstance(said, dict)


def _paths(steps: tuple[str, ...]) -> Any:
    """What stands for the parts of an API's document, which its category knows: any path, and any list."""
    if steps == ("restApi", "body", "paths"):
        return {"*": {}}
    return [] if steps[:2] == ("restApi", "body") and not steps[-1].isdecimal() else None


def _facts(
    owner: ResourceRef, file: str, text: str, about: str, service: str, app: App, seen: bool
) -> Iterator[Fact[OverrideStatement]]:
    project = app.cursor("project-config.json").get("projectName").text(app.name).value
    made = not seen and _is_made(owner, app)
    for one in _once(statements(text, project, _paths if made else nothing_shown)):
        construct, member, path = _place(one, service)
        kind = _kind(one, construct, path)
        why = _UNKNOWN if kind is Kind.UNKNOWN else reason(construct, path, one, service)
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
            "seen": _is_in_made(one, kind, path) if made else seen and not _is_unread(service, construct, kind),
            "reason": why,
        }
        key = f"{file}:{one.line}"
        yield fact(OverrideStatement, owner, key, {name: absent(value) for name, value in values.items()})


def _kind(one: Statement, construct: str, path: tuple[str, ...]) -> Kind:
    if construct in ADDITIONS:
        return Kind.ADD
    if not construct or not path:
        return Kind.UNKNOWN
    return Kind.CALL if one.is_call else Kind.ASSIGN


def _once(found: Iterable[Statement]) -> Iterable[Statement]:
    """A loop as one statement, which is understood where all of it is."""
    kept: dict[tuple[int, str], Statement] = {}
    for one in found:
        if (one.line, one.text) not in kept or kept[one.line, one.text].steps:
            kept[one.line, one.text] = one
    return kept.values()


def _is_unread(service: str, construct: str, kind: Kind) -> bool:
    """Whether nobody reads in a built template what such a statement does."""
    unread = kind in (Kind.UNKNOWN, Kind.ADD) or construct in ("resolver", "resolverFunction", "OpenSearchDomain")
    return service == "AppSync" and unread


def _is_in_made(one: Statement, kind: Kind, path: tuple[str, ...]) -> bool:
    """Whether the template that is made here shows what a statement does."""
    if kind is Kind.UNKNOWN or one.env:
        return False
    if kind is Kind.ADD:
        return one.steps != ("addCfnOutput",) and len(one.values) > 1
    if kind is Kind.CALL:
        return len(path) == 1 and bool(one.values) and isinstance(one.values[0], Lit)
    return path[0] == "body" or all(cloudformation(step) for step in path)


def _place(one: Statement, service: str) -> tuple[str, str, tuple[str, ...]]:
    """What is changed, which of several, and the way on from there."""
    match one.steps:
        case (first,) if first in ADDITIONS:
            id = one.values[1] if len(one.values) > 1 else None
            return first, str(id.value) if isinstance(id, Lit) else "", ()
        case (first, *rest) if first in _ALONE:
            return first, "", tuple(rest)
        case (first, name, *rest) if first in _BY_NAME:
            return first, name, tuple(rest)
        case ("api", "GraphQLAPI", *rest) if service == "AppSync":
            return "GraphQLAPI", "", tuple(rest)
        case ("models", name, "modelDDBTable", *rest) if service == "AppSync":
            return "modelDDBTable", name, tuple(rest)
        case ("models", _, ("resolvers" | "appsyncFunctions") as of, name, *rest) if service == "AppSync":
            return _resolver(of, name, tuple(rest))
        case (_, ("resolvers" | "appsyncFunctions") as of, name, *rest) if service == "AppSync":
            return _resolver(of, name, tuple(rest))
        case ("opensearch", "OpenSearchDomain", *rest) if service == "AppSync":
            return "OpenSearchDomain", "", tuple(rest)
        case (("restApi" | "deploymentResource") as first, *rest) if service == _REST:
            return first, "", tuple(rest)
        case ("policies", path, "groups", group, *rest) if service == _REST:
            return "groupPolicy", f"{group} {path}", tuple(rest)
    return "", "", one.steps


def _resolver(of: str, name: str, path: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """A resolver of the API, or a function of one."""
    if of == "resolvers":
        return "resolver" if resolver_key(name) else "", resolver_key(name), path
    return "resolverFunction" if function_name(name) else "", function_name(name), path
