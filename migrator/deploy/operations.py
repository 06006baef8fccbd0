"""The steps of a deployment, as values. What is done with them is in `execute`."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from migrator.deploy.changes import Change
from migrator.deploy.targets.interface import Slice
from migrator.verify.assembly import Assembly


class DeploySlice(Struct, frozen=True):
    """The stack gets the resources of a slice."""

    slice_: Slice
    assembly: Assembly
    digest: str
    """Of what was synthesized."""
    changes: tuple[Change, ...] = ()
    before: tuple[Slice, Assembly] | None = None
    """What to go back to: the slice before; None where nothing is known of what was deployed."""
    way: str = ""
    """What happens to the stack first, because it is in a state that blocks; empty for nothing."""

    @property
    def name(self) -> str:
        return f"deploy {self.slice_.feature}"


class WriteOutputs(Struct, frozen=True):
    """`amplify_outputs.json` of what is deployed."""

    slice_: Slice
    assembly: Assembly
    digest: str
    file: Path

    @property
    def name(self) -> str:
        return f"outputs {self.slice_.feature}"


class CheckFeature(Struct, frozen=True):
    """The checks of one feature."""

    slice_: Slice
    assembly: Assembly
    digest: str
    feature: str

    @property
    def name(self) -> str:
        return f"check {self.feature}"


class KeepState(Struct, frozen=True):
    """The state of the local AWS is saved, with what the checks left in it."""

    slice_: Slice
    digest: str

    @property
    def name(self) -> str:
        return f"save {self.slice_.feature}"


Operation: TypeAlias = DeploySlice | WriteOutputs | CheckFeature | KeepState
