"""What clients find of storage: the bucket for users' files, and the names of tables.

The layout is that of Gen 2's `amplify_outputs.json`: https://docs.amplify.aws/react/reference/amplify_outputs/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.storage.transforms import friendly_name
from migrator.documents.traced import absent
from migrator.engine.flatten import Shape, by
from migrator.engine.observed import Aspect, Declared, Generation, Observed, Side
from migrator.engine.observing import observed
from migrator.engine.outputs import front_end, kept, region, section, told_by
from migrator.gen1.entries import Entry

KIND = "AWS::Amplify::Storage"
"""The key under which Gen 2's root stack lists these outputs."""
TABLES = "AWS::Amplify::Tables"
"""Gen 1's names of tables; Gen 2's file has no place for them."""
_SHAPES: dict[str, Shape] = {"buckets": by("name")}


def observe(generation: Generation) -> Iterator[Observed]:
    """What clients find of buckets and tables."""
    if generation.side is Side.GEN1:
        yield from _gen1(generation)
        return
    said = section(generation, "storage")
    if said is not None:
        made = Declared("outputs of storage", KIND, stack="storage")
        yield observed("storage", made, generation, _SHAPES, properties=_gen2(said), aspect=Aspect.OUTPUTS)


def _gen1(generation: Generation) -> Iterator[Observed]:
    """The CLI writes the first bucket, and every table. Gen 2 lists the others of the project as well (normalisation
    `buckets-by-name`)."""
    app = generation.context.app
    entries = sorted(app.of("storage", "S3"), key=lambda one: generation.context.reused(one.ref))
    for entry in entries[:1]:
        said = _bucket(entry, generation)
        others = (_bucket(other, generation)["buckets"] for other in entries[1:])
        said["buckets"] += [one for listed in others for one in listed]
        yield observed("storage", told_by(entry, KIND), generation, _SHAPES, properties=said, aspect=Aspect.OUTPUTS)
    for entry in app.of("storage", "DynamoDB"):
        name = f"${{table {entry.ref.name}}}"
        told = {"aws_dynamodb_table_schemas": name}
        yield observed(str(entry.ref), told_by(entry, TABLES), generation, properties=told, aspect=Aspect.OUTPUTS)


def _bucket(entry: Entry, generation: Generation) -> dict[str, Any]:
    """The bucket by its name (normalisation `ids-by-name`), and once more under the name that the project gives it,
    which is how Gen 2 lists buckets (normalisation `buckets-by-name`)."""
    files = front_end(entry, generation.context.app)
    elsewhere = entry.output("Region") if entry.imported else absent("")
    where = region(files.bucket_region if files.bucket.present else elsewhere, generation)
    name = kept(entry, "BucketName", generation) or f"${{bucket {entry.ref.name}}}"
    own = {"name": friendly_name(entry.ref.name, generation.context), "bucket_name": name, "aws_region": where}
    return {"bucket_name": name, "aws_region": where, "buckets": [own]}


def _gen2(said: Mapping[str, Any]) -> dict[str, Any]:
    buckets = [dict(one) for one in said.get("buckets") or ()]
    for bucket in buckets:
        paths = bucket.pop("paths", None) or {}
        bucket.update({f"paths[{path}]": _who(own) for path, own in paths.items()})
    return {**said, "buckets": buckets}


def _who(said: Mapping[str, Any]) -> list[str]:
    return sorted(f"{principal} {action}" for principal, actions in said.items() for action in actions)
