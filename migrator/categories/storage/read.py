"""Gen 1 storage resources to facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.storage.dynamodb import table_facts
from migrator.categories.storage.model import Bucket, BucketPolicy, ImportedStorage, Principal
from migrator.categories.storage.s3 import bucket_facts
from migrator.core.ref import ResourceRef
from migrator.documents.traced import Traced, absent
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, Link, LinkKind, Resource, fact
from migrator.gen1.project import App

NO_ONE = ("", "NONE")


def read(entry: Entry, app: App) -> Resource:
    """The bucket or table with its links to users, groups and functions."""
    if entry.imported:
        facts: tuple[Fact[Any], ...] = (_imported(entry),)
    elif entry.service == "DynamoDB":
        facts = table_facts(entry)
    else:
        facts = bucket_facts(entry)
    return Resource(
        entry.ref,
        entry.service,
        entry.evidence,
        facts,
        tuple(dict.fromkeys(_links(entry.ref, facts, app))),
        tuple(entry.documents.items()),
        tuple(entry.findings),
        entry.imported,
    )


def _imported(entry: Entry) -> Fact[ImportedStorage]:
    team, parameters = entry.cursor("team-provider"), entry.cursor("parameters.json")
    bucket = entry.service == "S3"
    name = entry.output("BucketName" if bucket else "Name")
    name = name.or_else(team.get("bucketName" if bucket else "tableName").text())
    also = [cursor.whole() for key, cursor in team.items() if key not in ("bucketName", "tableName", "region")]
    values: dict[str, Traced[Any]] = {
        "resource": parameters.get("resourceName").text(entry.ref.name),
        "kind": absent(entry.service).also(parameters.get("serviceType").text()),
        "name": name.also(*also),
        "region": team.get("region").text(),
    }
    return fact(ImportedStorage, entry.ref, "imported", values)


def _links(ref: ResourceRef, facts: tuple[Fact[Any], ...], app: App) -> Iterator[Link]:
    pool = next((entry.ref for entry in app.of("auth", "Cognito")), None)
    groups = next((entry.ref for entry in app.of("auth", "Cognito-UserPool-Groups")), None)
    for one in facts:
        match one.node:
            case Bucket() as bucket:
                if pool and (bucket.signed_in != type(bucket.signed_in)() or bucket.guest != type(bucket.guest)()):
                    yield Link(ref, pool, LinkKind.AUTHORIZES)
                for notification in bucket.notifications:
                    if notification.function not in NO_ONE:
                        yield Link(ref, ResourceRef("function", notification.function), LinkKind.TRIGGER)
            case BucketPolicy(principal=Principal.GROUP) if groups:
                yield Link(ref, groups, LinkKind.AUTHORIZES)
            case BucketPolicy(principal=Principal.SIGNED_IN | Principal.GUEST) if pool:
                yield Link(ref, pool, LinkKind.AUTHORIZES)
