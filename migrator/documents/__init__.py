"""Structured files (JSON, YAML, JavaScript literals) whose every value knows where it stands."""

from migrator.documents.cursor import Cursor
from migrator.documents.document import Document, Json, Pointer
from migrator.documents.traced import Source, Traced, absent, gather, traced

__all__ = ["Cursor", "Document", "Json", "Pointer", "Source", "Traced", "absent", "gather", "traced"]
