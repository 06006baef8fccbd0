"""What clients are told of live Gen 1 buckets, in the layout of `amplify_outputs.json`."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.categories.storage.transforms import friendly_name
from migrator.engine.client_config import Lack, Told, files_of, known
from migrator.engine.context import Context
from migrator.gen1.entries import Entry


def told(context: Context) -> Iterator[Told]:
    """The section `storage`: the bucket that Gen 1 tells clients of, and every bucket by the name it has in Gen 2."""
    app = context.app
    entries = app.of("storage", "S3")
    files = files_of(app)
    found = [(entry, *_bucket(entry, context, first=entry is entries[0])) for entry in entries]
    if not found and not files.bucket.value:
        return
    lacks = [Lack(f"the name of the bucket {entry.ref.name}") for entry, name, _ in found if not name]
    buckets = [
        {"name": friendly_name(entry.ref.name, context), "bucket_name": name, "aws_region": region}
        for entry, name, region in found
        if name and region
    ]
    own = known(files.bucket.value, found[0][1] if found else "")
    region = next((one["aws_region"] for one in buckets if one["bucket_name"] == own), "")
    region = known(files.bucket_region.value, region, app.region.value)
    lacks += [] if own and region else [Lack("the bucket of users' files, or its region", needed=True)]
    values = {"bucket_name": own, "aws_region": region, **({"buckets": buckets} if buckets else {})}
    yield Told("storage", values, tuple(lacks), resource=entries[0].ref if entries else None)


def _bucket(entry: Entry, context: Context, *, first: bool) -> tuple[str, str]:
    """The name and the region of a bucket; the front end's files know the first one."""
    files = files_of(context.app)
    told = files.bucket.value if first else ""
    name = known(entry.output("BucketName").value, told)
    region = known(entry.output("Region").value, files.bucket_region.value if first else "", context.app.region.value)
    return name, region
