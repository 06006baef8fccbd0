"""How Amplify names a Gen 2 backend's root stack and the parameters of its secrets.

As `@aws-amplify/platform-core` does it:
https://github.com/aws-amplify/amplify-backend/blob/main/packages/platform-core/src/backend_identifier_conversions.ts
"""

from __future__ import annotations

import hashlib
import re

from msgspec import Struct

from migrator.deploy.targets.interface import BackendIdentity

_LONGEST, _HASH, _DASHES, _LONGEST_NAME = 128, 10, 4, 50
_STACK = re.compile(
    r"amplify-(?P<namespace>[A-Za-z0-9]+)-(?P<name>[A-Za-z0-9]+)-(?P<kind>sandbox|branch)-(?P<hash>\w+)"
)


class StackName(Struct, frozen=True):
    """A root stack's name in parts; characters other than letters and digits are gone from them."""

    namespace: str
    name: str
    kind: str
    """`sandbox` or `branch`."""
    hash: str


def stack_name(identity: BackendIdentity) -> str:
    """The name of the backend's root stack."""
    told = identity.namespace + identity.name
    digest = hashlib.sha512(told.encode()).hexdigest()[:_HASH]
    name = _plain(identity.name)[:_LONGEST_NAME]
    kind = identity.mode.value
    room = _LONGEST - len("amplify") - len(kind) - len(name) - _DASHES - _HASH - 1
    return "-".join(("amplify", _plain(identity.namespace)[:room], name, kind, digest))


def parsed_stack_name(name: str) -> StackName | None:
    """The parts of a root stack's name; None when it is no Gen 2 backend's."""
    match = _STACK.fullmatch(name)
    return StackName(match["namespace"], match["name"], match["kind"], match["hash"]) if match else None


def is_sandbox(stack: str) -> bool:
    """Whether a root stack's name is that of a sandbox."""
    name = parsed_stack_name(stack)
    return name is not None and name.kind == "sandbox"


def secret_prefixes(identity: BackendIdentity) -> tuple[str, str]:
    """Where the secrets of this backend are stored, and where those that all backends of the app share."""
    _, namespace, name, kind, digest = stack_name(identity).split("-")
    return f"/amplify/{namespace}/{name}-{kind}-{digest}", f"/amplify/shared/{identity.namespace}"


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", text)
