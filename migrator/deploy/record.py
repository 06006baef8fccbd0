"""What is deployed as far as this project knows: the plan is made from it where AWS cannot be asked.

`.migrate/deploy/<target>/deployed.json`. Before a step it says what is about to be deployed, after it what is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from migrator.aws.stacks import NESTED, LiveStack
from migrator.core.errors import DeployError
from migrator.core.features import feature_of_stack, rank
from migrator.deploy.replacement import HOLDERS

RECORD = "deployed.json"
SCHEMA: Final = "migrate/deployed/1"


class Snapshot(Struct, frozen=True):
    """One state of the stack: its features, templates by place, and the ids of its resources by their keys."""

    features: tuple[str, ...] = ()
    root: str = ""
    """Fingerprint of the root template, which names all others by their content."""
    templates: dict[str, dict[str, Any]] = {}
    physical: dict[str, str] = {}

    def holders(self) -> dict[str, str]:
        """The ids of everything that holds data, by its key."""
        return {
            key: self.physical[key]
            for place, template in self.templates.items()
            for logical_id, body in template.get("Resources", {}).items()
            if isinstance(body, dict) and body.get("Type") in HOLDERS
            if (key := f"{place}#{logical_id}") in self.physical
        }


class Record(Struct, frozen=True):
    """What was deployed last, and what was about to be."""

    schema: Literal["migrate/deployed/1"] = SCHEMA
    stack: str = ""
    """The root stack's id."""
    deployed: Snapshot = Snapshot()
    pending: Snapshot = Snapshot()

    def features_of(self, live: LiveStack) -> tuple[str, ...] | None:
        """The features that a deployed stack holds; None when it is in a state that is not known here."""
        seen = fingerprint(live.template)
        for known in (self.deployed, self.pending):
            if known.root == seen:
                return known.features
        return None


def fingerprint(template: Mapping[str, Any]) -> str:
    """Of a template, however it is written."""
    return hashlib.sha256(msgspec.json.encode(template, order="deterministic")).hexdigest()


def read_record(folder: Path) -> Record:
    """What is known; nothing when the file is not there, or cannot be read: then AWS is asked."""
    try:
        return msgspec.json.decode((folder / RECORD).read_bytes(), type=Record)
    except (OSError, msgspec.DecodeError):
        return Record()


def about_to(folder: Path, features: tuple[str, ...], root: Mapping[str, Any]) -> None:
    """Notes what is about to be deployed. Raises DeployError."""
    pending = Snapshot(features, fingerprint(root))
    _write(folder, replace(read_record(folder), pending=pending))


def is_deployed(folder: Path, features: tuple[str, ...], live: LiveStack) -> None:
    """Notes what is deployed now. Raises DeployError."""
    templates = {place: stack.template for place, stack in live.walk()}
    snapshot = Snapshot(features, fingerprint(live.template), templates, physical_ids(live))
    _write(folder, Record(stack=live.id, deployed=snapshot))


def nothing_is_deployed(folder: Path) -> None:
    """Forgets what was deployed. Raises DeployError."""
    if (folder / RECORD).exists():
        _write(folder, Record())


def seen_features(live: LiveStack) -> tuple[str, ...]:
    """The features of a stack that somebody else deployed, by its nested stacks."""
    heads = set()
    for logical_id, body in live.template.get("Resources", {}).items():
        if isinstance(body, dict) and body.get("Type") == NESTED:
            path = str(body.get("Metadata", {}).get("aws:cdk:path", "")).split("/")
            heads.add(path[1].removesuffix(".NestedStack") if len(path) > 1 else logical_id)
    return tuple(sorted({feature for head in heads if (feature := feature_of_stack(head))}, key=rank))


def physical_ids(live: LiveStack | None) -> dict[str, str]:
    """The ids of deployed resources, by their keys in the tree."""
    if live is None:
        return {}
    return {
        f"{place}#{one.logical_id}": one.physical_id
        for place, stack in live.walk()
        for one in stack.resources
        if one.physical_id and one.status != "DELETE_COMPLETE"
    }


def _write(folder: Path, record: Record) -> None:
    part = folder / f".{RECORD}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(msgspec.json.encode(record))
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / RECORD)
    except OSError as problem:
        raise DeployError(
            f"{folder / RECORD} cannot be written: {problem.strerror or problem}",
            hint="free some disk space, then go on with `migrate deploy --resume`",
        ) from problem
