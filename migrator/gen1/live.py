"""`#current-cloud-backend/live.json`: what the deployed resources really are, as `migrate fetch` saw them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
from msgspec import Struct

from migrator.core.location import Location
from migrator.gen1.findings import finding
from migrator.gen1.tree import Kind

if TYPE_CHECKING:
    from migrator.gen1.app import App

LIVE = "live.json"
SCHEMA: Final = "migrate/live/1"


class LiveResource(Struct, frozen=True, order=True):
    """One resource: its CloudFormation type, ids, place in the tree of stacks, and what its service told.

    `properties` has the words of the service's API, not of CloudFormation.
    """

    type: str
    id: str
    logical_id: str
    stack: str = ""
    properties: dict[str, Any] = {}


class Live(Struct, frozen=True):
    """All resources of one environment."""

    app_id: str
    env: str
    region: str
    stack: str
    """The name of the root stack."""
    resources: tuple[LiveResource, ...] = ()
    schema: Literal["migrate/live/1"] = SCHEMA

    def of(self, type_: str) -> tuple[LiveResource, ...]:
        """The resources of a CloudFormation type."""
        return tuple(one for one in self.resources if one.type == type_)

    def get(self, id: str) -> LiveResource | None:
        """The resource with that physical id."""
        return next((one for one in self.resources if one.id == id), None)


def print_live(live: Live) -> bytes:
    """Sorted, indented JSON."""
    return msgspec.json.format(msgspec.json.encode(live, order="sorted"), indent=2) + b"\n"


def read_live(app: App) -> Live | None:
    """What was seen of the chosen environment; None when nothing was fetched, or it was another environment."""
    found = app.tree.find(app.files.deployed, LIVE, kind=Kind.FILE) if app.files.deployed is not None else None
    if found is None or not app.deployed_fits:
        return None
    try:
        live = msgspec.json.decode(app.tree.path(found).read_bytes(), type=Live)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as problem:
        hint = "Run `migrate fetch` again."
        app.note(
            finding("GEN010", f"Not readable as what migrate fetch writes: {problem}.", Location(found), hint=hint)
        )
        return None
    return live if app.env in (None, "", live.env) else None
