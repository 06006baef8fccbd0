"""Names of resources."""

from __future__ import annotations

from msgspec import Struct


class ResourceRef(Struct, frozen=True, order=True):
    """A Gen 1 resource: its category and its name in `backend-config.json`."""

    category: str
    name: str

    def __str__(self) -> str:
        return f"{self.category}/{self.name}"
