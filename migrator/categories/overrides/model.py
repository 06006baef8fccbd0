"""What a statement of an `override.ts` is."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from migrator.gen1.graph import Node


class Kind(StrEnum):
    """What a statement does."""

    ASSIGN = "assign"
    """A property gets a value."""
    CALL = "call"
    """A method of the construct: `addPropertyOverride`, `addOverride`, `addDeletionOverride` and so on."""
    ADD = "add"
    """A part more of the template: `addCfnResource`, `addCfnOutput` and so on."""
    UNKNOWN = "unknown"
    """Code that is not understood."""


class OverrideStatement(Node, frozen=True):
    """One statement (https://docs.amplify.aws/gen1/react/tools/cli/project/override/)."""

    file: str = ""
    line: int = 0
    text: str = ""
    """The code as it is written."""
    about: str = ""
    """The resource: `auth/people`; `project` for the root stack."""
    service: str = ""
    kind: Kind = Kind.UNKNOWN
    construct: str = ""
    """What it changes, in Gen 1's words: `userPool`, `userPoolGroup`, `modelDDBTable`; what adds a part:
    `addCfnResource`."""
    member: str = ""
    """Which of several: the group, the model; the logical id of a part that is added."""
    path: tuple[str, ...] = ()
    """The property, or the method."""
    values: tuple[Any, ...] = ()
    """The value, or the arguments, as nodes of TypeScript."""
    env: str = ""
    """The environment that it is for; empty for all."""
    seen: bool = False
    """Whether a template that Gen 1 built shows what it does."""
    reason: str = ""
    """Why it cannot be carried over."""
