"""What the Gen 2 libraries accept: property paths of `define*()` and of CDK constructs.

`surface.json` is extracted from the types of `@aws-amplify/backend` and `aws-cdk-lib` by
`scripts/extract_surface.mjs`; rules may only write to what it lists.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from msgspec import Struct

OPEN = "*"
"""Last step of a path below which any name is allowed (environment variables, groups ...)."""


class Surface(Struct, frozen=True):
    """The property paths of one `define*()` call or construct."""

    name: str
    paths: frozenset[str]

    def knows(self, path: str) -> bool:
        """Whether there is such a property."""
        if path in self.paths:
            return True
        steps = path.split(".")
        return any(".".join((*steps[:n], OPEN)) in self.paths for n in range(len(steps)))


@cache
def _surfaces() -> dict[str, list[str]]:
    text = (Path(__file__).parent / "surface.json").read_text(encoding="utf-8")
    surfaces: dict[str, list[str]] = json.loads(text)["surfaces"]
    return surfaces


def surface(name: str) -> Surface:
    """The surface of that name. Raises KeyError when it was not extracted."""
    return Surface(name, frozenset(_surfaces()[name]))
