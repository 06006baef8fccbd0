"""What is odd about an app as a whole: changes that were not pushed, and secrets in files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrator.core.finding import Finding
from migrator.core.location import Location
from migrator.core.secrets import looks_secret
from migrator.documents.document import Document, Json, Pointer
from migrator.gen1.entries import Entry
from migrator.gen1.findings import finding
from migrator.gen1.graph import Evidence
from migrator.gen1.layout import SETTINGS, settings_files
from migrator.gen1.tree import Tree, join

if TYPE_CHECKING:
    from migrator.gen1.project import App

_TEXTS = (".graphql", ".vtl", "override.ts", "cdk-stack.ts")
_SKIPPED = frozenset(("node_modules", "dist", "build", ".temp", "src", "lib", "opt"))
_SHOWN = 4


def note_pending_changes(app: App) -> None:
    """Marks the entries whose source differs from what is deployed."""
    if app.deployed is None or app.backend is None or not app.deployed_fits:
        return
    for entry in app.entries:
        entry.pending = _pending(app, entry)
        if entry.pending:
            place = app.backend and join(app.backend, f"{entry.ref.category}/{entry.ref.name}")
            entry.findings.append(finding("GEN016", f"{entry.ref}: {entry.pending}", Location(place)))


def _pending(app: App, entry: Entry) -> str:
    source, copy = entry.places
    if not entry.pushed and entry.evidence is not Evidence.DEPLOYED:
        return "" if entry.dead or app.deployed_meta is None else "it was never pushed."
    if copy is None:
        return ""
    if source is None:
        return "it was removed from the source, but is still deployed."
    changed = [path for path in _compared(app.tree, source, copy) if _differs(app.tree, source, copy, path)]
    more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
    listed = ", ".join(changed[:_SHOWN])
    return f"{listed}{more} changed since the last push; what is deployed is read." if changed else ""


def _compared(tree: Tree, source: str, copy: str) -> list[str]:
    """Settings and schema files; what is built is compared where both copies have it."""
    files: dict[str, None] = {}
    for folder in (source, copy):
        files.update(dict.fromkeys(path for path in tree.files(folder, _SKIPPED) if path.endswith(_TEXTS)))
        files.update(dict.fromkeys(settings_files(tree, folder)))
    both = {path for path in files if _exists(tree, source, path) and _exists(tree, copy, path)}
    return sorted(path for path in files if path in both or not path.startswith("build/"))


def _exists(tree: Tree, folder: str, path: str) -> bool:
    return tree.kind(join(folder, path)) is not None


def _differs(tree: Tree, source: str, copy: str, path: str) -> bool:
    ours, theirs = (join(folder, path) for folder in (source, copy))
    if tree.kind(ours) is None or tree.kind(theirs) is None:
        return True
    try:
        same = tree.path(ours).read_bytes() == tree.path(theirs).read_bytes()
    except OSError:
        return False  # said when the file is read
    if same or not path.endswith(SETTINGS):
        return not same
    unheard: list[Finding] = []
    one, two = tree.document(ours, unheard), tree.document(theirs, unheard)
    return (one and one.root) != (two and two.root)


def note_secrets(app: App) -> None:
    """Findings for secrets in files that projects commit. Their values are never part of a message."""
    for document in (app.team_file, app.root_stack):
        if document is not None:
            for name, pointer in _secrets(document.root, (), ""):
                app.note(_secret(document, name, pointer))
    for entry in app.entries:
        for role, document in entry.documents.items():
            if role in ("meta", "team-provider"):
                continue
            for name, pointer in _secrets(document.root, (), ""):
                if role != "template" or "Default" in pointer or "Variables" in pointer:
                    entry.findings.append(_secret(document, name, pointer))


def _secret(document: Document, name: str, pointer: Pointer) -> Finding:
    return finding("GEN022", f"{name} looks like a secret.", document.place(pointer))


def _secrets(value: Json, pointer: Pointer, name: str) -> Iterator[tuple[str, Pointer]]:
    if isinstance(value, dict):
        for key, item in value.items():
            # `Default` of a template's parameter is named by the parameter
            below = name if key in ("Default", "value", "Value") else key
            yield from _secrets(item, (*pointer, key), below)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _secrets(item, (*pointer, index), name)
    elif isinstance(value, str) and looks_secret(name, value):
        yield name, pointer
