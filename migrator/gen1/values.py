"""Evaluated values of a template, and how they become text."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from migrator.documents.cursor import ABSENT
from migrator.documents.document import Pointer
from migrator.documents.traced import Source

Sources = tuple[Source, ...]

REMOVED = ABSENT
"""What `AWS::NoValue` leaves: nothing."""

PLACEHOLDER = re.compile(r"\$\{([^{}]*)\}")
"""Text that stands for something only the account knows."""


class Value(NamedTuple):
    """An evaluated value, the places it was read from, and whether it stands in the document just as it is."""

    data: object
    sources: Sources
    literal: bool = False


class Place(NamedTuple):
    """Where evaluation led: plain data of the document at `pointer`, or, when `computed`, data that stands nowhere."""

    data: object
    pointer: Pointer
    trail: Sources
    computed: bool = False


class Unsuitable(Exception):
    """An intrinsic whose argument has the wrong shape."""


def as_text(value: object) -> str:
    """A value as CloudFormation puts it into a text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return ",".join(as_text(item) for item in value)
    if isinstance(value, list | dict):
        return json.dumps(value, separators=(",", ":"))
    return "" if value is None or value is REMOVED else str(value)


def bare(value: object) -> str:
    """A text for use inside a placeholder, where braces may not nest."""
    return PLACEHOLDER.sub(r"\1", as_text(value))
