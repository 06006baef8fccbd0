"""What a named fault is."""

from __future__ import annotations

from msgspec import Struct

from migrator.verify.results import Check
from tests.mutation.edits import Change


class Fault(Struct, frozen=True):
    """A change of a synthesized sample (or of a fixture, by its folder) that has to be found by a check."""

    name: str
    check: Check
    sample: str
    change: Change
