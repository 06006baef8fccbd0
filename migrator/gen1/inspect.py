"""What is odd about an app as a whole: changes that were not pushed, and secrets in files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrator.core.finding import Finding
from migrator.core.location import Location
from migrator.core.secrets import REDACTED, looks_secret
from migrator.documents.document import Document, Json, Pointer
from migrator.gen1.findings import finding
from migrator.gen1.tree import join

if TYPE_CHECKING:
    from migrator.gen1.app import App


def note_pending_changes(app: App) -> None:
    """Findings for the resources whose source differs from what is deployed."""
    for entry in app.entries:
        if entry.pending:
            place = join(app.backend or "", f"{entry.ref.category}/{entry.ref.name}")
            entry.findings.append(finding("GEN016", f"{entry.ref}: {entry.pending}", Location(place)))


_NEEDED: dict[str, tuple[str, ...]] = {
    "Cognito": ("cli-inputs.json", "template"),
    "Cognito-UserPool-Groups": ("user-pool-group-precedence.json", "template"),
    "API Gateway": ("cli-inputs.json", "api-params.json", "template"),
    "S3": ("cli-inputs.json", "template"),
    "DynamoDB": ("cli-inputs.json", "template"),
    "Lambda": ("template",),
    "LambdaLayer": ("template",),
}
"""By service, the files of which at least one must be there for the resource to be known."""


def note_missing_files(app: App) -> None:
    """Findings for resources whose folder lacks what describes them, and for the environment when it is not known."""
    for entry in app.entries:
        needed = _NEEDED.get(entry.service, ())
        if entry.service == "AppSync" and not entry.files("schema*") and entry.folder is not None:
            needed, missing = ("schema.graphql",), True
        else:
            missing = bool(needed) and not any(role in entry.documents for role in needed)
        if missing and entry.folder is not None and not entry.imported:
            listed = " or ".join("a CloudFormation template" if n == "template" else n for n in needed)
            place = join(entry.places[0] or entry.places[1] or "", "")
            entry.findings.append(finding("GEN015", f"{entry.ref} has no {listed}.", Location(place)))
    if app.env is None and app.entries:
        if app.environments:
            message = f"{app.name} has the environments {', '.join(app.environments)}, and none of them was chosen."
            app.note(finding("GEN017", message))
        elif not app.without_environments:
            message = "No file names the environments; values that differ between them are left open."
            hint = "Add team-provider-info.json, or name the environment with --env."
            app.note(finding("GEN017", message, hint=hint))


def note_secrets(app: App) -> None:
    """Findings for secrets in files that projects commit. Their values are never part of a message."""
    for document in (app.files.team_file, app.root_stack):
        if document is not None:
            for name, pointer in _secrets(document.root, (), ""):
                app.note(_secret(document, name, pointer))
    for entry in app.entries:
        for role, document in entry.documents.items():
            if role in ("meta", "team-provider"):
                continue
            parts = _committed_values(document.root) if role == "template" else ((document.root, ()),)
            for part, base in parts:
                for name, pointer in _secrets(part, base, ""):
                    entry.findings.append(_secret(document, name, pointer))


def _committed_values(template: Json) -> Iterator[tuple[Json, Pointer]]:
    """The parts of a template where people write secrets: defaults of parameters, variables of functions."""
    root = template if isinstance(template, dict) else {}
    yield root.get("Parameters"), ("Parameters",)
    resources = root.get("Resources")
    for name, body in resources.items() if isinstance(resources, dict) else ():
        part: Json = body
        path = ("Properties", "Environment", "Variables")
        for key in path:
            part = part.get(key) if isinstance(part, dict) else None
        yield part, ("Resources", name, *path)


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
    elif isinstance(value, str) and REDACTED not in value and looks_secret(name, value):
        yield name, pointer
