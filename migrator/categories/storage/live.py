"""Live buckets that Gen 2 refers to instead of making its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.storage.model import Bucket, ImportedStorage, Permission, Rights
from migrator.categories.storage.targets import FEATURE, live_name
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Piece, Reference, Wiring
from migrator.gen2.cdk import IAM
from migrator.typescript.build import arr, call, const, member, new, obj
from migrator.typescript.nodes import Do, Expr, Lit, Member, Name

_ACTIONS = {Permission.GET: "s3:GetObject", Permission.WRITE: "s3:PutObject", Permission.DELETE: "s3:DeleteObject"}
_SUB = "${cognito-identity.amazonaws.com:sub}"


def live_bucket(fact: Fact[Bucket], context: Context) -> Iterator[Piece]:
    """The live Gen 1 bucket by name, the rights of this backend's users on it, and what clients read of it."""
    pool = next((r.ref for r in context.graph.resources if r.service == "Cognito"), None)
    yield _bucket(fact.resource, _paths(fact.node), "STO080", context)
    if pool is None:
        return
    roles = (
        ("authenticatedUserIamRole", "SignedIn", fact.node.signed_in),
        ("unauthenticatedUserIamRole", "Guest", fact.node.guest),
    )
    for role, title, rights in roles:
        statements = list(_statements(fact.resource, rights, own=title == "SignedIn"))
        if statements:
            properties = {"roles": arr([Reference(pool, role)]), "statements": arr(statements, True)}
            policy = new(Name("Policy", IAM), Reference(fact.resource, "stack"), Lit(f"{title}Files"), properties)
            yield Wiring(FEATURE, (Do(policy),), "STO080", order=30, deferrable=True, owner=fact.resource)


def imported_bucket(fact: Fact[ImportedStorage], context: Context) -> Iterator[Piece]:
    """A bucket that Gen 1 had imported; rights on it are kept outside the project, as they were."""
    yield _bucket(fact.resource, {}, "STO090", context, fact.node.region)


def _bucket(ref: ResourceRef, paths: dict[str, Any], rule: str, context: Context, region: str = "") -> Wiring:
    stack = call(member("backend", "createStack"), f"storage-{ref.name}")
    by_name = member(Name("Bucket", "aws-cdk-lib/aws-s3"), "fromBucketName")
    live = const(
        live_name(ref), call(by_name, stack, ref.name, Reference(ref, "BucketName", stand_in="unknown-bucket"))
    )
    own = context.app.region.value
    place = Lit(region) if region not in ("", own) else member("backend", "stack.region")
    output = Do(call(member("backend", "addOutput"), obj({"storage": _output(ref, paths, place, context)}, True)))
    return Wiring(FEATURE, (live, output), rule, order=20, exports=(live_name(ref),), owner=ref)


def _output(ref: ResourceRef, paths: dict[str, Any], region: Expr, context: Context) -> Expr:
    """What clients read of the bucket. Only one bucket may say that it is the one to use by default: a bucket that the
    backend makes, else the first live one (https://docs.amplify.aws/react/build-a-backend/storage/use-with-custom-s3/).
    """
    bucket = Member(Name(live_name(ref)), "bucketName")
    described: dict[str, Any] = {"name": ref.name, "bucket_name": bucket, "aws_region": region}
    if paths:
        described["paths"] = obj(paths, True)
    buckets = {"buckets": arr([obj(described, True)])}
    every = [r.ref for r in context.graph.resources if r.service == "S3" and r.ref in context.selection]
    default = next(iter(sorted(every, key=context.reused)), ref)
    return obj({"aws_region": region, "bucket_name": bucket, **buckets} if ref == default else buckets, True)


def _paths(bucket: Bucket) -> dict[str, Any]:
    """The access that `amplify_outputs.json` tells clients about, in its own words."""
    signed_in, guest = bucket.signed_in, bucket.guest
    read = ("get", "list")
    found: dict[str, dict[str, tuple[str, ...]]] = {
        "public/*": {
            "authenticated": _words(signed_in.public, signed_in.lists),
            "guest": _words(guest.public, guest.lists),
        },
        "protected/*": {"authenticated": read if signed_in.lists else (), "guest": read if guest.lists else ()},
        f"protected/{_SUB}/*": {"entityidentity": _words(signed_in.protected, signed_in.lists)},
        f"private/{_SUB}/*": {"entityidentity": _words(signed_in.private, signed_in.lists)},
        "uploads/*": {"authenticated": _words(signed_in.uploads, False), "guest": _words(guest.uploads, False)},
    }
    kept = {path: {who: list(words) for who, words in access.items() if words} for path, access in found.items()}
    return {path: obj(access) for path, access in kept.items() if access}


def _words(permissions: tuple[Permission, ...], lists: bool) -> tuple[str, ...]:
    gets = ("get",) if Permission.GET in permissions else ()
    return (
        *gets,
        *(("list",) if lists else ()),
        *(str(p) for p in (Permission.WRITE, Permission.DELETE) if p in permissions),
    )


def _statements(ref: ResourceRef, rights: Rights, own: bool) -> Iterator[Expr]:
    bucket = Reference(ref, "bucket")
    places = (
        ("public/*", rights.public),
        (f"protected/{_SUB}/*", rights.protected),
        (f"private/{_SUB}/*", rights.private),
        ("uploads/*", rights.uploads),
    )
    for path, permissions in places:
        if permissions:
            yield _statement([_ACTIONS[p] for p in permissions], call(Member(bucket, "arnForObjects"), path))
    if rights.lists:
        yield _statement(["s3:GetObject"], call(Member(bucket, "arnForObjects"), "protected/*"))
        prefixes = ["public/", "public/*", "protected/", "protected/*"]
        prefixes += [f"private/{_SUB}/", f"private/{_SUB}/*"] if own else []
        condition = {"StringLike": obj({"s3:prefix": arr(prefixes, True)})}
        yield _statement(["s3:ListBucket"], Member(bucket, "bucketArn"), obj(condition))


def _statement(actions: list[str], resource: Expr, conditions: Expr | None = None) -> Expr:
    said: dict[str, Any] = {"actions": arr(actions), "resources": arr([resource])}
    if conditions is not None:
        said["conditions"] = conditions
    return new(Name("PolicyStatement", IAM), obj(said))
