"""The check `files`: who may get, write and delete files below `public/`, `protected/`, `private/` and `uploads/`.

The local AWS enforces policies while the check runs, and only then: deploying would need more rights than it emulates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec
from msgspec import Struct

from migrator.aws import cognito, users
from migrator.aws import files as stored
from migrator.aws.inventory import stack_outputs
from migrator.aws.session import Session
from migrator.deploy.checks.interface import CannotTry, Deployed, Outcome, Status
from migrator.deploy.checks.people import Person, door, people
from migrator.engine.access import FileAccess

CHECK = "files"
_OWN = ("protected", "private")
"""Folders in which every identity has one of its own."""
_VERBS = ("get", "write", "delete")
_ADA, _BEN = "check-ada", "check-ben"
_TEXT = b"written by migrate to try what may be done here"


class _Visitor(Struct, frozen=True):
    """Somebody at a folder, and what they should be able to do there."""

    who: str
    session: Session
    expected: frozenset[str]


def files(deployed: Deployed) -> Iterator[Outcome]:
    """Every folder of every bucket, as the user whose files they are, as another user, and as a guest."""
    access = deployed.access.files
    if not access:
        return
    if deployed.local is None:
        raise CannotTry("policies are tried on the local AWS only")
    buckets = named_buckets(stack_outputs(deployed.session, deployed.stack))
    at = door(deployed)
    if not at.identity_pool:
        raise CannotTry("the backend has no identity pool, so nobody gets credentials for files")
    guests = (cognito.identity_pool(deployed.session, at.identity_pool) or {}).get("AllowUnauthenticatedIdentities")
    with people(deployed, (_ADA, _BEN)) as found:
        guest = users.identity(deployed.session, at, None)[1] if guests else None
        with enforced(deployed):
            for one in access:
                name = buckets.get(one.bucket) or (next(iter(buckets.values())) if len(buckets) == 1 else "")
                if name:
                    yield from _folder(deployed.session, name, one, found, guest)
                else:
                    yield Outcome(CHECK, f"bucket {one.bucket}", Status.SKIPPED, "the backend has no such bucket yet")


def named_buckets(outputs: Mapping[str, str]) -> dict[str, str]:
    """The buckets of a backend by their friendly names, from the stack's outputs."""
    listed = msgspec.json.decode(outputs.get("buckets") or "[]")
    found = [msgspec.json.decode(one) if isinstance(one, str) else one for one in listed]
    buckets = {str(one["name"]): str(one["bucketName"]) for one in found}
    custom = msgspec.json.decode(outputs.get("customOutputs") or "{}").get("storage") or {}
    for one in custom.get("buckets") or ():
        buckets.setdefault(str(one["name"]), str(one["bucket_name"]))
    only = outputs.get("bucketName") or custom.get("bucket_name")
    return buckets or ({"": only} if only else {})


@contextmanager
def enforced(deployed: Deployed) -> Iterator[None]:
    """While policies decide."""
    if deployed.local is None:
        raise CannotTry("policies are tried on the local AWS only")
    deployed.local.restart(enforce_iam=True)
    try:
        yield
    finally:
        deployed.local.restart(enforce_iam=False)


def _folder(
    root: Session, bucket: str, access: FileAccess, found: Mapping[str, Person], guest: Session | None
) -> Iterator[Outcome]:
    """One folder as everybody."""
    ada, ben = found[_ADA], found[_BEN]
    inside = f"{access.folder}/{ada.identity}/" if access.folder in _OWN else f"{access.folder}/"
    visitors = [
        _Visitor("the user whose files they are" if access.folder in _OWN else "a user", ada.keys or root, access.own),
        _Visitor("another user", ben.keys or root, access.others),
        *([_Visitor("a guest", guest, access.guest)] if guest else []),
    ]
    for visitor in visitors:
        subject = f"{access.folder}/ of {access.bucket} as {visitor.who}"
        wrong = [
            said for verb in _VERBS if (said := _tried(root, bucket, f"{inside}migrate-check-{verb}", verb, visitor))
        ]
        allowed = [verb for verb in _VERBS if verb in visitor.expected]
        if wrong:
            hint = "`migrate verify` compares what roles may do"
            yield Outcome(CHECK, subject, Status.FAILED, "; ".join(wrong), hint)
        else:
            yield Outcome(CHECK, subject, Status.PASSED, f"may {', '.join(allowed) or 'nothing'}, as in Gen 1")


def _tried(root: Session, bucket: str, key: str, verb: str, visitor: _Visitor) -> str:
    """What is wrong with what somebody could do; empty when it is right."""
    if verb != "write":
        stored.put(root, bucket, key, _TEXT)
    try:
        match verb:
            case "get":
                got = stored.get(visitor.session, bucket, key) == _TEXT
            case "write":
                got = stored.put(visitor.session, bucket, key, _TEXT)
            case _:
                got = stored.delete(visitor.session, bucket, key)
    finally:
        stored.delete(root, bucket, key)
    expected = verb in visitor.expected
    if got == expected:
        return ""
    return f"{verb} is {'allowed' if got else 'refused'}, and in Gen 1 {'allowed' if expected else 'refused'}"
