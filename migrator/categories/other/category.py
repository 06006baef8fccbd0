"""A resource of a category without a converter: everything in it is one fact, so that nothing of it can get lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from migrator.categories.other.notes import notes
from migrator.categories.other.studio import StudioComponents, read_app
from migrator.documents.traced import Source, Traced, absent
from migrator.engine.category import Category
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Node, Resource, fact
from migrator.gen1.project import App


class OtherResource(Node, frozen=True):
    """A resource that is not converted."""

    left_out: ClassVar[bool] = True
    category: str = ""
    service: str = ""
    settings: tuple[str, ...] = ()
    """The evidence that describes it, by role."""
    notes: tuple[str, ...] = ()
    """What of it the recipe asks for."""


_INDEXES = ("backend-config", "meta", "team-provider")
_NOTES = re.compile(
    "service|serviceType|providerPlugin|providerMetadata|dependsOn|output|build|last.*|distZipFilename|s3Bucket"
    "|mobileHubMigrated"
)
"""What the index files say of resources of every kind; the project's rules know what becomes of it."""


def read(entry: Entry, app: App) -> Resource:
    """The resource with all of its evidence as one attribute."""
    roles = tuple(role for role in entry.documents if role not in _INDEXES)
    whole = tuple(Source(entry.documents[role], ()) for role in roles)
    values: dict[str, Traced[Any]] = {
        "category": absent(entry.ref.category),
        "service": absent(entry.service),
        "settings": Traced(roles, (*whole, *_indexed(entry))),
        "notes": absent(notes(entry)),
    }
    return Resource(
        entry.ref,
        entry.service,
        entry.evidence,
        facts=(fact(OtherResource, entry.ref, entry.ref.name, values),),
        documents=tuple(entry.documents.items()),
        imported=entry.imported,
    )


def _indexed(entry: Entry) -> Iterator[Source]:
    """Settings that stand in the index files alone, such as the channels of notifications."""
    for role in _INDEXES:
        for key, cursor in entry.cursor(role).items():
            if not _NOTES.fullmatch(key):
                yield cursor.source


CATEGORY = Category(name="other", nodes=(OtherResource, StudioComponents), read=read, read_app=read_app)
