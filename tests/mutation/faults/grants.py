"""What users, guests, groups and functions may do."""

from __future__ import annotations

from tests.mutation.fault import Fault

FAULTS: tuple[Fault, ...] = ()
