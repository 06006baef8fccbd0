"""Which resources a Gen 2 backend holds, given the features asked for so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from migrator.core.errors import UsageError
from migrator.core.ref import ResourceRef
from migrator.gen1.graph import LinkKind, ResourceGraph

CONVERTED = ("auth", "storage", "data", "analytics", "geo", "predictions", "function", "rest-api", "custom")
"""The features that have converters, in the order in which they can stand on each other."""


class Selection(Struct, frozen=True):
    """The features of the backend, its resources, and those of another feature that came along as triggers."""

    features: tuple[str, ...]
    resources: frozenset[ResourceRef]
    brought: tuple[ResourceRef, ...]


def select(
    graph: ResourceGraph,
    features: Mapping[ResourceRef, str],
    asked: Iterable[str],
    converted: Iterable[str] = (),
    reuse: frozenset[str] = frozenset(),
) -> Selection:
    """The resources of the features asked for, of those converted before, and the functions that they call.

    Nothing asked means everything that can be converted. Reused features take part: something has to refer to them.

    Raises UsageError when a feature's access rules speak of users or roles that the backend would not have.
    """
    named = set(asked)
    present = {features[r.ref] for r in graph.resources if r.ref in features}
    wanted = (named | set(converted) | reuse) if named else set(CONVERTED)
    able = {r.ref for r in graph.resources if r.convertible}
    chosen = {ref for ref in able if features.get(ref) in wanted & set(CONVERTED)}
    own = set(chosen)
    waiting = list(chosen)
    while waiting:
        for link in graph.links(source=waiting.pop(), kind=LinkKind.TRIGGER):
            if link.target in able - chosen and features.get(link.target) in CONVERTED:
                chosen.add(link.target)
                waiting.append(link.target)
    _require_users(graph, features, chosen, able)
    held = tuple(f for f in CONVERTED if f in wanted and f in present)
    return Selection(held, frozenset(chosen), tuple(sorted(chosen - own)))


def _require_users(
    graph: ResourceGraph, features: Mapping[ResourceRef, str], chosen: set[ResourceRef], able: set[ResourceRef]
) -> None:
    for link in graph.links(kind=LinkKind.AUTHORIZES):
        missing = features.get(link.target)
        if link.source in chosen and link.target not in chosen and missing in CONVERTED:
            feature = features[link.source]
            both = (
                f"Convert both (`migrate convert --feature {missing},{feature}`), or keep the live one "
                f"(`migrate convert --feature {feature} --reuse {missing}`)."
            )
            out = f"{link.target} cannot be converted as it is; `migrate scan` says why. Leave {feature} out till then."
            raise UsageError(
                f"{link.source} has access rules for the users of {link.target}, which is not in the backend",
                hint=both if link.target in able else out,
            )
