"""What is about to be deleted, and the sandboxes of an account, as text or JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from migrator.commands.destroy import Listing
from migrator.deploy.destruction import Destruction, Held
from migrator.deploy.sandboxes import UNUSED_DAYS, removal
from migrator.report.page import columns, text_width


def destruction_text(found: Destruction) -> str:
    """What holds data first, then what stays, then the number of all the rest."""
    lines = [f"Delete the stack {found.stack} ({found.status}): {found.resources} resources"]
    if found.lost:
        lines += ["", "Lost, with all that is in it:", *_held(found.lost)]
    if found.kept:
        lines += ["", "Stays, outside of every stack (retained); remove it by hand if nobody needs it:"]
        lines += _held(found.kept)
    return "\n".join(lines) + "\n"


def _held(held: Iterable[Held]) -> list[str]:
    return columns([(one.type.removeprefix("AWS::"), one.id, one.amount or one.holds) for one in held], text_width(), 2)


def listing_text(found: Listing, project: str = "") -> str:
    """The sandboxes, those that nobody uses with the command that removes each."""
    if not found.found:
        return f"There is no sandbox in {found.region}.\n"
    rows = [
        (
            one.owner,
            one.project,
            one.status,
            f"{one.age_days} days old",
            f"{'UNUSED, ' if one.unused else ''}last deployed {one.updated:%Y-%m-%d} ({one.idle_days} days ago)",
        )
        for one in found.found
    ]
    lines = [f"Sandboxes in {found.region}", *columns(rows, text_width(), 2)]
    unused = [one for one in found.found if one.unused]
    if unused:
        lines += ["", f"Not deployed to for {UNUSED_DAYS} days or more, or never whole. Ask the owner, then remove it:"]
        lines += [f"  {removal(one, found.region, found.profile, project)}" for one in unused]
    return "\n".join(lines) + "\n"


def listing_document(found: Listing, project: str = "") -> dict[str, Any]:
    """Schema `migrate/sandboxes/1`, stable; additions are free, changes are not."""
    return {
        "schema": "migrate/sandboxes/1",
        "region": found.region,
        "sandboxes": [
            {
                "stack": one.stack,
                "project": one.project,
                "owner": one.owner,
                "status": one.status,
                "created": one.created.isoformat(),
                "updated": one.updated.isoformat(),
                "idle_days": one.idle_days,
                "unused": one.unused,
                "remove": removal(one, found.region, found.profile, project),
            }
            for one in found.found
        ],
    }
