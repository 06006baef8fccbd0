"""What observers of client configuration share: values of Gen 1's files by the names that both generations use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrator.documents.traced import Traced
from migrator.engine.observed import Declared, Generation
from migrator.gen1.app import App
from migrator.gen1.entries import Entry
from migrator.gen1.exports import FrontEnd
from migrator.gen1.values import as_text

REGION = "${AWS::Region}"


def told_by(entry: Entry, kind: str) -> Declared:
    """What a Gen 1 resource tells clients, as something that it declares."""
    return Declared(f"outputs of {entry.ref}", kind, stack=str(entry.ref), owner=entry.ref, where=str(entry.ref))


def region(said: Traced[str], generation: Generation) -> str:
    """A region by name where it is the one of the environment (normalisation `own-region`)."""
    own = generation.context.app.region.value
    return said.value if said.value and own and said.value != own else REGION


def kept(entry: Entry, output: str, generation: Generation) -> str:
    """The deployed value of an output of a resource that stays; empty for one that Gen 2 makes anew."""
    return entry.output(output).value if generation.context.reused(entry.ref) else ""


_IDS = {
    ("auth", "Cognito"): ("UserPoolId", "user_pool_id"),
    ("api", "AppSync"): ("GraphQLAPIEndpointOutput", "graphql_endpoint"),
    ("storage", "S3"): ("BucketName", "bucket"),
}
"""By category and service, the output that names the resource, and the field of front-end files that does."""


def front_end(entry: Entry, app: App) -> FrontEnd:
    """What front-end files say of a resource; nothing where they speak of another environment: its id is another."""
    return FrontEnd() if _is_other(entry, app.exports()) else app.exports()


def other_environments(app: App) -> Iterator[tuple[str, str]]:
    """Front-end files of another environment, and the resource by which it shows."""
    for category, service in _IDS:
        for entry in app.of(category, service)[:1]:
            if _is_other(entry, app.exports()):
                yield app.front_ends[0].name, str(entry.ref)


def _is_other(entry: Entry, files: FrontEnd) -> bool:
    output, field = _IDS[entry.ref.category, entry.service]
    known, said = entry.output(output), getattr(files, field)
    return bool(known.value and said.value and known.value != said.value)


def section(generation: Generation, name: str) -> Mapping[str, Any] | None:
    """A part of Gen 2's `amplify_outputs.json`; None where there is none."""
    found = generation.client.get(name)
    return found if isinstance(found, Mapping) else None


def told_otherwise(generation: Generation, output: str, meant: str) -> str | None:
    """What an output of Gen 2's root stack says where that is not what is `meant` (a regular expression); None where it
    is, or where there is no such output. The tools read more outputs than stand in `amplify_outputs.json`."""
    said = generation.outputs.get("", {}).get(output)
    return None if said is None or re.fullmatch(meant, as_text(said)) else as_text(said)
