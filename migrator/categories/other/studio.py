"""Components that Amplify Studio wrote into the front end's sources."""

from __future__ import annotations

from typing import Any

from migrator.core.ref import ResourceRef
from migrator.documents.traced import Traced, absent
from migrator.gen1.graph import Node, Resource, fact
from migrator.gen1.project import App
from migrator.gen1.tree import Kind

SERVICE = "AmplifyStudio"
_FOLDER = "ui-components"


class StudioComponents(Node, frozen=True):
    """The folder of components and forms."""

    folder: str = ""
    """Below the project's root."""
    forms: int = 0
    """How many of them are forms, which read and write models."""


def read_app(app: App) -> Resource | None:
    """The components, where the sources hold any."""
    if app.folder is None:
        return None
    source = app.cursor("project-config.json").get("javascript", "config", "SourceDir").text("src").value
    found = app.tree.find(app.place, *(part for part in source.split("/") if part), _FOLDER, kind=Kind.FOLDER)
    if found is None:
        return None
    ref = ResourceRef("studio", app.name)
    names = app.tree.names(found)
    forms = sum(name.endswith(("Form.jsx", "Form.tsx")) for name in names)
    values: dict[str, Traced[Any]] = {"folder": absent(found), "forms": absent(forms)}
    return Resource(ref, SERVICE, app.evidence, (fact(StudioComponents, ref, "components", values),))
