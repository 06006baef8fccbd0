"""The API that types the client, against the deployed one: every difference has a reason, or the proof failed.

The client is typed by `a.schema` as it is written, before its SDL is patched. What a patch changes is known by the
patch's kind and place; a difference of another kind, or at another place, has no reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from migrator.categories.data.model import AuthMode
from migrator.categories.data.proof.compare import broken, differences
from migrator.categories.data.proof.facts import facts, read
from migrator.categories.data.proof.model import Allowed, ClientDifference, Difference, Flags
from migrator.categories.data.proof.normal import SAME_GENERATION, normal
from migrator.categories.data.proof.rewrite import Side
from migrator.categories.data.sdl import ROOTS, SdlError
from migrator.categories.data.typed.model import PatchKind

_RULES = {
    PatchKind.SEARCHABLE: "DATA400",
    PatchKind.MODEL: "DATA401",
    PatchKind.RELATION: "DATA402",
    PatchKind.COUNTERPART: "DATA403",
    PatchKind.CLOSED: "DATA404",
    PatchKind.OPERATION: "DATA405",
    PatchKind.FUNCTION: "DATA406",
    PatchKind.NAME: "DATA407",
    PatchKind.DEPRECATED: "DATA408",
    PatchKind.TYPE_ACCESS: "DATA409",
    PatchKind.IDENTIFIER: "DATA410",
    PatchKind.DEFAULT: "DATA411",
    PatchKind.RULE: "DATA412",
    PatchKind.INPUT: "DATA413",
    PatchKind.FIELD: "DATA414",
}
"""Each kind of patch has a rule that tells the user about it."""
_REST = "DATA420"


def client_differences(unpatched: str, reached: str, allowed: Allowed) -> tuple[ClientDifference, ...]:
    """Where the API that types the client is not the one that is deployed, with the rule that says why."""
    side = Side(False, AuthMode.API_KEY, Flags(), {})
    try:
        client = normal((unpatched,), side, SAME_GENERATION)
    except SdlError as error:
        return (ClientDifference("schema", client=broken(error)),)
    try:
        deployed = normal((reached,), side, SAME_GENERATION)
    except SdlError as error:
        return (ClientDifference("schema", deployed=broken(error)),)
    found = differences(facts(client.schema), facts(deployed.schema))
    return tuple(ClientDifference(one.place, one.gen1, one.gen2, _rule(_Change(one), allowed)) for one in found)


class _Change(Struct, frozen=True):
    """A difference, taken apart: at `Post.comments`, about `@relation`."""

    difference: Difference

    @property
    def owner(self) -> str:
        """The type or the field: `Post`, `Post.comments`."""
        return self.difference.place.partition(" ")[0].partition("(")[0]

    @property
    def type(self) -> str:
        return self.owner.partition(".")[0]

    @property
    def about(self) -> str:
        """The directive; empty when it is about the type or the field itself."""
        return self.difference.place.partition(" ")[2].partition(" ")[0]

    @property
    def client(self) -> str:
        return self.difference.gen1

    @property
    def deployed(self) -> str:
        return self.difference.gen2


def _rule(change: _Change, allowed: Allowed) -> str:
    for patch in allowed.patches:
        place = change.type if patch.kind is PatchKind.INPUT else change.owner
        if patch.place == place and _does(patch.kind, change):
            return _RULES[patch.kind]
    if change.about == "@relationIndex" and (rule := _of_index(change, allowed)):
        return rule
    return _REST if _stays_sdl(change, allowed) else ""


def _does(kind: PatchKind, change: _Change) -> bool:
    """Whether a patch of this kind changes that much and no more."""
    about, added, gone = change.about, not change.client, not change.deployed
    operation = change.type in ROOTS
    match kind:
        case PatchKind.SEARCHABLE:
            return about == "@searchable" and added
        case PatchKind.MODEL:
            return about == "@model"
        case PatchKind.RELATION:
            return about == "@relation" or (not about and _only_required(change))
        case PatchKind.COUNTERPART | PatchKind.INPUT:
            return gone
        case PatchKind.CLOSED:
            return about == "@auth" and gone and '"groups"' in change.client
        case PatchKind.OPERATION:
            return operation and about.startswith("@")
        case PatchKind.FUNCTION:
            return not operation and about in ("@function", "@http")
        case PatchKind.NAME:
            return about == "@mapsTo" and added
        case PatchKind.DEPRECATED:
            return about == "@deprecated" and added
        case PatchKind.TYPE_ACCESS:
            return about.startswith("@aws_") or about == "@auth"
        case PatchKind.IDENTIFIER:
            nullable = not about and change.client == f"{change.deployed}!"
            return change.owner.endswith(".id") and (
                nullable or (gone and (about == "@primaryKey" or change.client == "ID!"))
            )
        case PatchKind.DEFAULT:
            return about == "@default" and added
        case PatchKind.RULE:
            return about == "@auth"
        case PatchKind.FIELD:
            return added and "." in change.owner


def _only_required(change: _Change) -> bool:
    """Whether the client just takes for nullable what is always there."""
    return bool(change.client) and change.deployed == f"{change.client}!"


def _of_index(change: _Change, allowed: Allowed) -> str:
    """An index that Gen 2's form of a relation makes and Gen 1's does not, or the other way round."""
    by_place = {f"gsi-{patch.place}": patch.kind for patch in allowed.patches if patch.kind in _RELATIONS}
    kinds = [by_place.get(name) for name in _index_names(change)]
    known = [kind for kind in kinds if kind is not None]
    return _RULES[known[0]] if kinds and len(known) == len(kinds) else ""


_RELATIONS = (PatchKind.RELATION, PatchKind.COUNTERPART)


def _index_names(change: _Change) -> Iterator[str]:
    for text in (change.client, change.deployed):
        for line in text.split("; ") if text else ():
            yield str(read(line).get("name"))


def _stays_sdl(change: _Change, allowed: Allowed) -> bool:
    """Whether it is part of what the client does not know, because it stays SDL."""
    if change.client:
        return False
    if change.owner in ROOTS:
        return not change.about and any(place.startswith(f"{change.owner}.") for place in allowed.rest)
    return change.owner in allowed.rest or (change.type in allowed.rest and change.type not in ROOTS)
