"""What users and guests may do with the files of a bucket, for the checks after a deployment."""

from __future__ import annotations

from collections.abc import Iterable

from migrator.categories.storage.model import Bucket, Permission
from migrator.engine.access import Access, FileAccess
from migrator.engine.context import Context


def access(context: Context) -> Access:
    """The rights below the four folders that the Gen 1 libraries use.

    The CLI's read policy also lets everybody who has it get the `protected/` files of others.
    https://docs.amplify.aws/gen1/react/build-a-backend/storage/configure-access/
    """
    found: list[FileAccess] = []
    for fact in context.graph.facts(Bucket):
        signed_in, guest, name = fact.node.signed_in, fact.node.guest, fact.resource.name
        reads = _read(signed_in.lists)
        found += [
            FileAccess(name, "public", _words(signed_in.public), _words(signed_in.public), _words(guest.public)),
            FileAccess(name, "protected", _words(signed_in.protected) | reads, reads, _read(guest.lists)),
            FileAccess(name, "private", _words(signed_in.private)),
            FileAccess(name, "uploads", _words(signed_in.uploads), _words(signed_in.uploads), _words(guest.uploads)),
        ]
    return Access(files=tuple(found))


def _words(permissions: Iterable[Permission]) -> frozenset[str]:
    return frozenset(permission.value for permission in permissions)


def _read(lists: bool) -> frozenset[str]:
    return frozenset({Permission.GET.value} if lists else ())
