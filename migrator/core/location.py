"""Where in the user's project something stands."""

from __future__ import annotations

from msgspec import Struct


class Location(Struct, frozen=True):
    """A file (relative to the project, forward slashes), a JSON pointer in it, line and column from 1 (0: unknown)."""

    file: str
    pointer: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        place = f":{self.line}" if self.line else ""
        place += f":{self.column}" if self.line and self.column else ""
        return f"{self.file}{place}" + (f" ({self.pointer})" if self.pointer else "")
