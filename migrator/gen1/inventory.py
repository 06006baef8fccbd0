"""Which resources an app has: everything that an index names, and every folder that none does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrator.core.location import Location
from migrator.core.ref import ResourceRef
from migrator.documents.document import Document
from migrator.gen1.entries import Entry, Indexes, pushed
from migrator.gen1.findings import finding
from migrator.gen1.layout import categories, looks_like_resource
from migrator.gen1.tree import Kind, join

if TYPE_CHECKING:
    from migrator.gen1.app import App

_NOT_RESOURCES = frozenset(("providers", "parameters"))
"""Members of the index files that are no categories (`parameters` lists environment parameters since CLI 10.6)."""


def read_entries(app: App) -> tuple[Entry, ...]:
    """The resources, in the order of `backend-config.json`, then those that only other places know."""
    named = _named(app)
    refs = dict.fromkeys(named)
    refs.update(dict.fromkeys(_folders(app, named)))
    return tuple(_entry(app, ref, ref in named) for ref in refs)


def _named(app: App) -> dict[ResourceRef, None]:
    found: dict[ResourceRef, None] = {}
    for document in (app.files.config, app.files.deployed_config, app.files.deployed_meta, app.files.local_meta):
        if document is not None:
            found.update(dict.fromkeys(_members(app, document)))
    return found


def _members(app: App, document: Document) -> Iterator[ResourceRef]:
    root = document.root if isinstance(document.root, dict) else {}
    for category, resources in root.items():
        if category in _NOT_RESOURCES or not isinstance(resources, dict):
            continue
        for name, body in resources.items():
            if isinstance(body, dict):
                yield ResourceRef(category, name)
            else:
                message = f"{name} stands among the resources of {category}, but describes none; it is not used."
                app.note(finding("GEN013", message, document.place((category, name))))


def _folders(app: App, named: dict[ResourceRef, None]) -> Iterator[ResourceRef]:
    """Folders of resources that no index names, in the source and in the deployed copy."""
    spelled = {(ref.category.lower(), ref.name.lower()): ref for ref in named}
    for backend in (app.backend, app.files.deployed):
        for category in categories(app.tree, backend) if backend is not None else ():
            folder = join(backend or "", category)
            for name, kind in app.tree.names(folder).items():
                ref = ResourceRef(category, name)
                if kind is not Kind.FOLDER or ref in named or name.startswith(".") or name == "node_modules":
                    continue
                twin = spelled.get((category.lower(), name.lower()))
                if twin is not None and _folder(app, backend, twin) == join(folder, name):
                    continue  # another spelling of a folder that is named
                if looks_like_resource(app.tree, join(folder, name)):
                    yield ref
                elif category in _KNOWN and backend == app.backend:
                    message = f"{category}/{name} holds nothing that a resource is made of; it is not read."
                    app.note(finding("GEN014", message, Location(join(folder, name))))


_KNOWN = frozenset(
    ("auth", "api", "storage", "function", "geo", "analytics", "notifications", "interactions", "predictions", "custom")
)


def _entry(app: App, ref: ResourceRef, named: bool) -> Entry:
    source = _folder(app, app.backend, ref)
    copy = _folder(app, app.files.deployed, ref)
    fits = app.deployed_fits
    meta = _part(app.files.deployed_meta, ref) if fits else None
    was_pushed = fits and (pushed(meta) or (app.files.deployed_meta is None and copy is not None))
    entry = Entry(app, ref, _indexes(app, ref, meta, was_pushed and copy is not None), source, copy, was_pushed)
    if not named and app.files.has_index:
        message = f"The folder of {ref} is named by no index; the Gen 1 CLI would not deploy it."
        entry.findings.append(finding("GEN014", message, Location(source or copy or "")))
    _note_missing(entry, source, copy)
    return entry


def _indexes(app: App, ref: ResourceRef, deployed_meta: Document | None, deployed: bool) -> Indexes:
    """The index parts that hold for a resource: the deployed copy's for what is deployed, else the source's first."""
    own = _part(app.files.config, ref)
    copied = _part(app.files.deployed_config, ref) if app.deployed_fits else None
    local_meta = _part(app.files.local_meta, ref) if app.deployed_fits else None
    metas = (deployed_meta,) if deployed and deployed_meta else (local_meta, deployed_meta)
    team = app.team.part("categories", ref.category, ref.name) if app.team is not None else None
    return Indexes(
        (copied or own) if deployed else (own or copied),
        tuple(part for part in metas if part is not None),
        team if team is not None and team.root else None,
    )


def _note_missing(entry: Entry, source: str | None, copy: str | None) -> None:
    if source is not None or copy is not None or _needs_no_folder(entry):
        return
    entry.dead = not entry.pushed
    index = entry.indexed()
    message = f"{entry.ref} is named here, but has no folder: it was deleted, renamed, or not committed."
    entry.findings.append(finding("GEN013", message, index.document.place(()) if index.present else None))


def _needs_no_folder(entry: Entry) -> bool:
    return (
        entry.ref.category == "notifications"
        or (entry.ref.category, entry.service) == ("hosting", "amplifyhosting")
        or entry.imported
        or entry.indexed("mobileHubMigrated").flag().value
    )


def _folder(app: App, backend: str | None, ref: ResourceRef) -> str | None:
    if backend is None or not ref.name or "/" in ref.name or ref.name in (".", ".."):
        return None
    return app.tree.find(backend, ref.category, ref.name, kind=Kind.FOLDER)


def _part(document: Document | None, ref: ResourceRef) -> Document | None:
    if document is None:
        return None
    part = document.part(ref.category, ref.name)
    return part if isinstance(part.root, dict) else None
