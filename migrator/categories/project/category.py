"""Rules that hold for every resource's evidence; the category has no resources of its own."""

from __future__ import annotations

from migrator.core.errors import ArtifactError
from migrator.engine.category import Category
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Resource
from migrator.gen1.project import App


def read(entry: Entry, app: App) -> Resource:
    """No entry belongs to this category. Raises ArtifactError."""
    raise ArtifactError(f"{entry.ref} is not a project")


CATEGORY = Category(name="project", nodes=(), read=read)
