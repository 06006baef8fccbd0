"""What a GraphQL API of Gen 1 is built from, where the project does not hold what the CLI built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from migrator.core.ref import ResourceRef
from migrator.engine.context import Context


class ApiSource(Struct, frozen=True):
    """The source of an API, in the words of Amplify's transformer; with a `reason`, why it cannot be built."""

    ref: ResourceRef
    reason: str = ""
    schema: str = ""
    auth: Mapping[str, Any] = {}
    """`authConfig` of the Gen 1 CLI."""
    flags: Mapping[str, bool] = {}
    resolvers: Mapping[str, str] = {}
    """Files of `resolvers/`, by name."""
    stacks: tuple[str, ...] = ()
    """Files of `stacks/`, which the CLI nests as they are."""
    mapping: Mapping[str, str] = {}
    """By the logical id of a resolver, the nested stack that it lies in (`StackMapping` of `transform.conf.json`)."""
    conflicts: Mapping[str, Any] | None = None
    """`ResolverConfig` of `transform.conf.json`."""
    admin_roles: tuple[str, ...] = ()
    identity_pool: str = ""
    """The id of the identity pool, by the name that it has in both generations; empty without one."""
    left_out: tuple[str, ...] = ()
    """Files that change what is built, and that are code of the project, which is not run."""


Building: TypeAlias = Callable[[Context], Iterable[ApiSource]]


def nothing_built(context: Context) -> Iterable[ApiSource]:
    """Of a category without an API."""
    return ()
