"""What clients find."""

from __future__ import annotations

from tests.mutation.fault import Fault

FAULTS: tuple[Fault, ...] = ()
