"""Changes in the source that were not pushed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.core.finding import Finding
from migrator.core.secrets import REDACTED
from migrator.documents.document import Document, Json
from migrator.gen1.graph import Evidence
from migrator.gen1.layout import SETTINGS, settings_files
from migrator.gen1.tree import Tree, join

if TYPE_CHECKING:
    from migrator.gen1.app import App
    from migrator.gen1.entries import Entry

_TEXTS = (".graphql", ".vtl", "override.ts", "cdk-stack.ts")
_SKIPPED = frozenset(("node_modules", "dist", "build", ".temp", "src", "lib", "opt"))
_SHOWN = 4


def pending_change(app: App, entry: Entry) -> str:
    """How a resource's source differs from what is deployed, in words that follow its name; empty for not at all."""
    if app.files.deployed is None or app.backend is None or not app.deployed_fits:
        return ""
    source, copy = entry.places
    if not entry.pushed and entry.evidence is not Evidence.DEPLOYED:
        return "" if entry.dead or app.files.deployed_meta is None else "it was never pushed."
    if copy is None:
        missing = entry.pushed and source is not None and not entry.imported
        return "it was pushed, but the copy of what was pushed is missing; the source is read." if missing else ""
    own = _index_part(app.files.config, entry)
    if source is None:
        how = "its folder is not in" if own is not None else "it was removed from"
        return f"{how} the source; what is deployed is read."
    changed = [path for path in _compared(app.tree, source, copy) if _differs(app.tree, source, copy, path)]
    if app.files.config and app.files.deployed_config and own != _index_part(app.files.deployed_config, entry):
        changed.append("backend-config.json")
    more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
    listed = ", ".join(changed[:_SHOWN])
    return f"{listed}{more} changed since the last push; what is deployed is read." if changed else ""


def _index_part(document: Document | None, entry: Entry) -> Json:
    """What an index says about a resource."""
    return document.part(entry.ref.category, entry.ref.name).root if document is not None else None


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
        one, two = tree.path(ours).read_bytes(), tree.path(theirs).read_bytes()
    except OSError:
        return False  # said when the file is read
    same = one == two or one.replace(b"\r\n", b"\n") == two.replace(b"\r\n", b"\n")
    if same or not path.endswith(SETTINGS):
        return not same
    unheard: list[Finding] = []  # what is wrong with the files is said when they are read
    return not _same(_content(tree.document(ours, unheard)), _content(tree.document(theirs, unheard)))


def _content(document: Document | None) -> Json:
    """What a file says, without a template's description, which the CLI writes anew."""
    root = document.root if document else None
    if isinstance(root, dict) and "Resources" in root:
        return {name: value for name, value in root.items() if name != "Description"}
    return root


def _same(ours: Json, theirs: Json) -> bool:
    """Whether two values are equal, where a secret that was left out of the deployed copy says nothing."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(_same(value, theirs[key]) for key, value in ours.items())
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(_same, ours, theirs))
    return ours == theirs or (isinstance(theirs, str) and isinstance(ours, str) and REDACTED in theirs)
