"""What users, guests, groups and functions may do."""

from __future__ import annotations

from typing import Any

from migrator.verify.results import Check
from tests.mutation.edits import add, drop, put
from tests.mutation.fault import Fault

FAULTS: tuple[Fault, ...] = ()
